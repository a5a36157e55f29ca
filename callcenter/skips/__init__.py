"""The members that operators looked at and did not call."""
