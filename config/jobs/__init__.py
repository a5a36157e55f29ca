"""Background work: how it is queued after the commit, and the row that tells how far it is."""
