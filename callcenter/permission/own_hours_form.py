"""The form of a member's own calling hours, on the member's page and on the desk."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from callcenter.campaigns.own_hours import Window
from callcenter.permission import member_hours
from callcenter.permission import saying
from callcenter.permission import wording
from callcenter.permission.keeping_hours import MOST_WINDOWS
from config.calendar import is_zone
from config.calendar import parse_time
from config.errors import InvalidInputError
from config.languages import current_zone

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from callcenter.campaigns.own_hours import OwnHours
    from callcenter.permission.member_hours import Change

WEEKDAYS = frozenset(range(7))
# Nothing typed: from the beginning of the day, until its end.
DAY = Window(WEEKDAYS, time.min, time(23, 59))


@dataclass(frozen=True)
class Line:
    """One line of the form: days, and clock times as they stand in the fields."""

    weekdays: frozenset[int]
    opens: str = ""
    closes: str = ""


@dataclass(frozen=True)
class Shown:
    """The form filled in. `said` is what is kept, in words, empty for a member who is called at any hour; `zone` is
    empty for the club's, which is `club_zone`; `names` are those of the weekdays; the member's page tells the `change`.
    """

    lines: Sequence[Line]
    said: str
    zone: str
    club_zone: str
    names: Sequence[str]
    change: Change | None = None


def filled(own: OwnHours | None) -> Shown:
    """The form with what is kept, and room for one line more."""
    lines = [_line(one) for one in own.windows] if own else []
    room = [Line(frozenset())] if len(lines) < MOST_WINDOWS else []
    club_zone = current_zone()
    return Shown(
        lines=lines + room,
        said=saying.own_hours(own) if own else "",
        zone=own.zone if own and own.zone != club_zone else "",
        club_zone=club_zone,
        names=[str(name) for name in wording.WEEKDAYS],
    )


def _line(window: Window) -> Line:
    return Line(window.weekdays, _typed(window.opens_at, DAY.opens_at), _typed(window.closes_at, DAY.closes_at))


def of_member(*, club_id: int, member_id: int) -> list[Shown]:  # noqa: ARG001 -- the signal's signature
    """The form for the member's own page."""
    form = filled(member_hours.of_member(member_id))
    return [replace(form, change=member_hours.last_change(member_id)) if form.said else form]


def read(form: MultiDict[str, str]) -> tuple[str | None, list[Window]]:
    """The zone (None: the club's) and the windows that were typed; a line without days is none.

    Raises InvalidInputError on `zone` or `windows`.
    """
    zone = form.get("zone", "").strip()
    if zone and not is_zone(zone):
        raise InvalidInputError("zone", f"{zone[:40]!r} is no zone of the tz database")
    lines = [_window(form, number) for number in range(MOST_WINDOWS)]
    return zone or None, [line for line in lines if line is not None]


def _window(form: MultiDict[str, str], number: int) -> Window | None:
    days = frozenset(int(day) for day in form.getlist(f"days-{number}") if day in _DAYS)
    if not days:
        return None
    opens = _clock(form, f"opens-{number}", DAY.opens_at)
    closes = _clock(form, f"closes-{number}", DAY.closes_at)
    if opens >= closes:
        raise InvalidInputError("windows", "a window ends before it begins")
    return Window(days, opens, closes)


_DAYS: Mapping[str, int] = {str(day): day for day in WEEKDAYS}


def _clock(form: MultiDict[str, str], name: str, empty: time) -> time:
    text = form.get(name, "")
    return parse_time(text, "windows") if text.strip() else empty


def _typed(clock: time, empty: time) -> str:
    return "" if clock == empty else f"{clock:%H:%M}"
