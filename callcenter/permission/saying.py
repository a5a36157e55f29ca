"""The reasons in the reader's words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from callcenter.outcomes.wording import outcome
from callcenter.permission.census import Group
from callcenter.permission.heaps import CALLABLE
from callcenter.permission.reasons import OUT_OF_HOURS
from callcenter.permission.reasons import Reason
from callcenter.permission.reasons import Why
from callcenter.permission.wording import WEEKDAYS
from config.calendar import local
from config.formats import date_
from config.formats import datetime_
from config.formats import digits
from config.formats import time_
from config.languages import current_language
from config.languages import current_zone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from datetime import time

    from flask_babel import LazyString

    from callcenter.campaigns.hours import Closed
    from callcenter.campaigns.hours import Hours
    from callcenter.campaigns.hours import Period
    from callcenter.campaigns.own_hours import OwnHours
    from callcenter.campaigns.own_hours import Window
    from callcenter.skills.catalogue import Skill

SENTENCES: dict[Why, LazyString] = {
    Why.CAMPAIGN_DRAFT: _l("The campaign has not been started"),
    Why.CAMPAIGN_PAUSED: _l("The campaign is on hold"),
    Why.CAMPAIGN_CLOSED: _l("The campaign is closed"),
    Why.NOT_BEGUN: _l("The campaign's first day is still to come"),
    Why.OVER: _l("The campaign's last day is past"),
    Why.REST_DAY: _l("Nobody is called on this day of the week"),
    Why.HOLIDAY: _l("Nobody is called on this holiday"),
    Why.HOURS: _l("Outside the calling hours"),
    Why.OWN_HOURS: _l("Outside the hours the member chose"),
    Why.BARRED_HOUSE: _l("On the do-not-call list of all clubs"),
    Why.BARRED_CLUB: _l("On the do-not-call list of this club"),
    Why.LEFT_OUT: _l("Left out of this campaign by hand"),
    Why.NO_CONSENT: _l("Has not agreed to be called"),
    Why.NOT_IN_SAMPLE: _l("Outside the campaign's branches, tiers or purchases"),
    Why.NO_CELL: _l("Belongs to no quota cell of the campaign"),
    Why.NOT_DRAWN: _l("Fits the campaign, but was not drawn into its queue"),
    Why.INTERVIEWED: _l("Was interviewed only recently"),
    Why.RANG_OFTEN: _l("Was called often enough within seven days"),
    Why.QUOTA_FULL: _l("Enough members of this kind have been interviewed"),
    Why.HELD: _l("With the operator %(detail)s"),
    Why.HELD_ELSEWHERE: _l("With an operator, for another campaign"),
    Why.CALLBACK: _l("Asked for a later call"),
    Why.RETRY: _l("Waits for the next attempt after: %(detail)s"),
    Why.TURN: _l("Waits for the first call"),
    Why.PROMISED: _l("Promised by the operator %(detail)s"),
    Why.SKILL: _l("Waits for an operator at work who has: %(skills)s"),
    Why.NOBODY_SKILLED: _l("None of the club's operators may make this call, which needs: %(skills)s"),
    Why.CERTIFICATE: _l("Waits for an operator at work who is certified for this survey"),
    Why.NOBODY_CERTIFIED: _l("None of the club's operators is certified for this survey"),
    Why.REFUSED: _l("Refused; nobody but the operator who was refused is there to ask again"),
    Why.ATTEMPTS_USED_UP: _l("The attempts are used up; the last one: %(detail)s"),
    Why.CLOSED: _l("Done, with the outcome: %(detail)s"),
}
# How many members; the same reasons as headings of a count.
GROUPS: dict[str, LazyString] = {
    CALLABLE: _l("May be called now"),
    Why.HELD: _l("With operators"),
    Why.PROMISED: _l("Wait for the operator who promised to call"),
    Why.SKILL: _l("Wait for somebody who has: %(skills)s"),
    Why.REFUSED: _l("Refused you; somebody else asks again"),
    Why.SKIPPED: _l("Skipped by you; for half an hour they are for somebody else"),
    Why.CALLBACK: _l("Wait for the time they asked for"),
    Why.RETRY: _l("Wait for their next attempt"),
    Why.TURN: _l("Wait for the first call"),
    Why.RANG_OFTEN: _l("Left in peace after calls or an interview"),
    Why.QUOTA_FULL: _l("Enough of their kind were interviewed"),
    Why.BARRED_CLUB: _l("Not to be called any more"),
    Why.ATTEMPTS_USED_UP: _l("Attempts used up"),
    Why.CLOSED: _l("Done"),
}


def closed(because: Closed) -> str:
    """Why nobody may be called at a time, in words."""
    return str(SENTENCES[OUT_OF_HOURS[because]])


def hours(of: Hours) -> str:
    """The calling hours of a campaign and those that the member chose, in words."""
    text = str(_("Calling hours: %(opens)s to %(closes)s.", opens=_clock(of.opens_at), closes=_clock(of.closes_at)))
    text = " ".join([text, *(_period(one) for one in sorted(of.periods, key=_begin))])
    if of.own is None:
        return text
    chosen = _("The member chose: %(hours)s.", hours=own_hours(of.own))
    return f"{text} {chosen}"


def _begin(period: Period) -> tuple[date, time]:
    return period.starts_on, period.opens_at


def _period(period: Period) -> str:
    days = {"first": date_(period.starts_on, "short"), "last": date_(period.ends_on, "short")}
    clocks = {"opens": _clock(period.opens_at), "closes": _clock(period.closes_at)}
    return str(_("From %(first)s to %(last)s: %(opens)s to %(closes)s.", **days, **clocks))


def _span(opens: time, closes: time) -> str:
    return str(_("%(opens)s to %(closes)s", opens=_clock(opens), closes=_clock(closes)))


def _clock(at: time) -> str:
    return digits(f"{at:%H:%M}")


def own_hours(of: OwnHours) -> str:
    """The hours that a member chose, in words."""
    text = _("; ").join(_window(one) for one in of.windows)
    return text if of.zone == current_zone() else str(_("%(hours)s (clock of %(zone)s)", hours=text, zone=of.zone))


def _window(window: Window) -> str:
    is_daily = len(window.weekdays) == len(WEEKDAYS)
    days = _("every day") if is_daily else _(", ").join(str(WEEKDAYS[day]) for day in sorted(window.weekdays))
    clocks = {"opens": _clock(window.opens_at), "closes": _clock(window.closes_at)}
    return str(_("%(days)s %(opens)s to %(closes)s", days=days, **clocks))


def sentence(reason: Reason, *, now: datetime) -> str:
    """A reason in words, with the time it ends."""
    detail = reason.detail if reason.kind in {Why.HELD, Why.PROMISED} else outcome(reason.detail)
    text = str(SENTENCES[reason.kind]) % {"detail": detail, "skills": skills(reason.skills)}
    if reason.own is not None:
        text = f"{text} ({own_hours(reason.own)})"
    if reason.spans:
        spans = _("; ").join(_span(*span) for span in reason.spans)
        text = f"{text} ({spans})"
    if reason.until is None:
        return text
    return str(_("%(reason)s, until %(when)s", reason=text, when=moment(reason.until, now=now)))


def group(one: Group) -> str:
    """The heading of a count."""
    return str(GROUPS[one.kind]) % {"skills": skills(one.skills)}


def skills(some: Sequence[Skill]) -> str:
    """The names of skills, one after the other."""
    return str(_(", ")).join(skill.name(current_language()) for skill in some)


def moment(at: datetime, *, now: datetime) -> str:
    """The clock time of today, else with its day."""
    zone = current_zone()
    return time_(at) if local(at, zone).date() == local(now, zone).date() else datetime_(at, "short")
