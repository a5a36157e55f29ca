"""Whether an interview was really held as it was written down: what speaks against it, and what was decided."""
