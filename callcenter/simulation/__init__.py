"""A shift of simulated operators: through the real pages of a house of its own, against the simulated exchange."""
