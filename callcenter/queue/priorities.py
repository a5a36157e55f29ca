"""Which waiting entries go first: the lower number.

An operator's own promises, then those of anybody, then those within some hours, then all others.
"""

OWN_PRIORITY = 5
CALLBACK_PRIORITY = 10
WINDOW_PRIORITY = 20
BASE_PRIORITY = 50
