"""An interview goes from one desk to another: the member, the answers, and the call that is owed an outcome."""
