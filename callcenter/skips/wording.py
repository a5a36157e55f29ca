"""The words for why a member was skipped."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from callcenter.skips.models import SkipReason

# In the order of the desk's keys; what follows is never chosen.
CHOICES = {
    SkipReason.ACQUAINTED: _l("I know this person"),
    SkipReason.BAD_MOMENT: _l("Not a good moment for this member"),
    SkipReason.WRONG_RECORD: _l("What is written here cannot be right"),
    SkipReason.SOMEBODY_ELSE: _l("Somebody else should call (language, subject)"),
    SkipReason.OTHER: _l("Another reason"),
}
REASONS = {**CHOICES, SkipReason.UNDECIDED: _l("The time to decide ran out")}
