"""A large queue and its operators, written by the database itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy import text

from callcenter.campaigns import running
from callcenter.simulation import scene
from callcenter.simulation.scene import Scene
from club.members.models import Member
from config import aftercommit
from config.database import db
from config.database import utcnow

if TYPE_CHECKING:
    from flask import Flask

MEMBERS = """
INSERT INTO members ({columns}) SELECT {values} FROM members m, generate_series(1, :count) AS n
WHERE m.id = (SELECT min(id) FROM members)
"""
ENTRIES = """
INSERT INTO queue_entries (club_id, campaign_id, member_id, state, priority, due_at, created_at, attempt_count, note,
                           is_barred, needs)
SELECT club_id, :campaign_id, id, 'waiting', 50, now() - interval '1 hour', now(), 0, '', false, 0
FROM members WHERE club_id = :club_id ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Crowd:
    """A club with many members and operators; the campaign calls at every hour."""

    club_id: int
    campaign_id: int
    operator_ids: tuple[int, ...]


def make(app: Flask, *, operators: int, members: int, is_queued: bool) -> Crowd:
    """Write the club; its members wait in the campaign's queue, or are still to be drawn into it."""
    with app.app_context():
        made = scene.make(operator_count=operators, member_count=10, seed=1, now=utcnow())
        # To write the crowd takes as long as it takes.
        db.session.execute(text("SET LOCAL statement_timeout = 0"))
        _add_members(members)
        if is_queued:
            db.session.execute(text(ENTRIES), {"campaign_id": made.campaign_id, "club_id": made.club_id})
        else:
            made = _with_draft(made)
        aftercommit.forget()
        db.session.commit()
        _settle()
        db.session.remove()
    return Crowd(made.club_id, made.campaign_id, made.operator_ids)


def _add_members(count: int) -> None:
    own = {"id", "phone", "external_id"}
    rest = [column.name for column in Member.__table__.columns if column.name not in own]
    columns, values = ", ".join(rest), ", ".join(f"m.{name}" for name in rest)
    # A mobile phone's number that no demo member has.
    columns, values = f"phone, external_id, {columns}", f"'+98911' || lpad(n::text, 7, '0'), 'x' || n, {values}"
    db.session.execute(text(MEMBERS.format(columns=columns, values=values)), {"count": count})


def _with_draft(made: Scene) -> Scene:
    version_id = db.session.execute(text("SELECT version_id FROM campaigns")).scalar_one()
    plan = running.Plan(
        name="benchmark",
        version_id=version_id,
        opens_at=time(0, 0),
        closes_at=time(23, 59),
        max_attempts=6,
        rest_days=30,
    )
    return Scene(made.club_id, running.create(made.club_id, plan, now=utcnow()), made.operator_ids)


def _settle() -> None:
    """What the database's housekeeping does in its own time in a house that is older than a minute."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE"))


def first_member(club_id: int) -> int:
    """One of the club's members."""
    return db.session.scalars(select(Member.id).where(Member.club_id == club_id).limit(1)).one()
