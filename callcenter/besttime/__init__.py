"""When members are likely to answer, and the order in which they are called for it."""
