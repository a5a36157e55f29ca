"""What the ground floor tells the rooms above."""

from blinker import signal

# club_id
club_added = signal("club-added")
# user_id, role, extension (of an operator's phone, or None)
user_added = signal("user-added")
