"""Who calls whom, when, over which line, and what came of it."""
