"""The demo: a club with ten weeks behind it and a running campaign, and a second that knows nothing of it."""
