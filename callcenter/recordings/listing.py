"""The recordings of a club as its supervisors and managers find them: a list, and one with what happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import Select
from sqlalchemy import and_
from sqlalchemy import func
from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.campaigns.models import Campaign
from callcenter.recordings.models import DeletionReason
from callcenter.recordings.models import MomentKind
from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingConsent
from callcenter.recordings.models import RecordingDeletion
from callcenter.recordings.models import RecordingMoment
from callcenter.recordings.models import RecordingPlay
from callcenter.recordings.models import RecordingState
from club.members import queries as members
from config import paging
from config.accounts.models import User
from config.calendar import day_start
from config.database import db
from config.errors import NotFoundError
from config.paging import Page
from config.paging import Rows


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; everything empty is all of the club. The days are whole ones in the club's zone."""

    campaign_id: int | None = None
    operator_id: int | None = None
    states: Sequence[RecordingState] = ()
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class RecordingLine:
    """A recording in the list. `outcome` is the AAPOR code of its call."""

    id: int
    name: str
    asked_at: datetime
    started_at: datetime | None
    state: RecordingState
    seconds: float | None
    size_bytes: int | None
    member_id: int
    member: str
    operator: str
    campaign: str
    entry_id: int
    outcome: str | None
    play_count: int


@dataclass(frozen=True)
class Happening:
    """Something that happened at a time, and who did it; None: the clock."""

    kind: MomentKind | DeletionReason | bool
    at: datetime
    who: str | None


@dataclass(frozen=True)
class Details:
    """One recording with the member's word, what the operator did on the line, who played it, and its end."""

    line: RecordingLine
    words: list[Happening]
    moments: list[Happening]
    plays: list[Happening]
    deletion: Happening | None


def page(club_id: int, filters: Filters, *, zone: str, before: int | None = None) -> Page[RecordingLine]:
    """The newest recordings of the club that fit, or those older than `before`."""
    query = _lines(club_id).where(_fits(filters, zone))
    return paging.descending(query, Recording.id, before=before, to_lines=partial(_named, club_id))


def of_entry(club_id: int, entry_id: int) -> list[RecordingLine]:
    """The recordings of an entry's calls, in the order of the calls."""
    query = _lines(club_id).where(Call.entry_id == entry_id).order_by(Recording.id)
    return _named(club_id, db.session.execute(query).all())


def details(club_id: int, recording_id: int) -> Details:
    """One recording of the club. Raises NotFoundError."""
    lines = _named(club_id, db.session.execute(_lines(club_id).where(Recording.id == recording_id)).all())
    if not lines:
        raise NotFoundError(f"Club {club_id} has no recording {recording_id}.")
    line = lines[0]
    said, moment, play, deletion = RecordingConsent, RecordingMoment, RecordingPlay, RecordingDeletion
    ends = _happenings(deletion.reason, deletion.at, deletion.user_id, deletion.recording_id == recording_id)
    return Details(
        line=line,
        words=_happenings(said.is_given, said.said_at, said.operator_id, said.entry_id == line.entry_id),
        moments=_happenings(moment.kind, moment.at, moment.operator_id, moment.recording_id == recording_id),
        plays=_happenings(play.id, play.started_at, play.user_id, play.recording_id == recording_id),
        deletion=ends[0] if ends else None,
    )


def _happenings(kind: Any, at: Any, user_id: Any, which: ColumnElement[bool]) -> list[Happening]:
    query = select(kind, at, User.name).select_from(kind.class_).outerjoin(User, User.id == user_id)
    return [Happening(*row) for row in db.session.execute(query.where(which).order_by(at))]


def _lines(club_id: int) -> Select[*tuple[Any, ...]]:
    plays = select(func.count()).where(RecordingPlay.recording_id == Recording.id).scalar_subquery()
    return (
        select(
            Recording.id,
            Recording.name,
            Recording.asked_at,
            Recording.started_at,
            Recording.state,
            Recording.seconds,
            Recording.size_bytes,
            Call.member_id,
            User.name.label("operator"),
            Campaign.name.label("campaign"),
            Call.entry_id,
            Call.disposition.label("outcome"),
            plays.label("play_count"),
        )
        .join(Call, Call.id == Recording.call_id)
        .join(User, User.id == Call.operator_id)
        .join(Campaign, Campaign.id == Call.campaign_id)
        .where(Recording.club_id == club_id)
    )


def _named(club_id: int, rows: Rows) -> list[RecordingLine]:
    names = members.names(club_id, [row.member_id for row in rows])
    return [RecordingLine(**row._mapping, member=names.get(row.member_id, "")) for row in rows]


def _fits(filters: Filters, zone: str) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [Recording.id.is_not(None)]
    if filters.campaign_id is not None:
        conditions.append(Call.campaign_id == filters.campaign_id)
    if filters.operator_id is not None:
        conditions.append(Call.operator_id == filters.operator_id)
    if filters.states:
        conditions.append(Recording.state.in_(filters.states))
    if filters.first_day is not None:
        conditions.append(Recording.asked_at >= day_start(filters.first_day, zone))
    if filters.last_day is not None:
        conditions.append(Recording.asked_at < day_start(filters.last_day + timedelta(days=1), zone))
    return and_(*conditions)
