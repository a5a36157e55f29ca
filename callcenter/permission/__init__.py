"""Who may be called, when, and every reason against it."""
