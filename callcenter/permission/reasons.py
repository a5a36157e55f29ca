"""Every reason against calling a member for a campaign now, and when each ends. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from datetime import time
from enum import StrEnum

from callcenter.calls.aapor import OUTCOMES
from callcenter.campaigns.hours import Closed
from callcenter.campaigns.hours import Hours
from callcenter.campaigns.models import CampaignState
from callcenter.campaigns.own_hours import OwnHours
from callcenter.permission.fatigue import Rest
from callcenter.permission.fatigue import Tired
from callcenter.queue.models import EntryState
from callcenter.skills.catalogue import Skill
from config.calendar import local


class Why(StrEnum):
    """Why a member is not called now."""

    CAMPAIGN_DRAFT = "campaign_draft"
    CAMPAIGN_PAUSED = "campaign_paused"
    CAMPAIGN_CLOSED = "campaign_closed"
    NOT_BEGUN = "not_begun"
    OVER = "over"
    REST_DAY = "rest_day"
    HOLIDAY = "holiday"
    HOURS = "hours"
    OWN_HOURS = "own_hours"
    BARRED_HOUSE = "barred_house"
    BARRED_CLUB = "barred_club"
    LEFT_OUT = "left_out"
    NO_CONSENT = "no_consent"
    NOT_IN_SAMPLE = "not_in_sample"
    NO_CELL = "no_cell"
    NOT_DRAWN = "not_drawn"
    INTERVIEWED = "interviewed"
    RANG_OFTEN = "rang_often"
    QUOTA_FULL = "quota_full"
    HELD = "held"
    HELD_ELSEWHERE = "held_elsewhere"
    CALLBACK = "callback"
    RETRY = "retry"
    TURN = "turn"
    PROMISED = "promised"
    SKILL = "skill"
    NOBODY_SKILLED = "nobody_skilled"
    CERTIFICATE = "certificate"
    NOBODY_CERTIFIED = "nobody_certified"
    REFUSED = "refused"
    SKIPPED = "skipped"
    ATTEMPTS_USED_UP = "attempts_used_up"
    CLOSED = "closed"


@dataclass(frozen=True)
class Reason:
    """One reason; `until` is when it ends by itself, `detail` an operator's name or the outcome's AAPOR code, `skills`
    what the call needs, `own` the hours that the member asked for, `spans` those of the day.
    """

    kind: Why
    until: datetime | None = None
    detail: str | None = None
    skills: Sequence[Skill] = ()
    own: OwnHours | None = None
    spans: Sequence[tuple[time, time]] = ()


class Hands(StrEnum):
    """Whether an operator may make the call; somebody the member refused may not."""

    AT_WORK = "at_work"
    NOT_AT_WORK = "not_at_work"
    NOBODY = "nobody"


@dataclass(frozen=True, kw_only=True)
class EntryFacts:
    """How a member stands in a campaign's queue; `holder` is the name of the operator who has them.

    `promised_by` names the operator whose own promise it is, until `promise_ends`. `skills` are what the call needs,
    `hands` who there is for it, `certified` who has the certificate that the campaign asks for.
    """

    state: EntryState
    due_at: datetime
    lease_until: datetime | None
    holder: str | None
    callback_at: datetime | None
    outcome: str | None
    is_barred: bool
    is_quota_full: bool
    promised_by: str | None = None
    promise_ends: datetime | None = None
    skills: Sequence[Skill] = ()
    hands: Hands = Hands.AT_WORK
    certified: Hands = Hands.AT_WORK


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that speaks for or against a call.

    `is_in_cell`: not kept out by the quotas. `entry` is None for a member who is not in the queue.
    """

    campaign: CampaignState
    hours: Hours
    is_barred_by_house: bool
    is_barred_by_club: bool
    is_left_out: bool
    has_consent: bool
    is_in_sample: bool
    is_in_cell: bool
    rests: Sequence[Rest]
    held_elsewhere_until: datetime | None
    entry: EntryFacts | None


NOT_RUNNING = {
    CampaignState.DRAFT: Why.CAMPAIGN_DRAFT,
    CampaignState.PAUSED: Why.CAMPAIGN_PAUSED,
    CampaignState.CLOSED: Why.CAMPAIGN_CLOSED,
}
OUT_OF_HOURS = {
    Closed.NOT_BEGUN: Why.NOT_BEGUN,
    Closed.OVER: Why.OVER,
    Closed.REST_DAY: Why.REST_DAY,
    Closed.HOLIDAY: Why.HOLIDAY,
    Closed.HOURS: Why.HOURS,
    Closed.OWN_HOURS: Why.OWN_HOURS,
}
TIRED = {Tired.INTERVIEWED: Why.INTERVIEWED, Tired.RANG_OFTEN: Why.RANG_OFTEN}


