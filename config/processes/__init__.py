"""The processes of the house: how each runs, how `hamseda run` keeps them all, and what the doctor sees."""
