"""The words of this room's screens."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from callcenter.training.standing import Standing

# The word, and the shape beside it.
STANDINGS = {
    Standing.CERTIFIED: (_l("certified"), "good"),
    Standing.ENDING: (_l("ends soon"), "warn"),
    Standing.EXPIRED: (_l("expired"), "bad"),
    Standing.REWORDED: (_l("needs a refresher"), "bad"),
    Standing.REVOKED: (_l("taken back"), "bad"),
    Standing.NEVER: (_l("not certified"), ""),
}
FIELDS = {
    "months": _l("Between 1 and 60 months."),
    "change_percent": _l("Between 0 and 100 percent."),
    "operator": _l("Choose at least one operator."),
    "note": _l("Say in a few words why, at most 300 characters."),
    "reason": _l("Say in a few words why, at most 300 characters."),
}
