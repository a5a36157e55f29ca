"""The desk as HTML: the whole page, or its parts for a script to swap."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from typing import Any

from flask import current_app
from flask import render_template
from flask import request

from callcenter.calls.failures import SENTENCES
from callcenter.desk import callbacks
from callcenter.desk import composing
from callcenter.desk import limits
from callcenter.desk import picking
from callcenter.desk import queries
from callcenter.desk import wording
from callcenter.desk.parts import Step
from callcenter.desk.slices import FIELDS
from callcenter.desk.slices import HAS_HEADER
from callcenter.desk.slices import Slice
from callcenter.desk.slices import known_keys
from callcenter.permission import member_hours
from callcenter.permission import saying
from callcenter.permission.wording import WEEKDAYS
from callcenter.skips.wording import CHOICES as SKIP_REASONS
from callcenter.training.wording import uncertified
from config.accounts.access import current_club_ids
from config.accounts.access import signed_in_user
from config.calendar import format_date
from config.calendar import local
from config.database import reading
from config.formats import digits
from config.languages import current_language
from config.languages import current_zone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from callcenter.campaigns.hours import Hours
    from callcenter.desk.errors import ClosedThenError
    from callcenter.desk.history import History
    from callcenter.desk.parts import Desk
    from callcenter.desk.parts import Figures
    from callcenter.desk.standing import Standing
    from surveys.interviews.screens import Screen

# Longer sentences are set smaller, so that the answers below them stay in sight.
LONG_TEXT = 170


def page(now: datetime) -> str:
    """The desk as a page."""
    desk = _desk(now)
    entry = desk.entry if desk.campaign else None
    hours = member_hours.with_campaign(entry.campaign_id, entry.member_id, now=now) if entry else None
    context = {**_context(desk, now), **_when(hours, now), **_day(desk.figures, now), "desk": desk, "hours": hours}
    return render_template("desk/desk.html", is_fragment=False, **context)


def parts(now: datetime) -> dict[str, Any]:
    """The HTML of each part that the page has not, the `keys` of all, and the server's time in milliseconds."""
    # What was done is committed: on SQLite nobody need wait until it is shown.
    with reading():
        return _rendered(tuple(FIELDS), _desk(now), now)


def middle(stands: Standing, screen: Screen, now: datetime) -> dict[str, Any]:
    """Only the part that an answer changes; all of them when the desk is not in this interview any more."""
    with reading():
        desk = composing.glance(stands, screen)
        return parts(now) if desk is None else _rendered(("script",), desk, now)


def days(hours: Hours, now: datetime) -> str:
    """The days of a promised call, as HTML for the sheet in which one is chosen."""
    months = picking.months(hours, language=current_language(), now=now)
    context = {"hours": hours, "months": months, "saying": saying, "weekdays": WEEKDAYS, **_when(hours, now)}
    return render_template("desk/_when.html", **context)


def history(before: History) -> str:
    """What was before with the member, as HTML for the sheet beside the question."""
    return render_template("desk/_history.html", history=before, words=wording, response_states=wording.RESPONSE_STATES)


def today(now: datetime) -> str:
    """The operator's day, as HTML for its sheet."""
    zone = current_app.config["TIME_ZONE"]
    figures = queries.figures(signed_in_user().id, zone=zone, now=now)
    return render_template("desk/_today.html", **_day(figures, now))


def offer(error: ClosedThenError) -> dict[str, str]:
    """The nearest possible time, as it is typed into the fields of the sheet."""
    nearest = error.nearest
    if nearest is None:
        return {}
    clock_time = digits(f"{nearest:%H:%M}")
    if error.field == "until":
        return {"until": clock_time}
    return {
        "day": callbacks.OTHER,
        "date": format_date(nearest.date(), current_language(), "numeric"),
        "time": clock_time,
    }


def _when(hours: Hours | None, now: datetime) -> dict[str, Any]:
    """What the choice of a time begins with: today's and tomorrow's dates, and the time offered first."""
    zone = hours.zone if hours else current_app.config["TIME_ZONE"]
    today = local(now, zone).date()
    offered = local(callbacks.suggestion(hours, now=now) if hours else now, zone)
    names = {today: callbacks.TODAY, today + timedelta(days=1): callbacks.TOMORROW}
    return {
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "suggested_day": names.get(offered.date(), callbacks.OTHER),
        "suggested_date": offered.date(),
        "suggested_time": f"{offered:%H:%M}",
    }


def _day(figures: Figures | None, now: datetime) -> dict[str, Any]:
    """What the sheet of the operator's day shows; its figures run with the clock."""
    zone = current_app.config["TIME_ZONE"]
    call_count = figures.call_count if figures else 0
    shift = queries.shift(signed_in_user().id, call_count=call_count, zone=zone, now=now)
    return {"figures": figures, "shift": shift}


def _rendered(names: Sequence[str], desk: Desk, now: datetime) -> dict[str, Any]:
    has = known_keys(request.headers.get(HAS_HEADER, ""))
    slices = {name: Slice(desk, name) for name in names}
    around = _around(desk, now)
    keys = {name: one.key(*around) for name, one in slices.items()}
    context = _context(desk, now)
    html = {
        name: render_template(f"desk/_{name}.html", is_fragment=True, desk=one, **context)
        for name, one in slices.items()
        if has.get(name) != keys[name]
    }
    return {**html, "keys": keys, "now": _milliseconds(now)}


def _around(desk: Desk, now: datetime) -> tuple[object, ...]:
    """What the parts depend on besides the desk. Why nobody is called now is said with the clock, to the minute."""
    minute = _milliseconds(now) // 60_000 if desk.closed or desk.emptiness else 0
    return signed_in_user().role, current_language(), current_zone(), minute


def _desk(now: datetime) -> Desk:
    user = signed_in_user()
    return composing.look(
        user.id,
        club_ids=current_club_ids(),
        operator_name=user.name,
        language=current_language(),
        zone=current_app.config["TIME_ZONE"],
        now=now,
    )


def _context(desk: Desk, now: datetime) -> dict[str, Any]:
    return {
        "Step": Step,
        "words": wording,
        "expected": limits.expected,
        "failures": SENTENCES,
        "milliseconds": _milliseconds,
        "now": now,
        "saying": saying,
        "skip_reasons": SKIP_REASONS,
        "uncertified": uncertified,
        "is_long": _length(desk) > LONG_TEXT,
    }


def _length(desk: Desk) -> int:
    """Of the sentence that is to be said."""
    said = desk.screen or desk.opening
    return len(said.text) if said is not None else 0


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
