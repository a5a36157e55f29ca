"""The made-up people of the demo clubs: no real person, no real number."""
