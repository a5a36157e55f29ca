"""The room of reviews: which interviews are listened to again, how they were led, and how far two who listen agree."""
