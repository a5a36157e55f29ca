"""The words of this room's screen."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from callcenter.permission.dayparts import Part

PARTS = {
    Part.MORNING: _l("Working days, until noon"),
    Part.AFTERNOON: _l("Working days, noon to five"),
    Part.EVENING: _l("Working days, evening"),
    Part.MORNING_OFF: _l("Days off, until noon"),
    Part.AFTERNOON_OFF: _l("Days off, noon to five"),
    Part.EVENING_OFF: _l("Days off, evening"),
}
