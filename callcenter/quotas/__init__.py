"""Quotas: how many completes are wanted of which members, and the screen for it."""
