"""The words of the members' screens for what is kept as a code."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from club.members.models import Gender

GENDERS = {Gender.FEMALE: _l("woman"), Gender.MALE: _l("man")}
# Why a number is on the do-not-call list; the first and the last are also what an operator's outcome gives.
STOP_REASONS = {
    "asked": _l("The member asked for it"),
    "wrong_number": _l("The number is somebody else's"),
    "complaint": _l("The member complained about calls"),
    "club": _l("The club decided it"),
    "died": _l("The member has died"),
}
