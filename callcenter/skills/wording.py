"""The words of this room's screens."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

FIELDS = {
    "name_fa": _l("Write the skill in Persian, with at most 60 characters."),
    "name_en": _l("Write the skill in English, with at most 60 characters."),
    "is_used": _l("A house has 62 skills at the most. Rename one that is not used."),
}
