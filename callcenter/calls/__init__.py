"""A call and what came of it: states, dispositions (AAPOR), rates."""
