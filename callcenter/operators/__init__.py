"""Who may call, and the state each is in."""