def out_of_hours(hours: Hours, now: datetime) -> Reason | None:
    """Why nobody may be called at `now` by these hours, and until when; None when they are open."""
    closed = hours.closed_because(now)
    if closed is None:
        return None
    own = hours.own if closed is Closed.OWN_HOURS else None
    spans = hours.spans(local(now, hours.zone).date()) if closed is Closed.HOURS else ()
    return Reason(OUT_OF_HOURS[closed], hours.next_open(now), own=own, spans=spans)


def reasons(facts: Facts, *, now: datetime) -> list[Reason]:
    """Every reason against calling at `now`, those nobody can wait for first; empty when the member may be called."""
    return [*_of_campaign(facts, now), *_of_member(facts), *_of_queue(facts, now)]


def _of_campaign(facts: Facts, now: datetime) -> Iterator[Reason]:
    if facts.campaign in NOT_RUNNING:
        yield Reason(NOT_RUNNING[facts.campaign])
    closed = out_of_hours(facts.hours, now)
    if closed is not None:
        yield closed


def _of_member(facts: Facts) -> Iterator[Reason]:
    checks = (
        (Why.BARRED_HOUSE, facts.is_barred_by_house),
        (Why.BARRED_CLUB, facts.is_barred_by_club),
        (Why.LEFT_OUT, facts.is_left_out),
        (Why.NO_CONSENT, not facts.has_consent),
    )
    yield from (Reason(kind) for kind, holds in checks if holds)
    has_promise = facts.entry is not None and facts.entry.callback_at is not None
    if not has_promise:
        yield from (Reason(TIRED[rest.reason], rest.until) for rest in facts.rests)


def _of_queue(facts: Facts, now: datetime) -> Iterator[Reason]:
    entry = facts.entry
    if entry is None:
        yield Reason(_not_drawn(facts))
    elif entry.state is EntryState.CLOSED:
        yield from _of_closed(entry, facts)
    elif entry.state is EntryState.LEASED:
        yield Reason(Why.HELD, entry.lease_until, entry.holder)
    else:
        yield from _of_waiting(entry, now)
    if facts.held_elsewhere_until is not None:
        yield Reason(Why.HELD_ELSEWHERE, facts.held_elsewhere_until)


def _not_drawn(facts: Facts) -> Why:
    if not facts.is_in_sample:
        return Why.NOT_IN_SAMPLE
    return Why.NOT_DRAWN if facts.is_in_cell else Why.NO_CELL


def _of_closed(entry: EntryFacts, facts: Facts) -> Iterator[Reason]:
    is_still_barred = facts.is_barred_by_house or facts.is_barred_by_club or facts.is_left_out or not facts.has_consent
    if entry.is_barred and is_still_barred:
        return
    # A closed campaign closes its entries as they stand; else only used-up attempts end on a temporary outcome.
    is_temporary = entry.outcome is not None and OUTCOMES[entry.outcome].is_temporary
    if is_temporary and facts.campaign is not CampaignState.CLOSED:
        yield Reason(Why.ATTEMPTS_USED_UP, detail=entry.outcome)
    else:
        yield Reason(Why.CLOSED, detail=entry.outcome)


def _of_waiting(entry: EntryFacts, now: datetime) -> Iterator[Reason]:
    if entry.is_quota_full:
        yield Reason(Why.QUOTA_FULL)
    if entry.certified is Hands.NOBODY:
        yield Reason(Why.NOBODY_CERTIFIED)
    elif entry.hands is Hands.NOBODY:
        yield Reason(Why.NOBODY_SKILLED if entry.skills else Why.REFUSED, skills=entry.skills)
    if entry.due_at <= now:
        yield from _of_due(entry)
    elif entry.callback_at is not None:
        yield Reason(Why.CALLBACK, entry.callback_at)
    elif entry.outcome is not None:
        yield Reason(Why.RETRY, entry.due_at, entry.outcome)
    else:
        yield Reason(Why.TURN, entry.due_at)


def _of_due(entry: EntryFacts) -> Iterator[Reason]:
    if entry.callback_at is not None and entry.promised_by is not None:
        yield Reason(Why.PROMISED, entry.promise_ends, entry.promised_by)
    if entry.certified is Hands.NOT_AT_WORK:
        yield Reason(Why.CERTIFICATE)
    elif entry.hands is Hands.NOT_AT_WORK:
        yield Reason(Why.SKILL if entry.skills else Why.REFUSED, skills=entry.skills)
