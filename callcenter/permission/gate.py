"""The last looks before a member is handed out and before a member is dialled.

The claim compares only what stands in the entry. What was said since it was written is looked up here, for the one
entry that came out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from sqlalchemy import ColumnClause
from sqlalchemy import Select
from sqlalchemy import bindparam
from sqlalchemy import exists
from sqlalchemy import literal_column
from sqlalchemy import select
from sqlalchemy import update

from callcenter.calls.aapor import REFUSAL
from callcenter.calls.models import Call
from callcenter.campaigns.models import Campaign
from callcenter.permission import fatigue
from callcenter.permission import member_hours
from callcenter.permission import resting
from callcenter.permission import rules
from callcenter.permission.errors import LeftOutError
from callcenter.permission.errors import OwnHoursError
from callcenter.permission.errors import RestingError
from callcenter.permission.exclusions import is_left_out
from callcenter.permission.models import MemberHours
from callcenter.queue.endings import SO_FAR
from callcenter.queue.endings import barred
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from club.members.errors import DoNotCallError
from club.members.errors import NoConsentError
from club.members.queries import call_facts
from club.members.queries import ensure_callable
from club.members.queries import phone_to_dial
from config.database import UtcDateTime
from config.database import db
from config.errors import ConflictError
from config.statements import run_plain

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

BARRED = (DoNotCallError, NoConsentError, LeftOutError)
REFUSED = (*BARRED, RestingError, OwnHoursError)
# Made once: an alias costs more than the statement.
OTHER = QueueEntry.__table__.alias("o")
# A literal, for the same reason as in the queue's own queries.
CLOSED: ColumnClause[EntryState] = literal_column("'closed'")


class Seen(NamedTuple):
    """What `glance` sees of a queue entry."""

    id: int
    club_id: int
    member_id: int
    campaign_id: int
    callback_at: datetime | None
    is_left_out: bool
    was_interviewed: bool
    rang_lately: bool
    has_own_hours: bool
    is_barred: bool
    consent_calls: bool


def number_to_dial(club_id: int, member_id: int, campaign_id: int) -> str:
    """The member's number (E.164), if it may be dialled for this campaign.

    Raises NotFoundError, DoNotCallError (list of the house or of the club), LeftOutError or NoConsentError.
    """
    phone = phone_to_dial(club_id, member_id)
    if db.session.scalar(select(is_left_out(campaign_id, member_id))):
        raise LeftOutError(f"Member {member_id} is left out of campaign {campaign_id}.")
    return phone


def number_to_call(entry_id: int, *, now: datetime) -> tuple[str, bool]:
    """The number of an entry's member, and whether they were called or asked so lately that they may have to rest.

    Raises as `number_to_dial`.
    """
    db.session.flush()
    seen = look(entry_id, now=now)
    _ensure_allowed(seen)
    return phone_to_dial(seen.club_id, seen.member_id), seen.was_interviewed or seen.rang_lately


def ensure_rested(club_id: int, member_id: int, campaign_id: int, *, now: datetime) -> None:
    """Raises RestingError while the rules of the club or the rest days of the campaign leave the member in peace."""
    rest_days = db.session.scalar(select(Campaign.rest_days).where(Campaign.id == campaign_id))
    found = resting.rests_of(member_id, rules=rules.of_club(club_id), rest_days=rest_days or 0, now=now)
    until = fatigue.rest_until(found)
    if until is not None:
        raise RestingError(member_id, until)


def refusal(seen: Seen, *, now: datetime) -> ConflictError | None:
    """What speaks against handing out an entry now, for what `glance` saw of it: one of REFUSED, or None."""
    try:
        _ensure_allowed(seen)
        # Who asked to be called is called. Whose last interview and calls are long ago needs no closer look.
        if seen.callback_at is None and (seen.was_interviewed or seen.rang_lately):
            ensure_rested(seen.club_id, seen.member_id, seen.campaign_id, now=now)
        if seen.callback_at is None and seen.has_own_hours:
            _ensure_wanted(seen.member_id, seen.campaign_id, now=now)
    except REFUSED as error:
        return error
    return None


def _ensure_allowed(seen: Seen) -> None:
    ensure_callable(seen.member_id, is_barred=seen.is_barred, consent_calls=seen.consent_calls)
    if seen.is_left_out:
        raise LeftOutError(f"Member {seen.member_id} is left out of campaign {seen.campaign_id}.")


def _ensure_wanted(member_id: int, campaign_id: int, *, now: datetime) -> None:
    hours = member_hours.with_campaign(campaign_id, member_id, now=now)
    if hours.own is not None and not hours.own.is_open(now):
        raise OwnHoursError(member_id, hours.next_open(now) or now + fatigue.WEEK)


def look(entry_id: int, *, now: datetime) -> Seen:
    """What `glance` sees of one entry."""
    return Seen._make(run_plain(_one(), {"entry": entry_id, **since(now)}).one())


@cache
def _one() -> Select[*tuple[Any, ...]]:
    return select(*glance()).where(QueueEntry.id == bindparam("entry"))


def glance() -> tuple[ColumnElement[Any], ...]:
    """What speaks against a queue entry's member at a first glance, for a query about entries; it needs the values of
    `since`. This is done for every claim.
    """
    of = QueueEntry.__table__.c
    interviewed = exists().where(
        OTHER.c.member_id == of.member_id,
        OTHER.c.state == CLOSED,
        # Literals: a list of values is written into the statement at every run.
        OTHER.c.outcome.in_([literal_column(f"'{code}'") for code in sorted(resting.INTERVIEWED)]),
        OTHER.c.closed_at > bindparam("interviewed_since", type_=UtcDateTime()),
    )
    rang_since = bindparam("rang_since", type_=UtcDateTime())
    rang = exists().where(Call.member_id == of.member_id, Call.member_dialled_at > rang_since)
    seen = {
        "is_left_out": is_left_out(of.campaign_id, of.member_id),
        "was_interviewed": interviewed,
        "rang_lately": rang,
        "has_own_hours": exists().where(MemberHours.member_id == of.member_id),
    }
    labelled = (one.correlate(QueueEntry.__table__).label(name) for name, one in seen.items())
    return (of.id, of.club_id, of.member_id, of.campaign_id, of.callback_at, *labelled, *call_facts(of.member_id))


def since(now: datetime) -> dict[str, datetime]:
    """Back to when `glance` looks."""
    return {"interviewed_since": now - resting.LONGEST_REST, "rang_since": now - fatigue.WEEK}


def pass_by(entry_id: int, error: ConflictError, *, now: datetime) -> None:
    """Take a waiting entry out of the operators' way for the reason in `error`: until after a rest, else for good."""
    _change(entry_id, (QueueEntry.state == EntryState.WAITING,), _consequence(error, now))


def send_away(entry_id: int, operator_id: int, error: ConflictError, *, now: datetime) -> bool:
    """Take an entry from its operator for the reason in `error`: to wait again after a rest, else closed.

    Says whether it was theirs.
    """
    theirs = (QueueEntry.state == EntryState.LEASED, QueueEntry.operator_id == operator_id)
    return _change(entry_id, theirs, {"leased_at": None, "lease_until": None, **_consequence(error, now)})


def _consequence(error: ConflictError, now: datetime) -> dict[str, object]:
    if isinstance(error, RestingError):
        return {"state": EntryState.WAITING, "operator_id": None, "due_at": error.until, "rest_until": error.until}
    if isinstance(error, OwnHoursError):
        return {"state": EntryState.WAITING, "operator_id": None, "due_at": error.until}
    # To be left out by the club is no refusal of the member.
    return barred(SO_FAR if isinstance(error, LeftOutError) else REFUSAL, now)


def _change(entry_id: int, conditions: tuple[ColumnElement[bool], ...], values: Mapping[str, object]) -> bool:
    changed = db.session.scalar(
        update(QueueEntry)
        .where(QueueEntry.id == entry_id, *conditions)
        .values(values)
        .returning(QueueEntry.id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None
