"""Which waiting entries go first: the lower number.

An operator's own promises, then those of anybody, then those within some hours, then who is likely to answer at this
part of the day (from LIKELY_PRIORITY on), then all others.
"""

OWN_PRIORITY = 5
CALLBACK_PRIORITY = 10
WINDOW_PRIORITY = 20
LIKELY_PRIORITY = 31
BASE_PRIORITY = 50
