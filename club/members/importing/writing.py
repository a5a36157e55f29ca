"""Checked rows into the tables, a chunk at a time, with a handful of statements per chunk. Nothing here commits."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import insert
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy import update

from club.members.events import language_changed
from club.members.importing.report import Reason
from club.members.importing.report import Rejected
from club.members.models import Gender
from club.members.models import Member
from club.members.search import member_key
from config.database import db

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from club.members.importing.naming import Names
    from club.members.importing.parsing import Draft

_COLUMNS = [column for column in Member.__table__.columns if column.name not in {"club_id", "created_at", "updated_at"}]
_BLANK: dict[str, Any] = {column.name: None for column in _COLUMNS} | {
    "first_name": "",
    "last_name": "",
    "search_key": "",
    "consent_calls": False,
    "custom": {},
}


@dataclass
class Written:
    """What became of a chunk of drafts."""

    created: int = 0
    updated: int = 0
    rejected: dict[int, Rejected] = field(default_factory=dict)


@dataclass
class _Chunk:
    """The members that a chunk touches, as they stand after each row: by number, and who holds which external id."""

    members: dict[str, dict[str, Any]]
    holders: dict[str, str]
    before: dict[str, dict[str, Any]]


def write_chunk(club_id: int, drafts: Sequence[Draft], names: Names, *, now: datetime) -> Written:
    """Create or update the members of these drafts, row after row as if each were alone.

    A draft whose external id is another number's at that point is rejected (by its line in `rejected`).
    """
    chunk, written = _load(club_id, drafts), Written()
    for draft in drafts:
        if draft.external_id and chunk.holders.get(draft.external_id, draft.phone) != draft.phone:
            written.rejected[draft.line] = Rejected(draft.line, "external_id", Reason.TAKEN)
        elif draft.phone in chunk.members:
            written.updated += 1
            _apply(chunk, draft, names)
        else:
            written.created += 1
            chunk.members[draft.phone] = {**_BLANK, "phone": draft.phone}
            _apply(chunk, draft, names)
    _store(club_id, chunk, now)
    return written


def _load(club_id: int, drafts: Sequence[Draft]) -> _Chunk:
    phones = {draft.phone for draft in drafts}
    external_ids = {draft.external_id for draft in drafts} - {""}
    wanted = or_(Member.phone.in_(phones), Member.external_id.in_(external_ids))
    rows = db.session.execute(select(*_COLUMNS).where(Member.club_id == club_id, wanted)).mappings()
    members = {row["phone"]: dict(row) for row in rows}
    return _Chunk(
        members=members,
        holders={row["external_id"]: phone for phone, row in members.items() if row["external_id"]},
        before={phone: dict(row) for phone, row in members.items()},
    )


def _apply(chunk: _Chunk, draft: Draft, names: Names) -> None:
    member = chunk.members[draft.phone]
    if draft.external_id and draft.external_id != member["external_id"]:
        chunk.holders.pop(member["external_id"], None)
        chunk.holders[draft.external_id] = draft.phone
        member["external_id"] = draft.external_id
    for name, value in draft.facts.items():
        member[_column_of(name)] = _stored(name, value, names)
    member["custom"] = {**member["custom"], **draft.custom}
    member["search_key"] = member_key(member["first_name"], member["last_name"], member["external_id"])


def _column_of(name: str) -> str:
    return f"{name}_id" if name in {"branch", "tier"} else name


def _stored(name: str, value: Any, names: Names) -> Any:
    if isinstance(value, bool):
        return value
    if name in {"birth_date", "joined_at"}:
        return date.fromisoformat(value)
    if name == "gender":
        return Gender(value)
    if name in {"branch", "tier"}:
        return names.branch(value) if name == "branch" else names.tier(value)
    return value


def _store(club_id: int, chunk: _Chunk, now: datetime) -> None:
    changed = [
        row | {"updated_at": now} for phone, row in chunk.members.items() if row["id"] and row != chunk.before[phone]
    ]
    # External ids may change hands within the chunk: all that move are let go first, or the unique key would refuse.
    moved = [
        row["id"] for row in changed if chunk.before[row["phone"]]["external_id"] not in {None, row["external_id"]}
    ]
    if moved:
        db.session.execute(
            update(Member).where(Member.id.in_(moved)).values(external_id=None), execution_options=_NO_SYNC
        )
    if changed:
        db.session.execute(update(Member), changed)
    speak = [row["id"] for row in changed if row["language"] != chunk.before[row["phone"]]["language"]]
    if speak:
        language_changed.send(member_ids=speak)
    created = [
        row | {"club_id": club_id, "created_at": now, "updated_at": now}
        for row in chunk.members.values()
        if not row["id"]
    ]
    for row in created:
        del row["id"]
    if created:
        db.session.execute(insert(Member), created)


_NO_SYNC = {"synchronize_session": False}
