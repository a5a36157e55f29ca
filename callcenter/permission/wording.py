"""The words of this room's screens."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

# From Saturday, as the week begins here.
WEEKDAYS = (_l("Saturday"), _l("Sunday"), _l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"))
FIELDS = {
    "interview_days": _l("Between 0 and 365 days."),
    "weekly_attempts": _l("Between 1 and 50 calls."),
    "rest_weekdays": _l("Leave at least one day of the week for calling."),
    "windows": _l("Write the hours as 17:00 and 20:30, the end after the beginning, or leave them empty."),
    "time_zone": _l("Write the time zone as Asia/Tehran or Europe/Berlin."),
    "zone": _l("Write the time zone as Asia/Tehran or Europe/Berlin, or leave it empty."),
    "starts_on": _l("Write the day as 1405/09/12 or 2026-12-03."),
    "ends_on": _l("The last day is not before the first; write it as 1405/09/12 or 2026-12-03."),
    "opens_at": _l("Write the time as 09:30."),
    "closes_at": _l("Calling must end after it begins; write the time as 20:30."),
    "day": _l("Write a day that is not in the list yet, as 1405/09/12 or 2026-12-03."),
    "name": _l("Give the day a name of at most 200 characters."),
}
