"""Who of a club's operators may make a call that needs skills, and which members nobody may call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select

from callcenter.campaigns.models import Campaign
from callcenter.lines import belonging
from callcenter.operators import queries as operators
from callcenter.operators.models import OperatorState
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.skills import catalogue
from callcenter.skills import giving
from callcenter.skills.catalogue import Skill
from config.database import db


@dataclass(frozen=True)
class Caller:
    """An operator: the sum of the skills that count and that they lack, and whether their shift has begun."""

    id: int
    lacks: int
    is_at_work: bool


@dataclass(frozen=True)
class Shortage:
    """So many waiting members need these skills, and no operator may call them.

    `is_refused`: somebody has the skills, but it is the operator whom they refused.
    """

    skills: Sequence[Skill]
    is_refused: bool
    count: int


def callers(club_id: int, *, campaign_id: int | None = None) -> list[Caller]:
    """The operators who call for a club; with a campaign those who are on its telephone line."""
    lines, used = operators.of_club(club_id), catalogue.used()
    if campaign_id is not None:
        there = belonging.known(db.session.scalars(select(Campaign.line).where(Campaign.id == campaign_id)).one())
        lines = [line for line in lines if belonging.known(line.line) == there]
    had = giving.had_by([line.id for line in lines])
    return [
        Caller(
            line.id,
            lacks=sum(skill.mask for skill in used if skill.code not in had[line.id]),
            is_at_work=line.state is not OperatorState.OFF,
        )
        for line in lines
    ]


def count_having(club_id: int, skills: Sequence[Skill]) -> dict[str, int]:
    """How many of a club's operators have each of these skills, by its code; all of them one that does not count."""
    among = callers(club_id)
    return {skill.code: sum(not one.lacks & skill.mask for one in among) for skill in skills}


def able(among: Iterable[Caller], *, needs: int, refused_operator_id: int | None) -> list[Caller]:
    """Those who may make a call."""
    return [one for one in among if not needs & one.lacks and one.id != refused_operator_id]


def shortages(club_id: int, campaign_id: int) -> list[Shortage]:
    """The waiting members of a club's campaign whom nobody of its operators may call, most of a kind first."""
    among, used = callers(club_id, campaign_id=campaign_id), catalogue.used()
    rows = db.session.execute(
        select(QueueEntry.needs, QueueEntry.refused_operator_id, func.count())
        .where(QueueEntry.campaign_id == campaign_id, QueueEntry.state == EntryState.WAITING)
        .where(or_(QueueEntry.needs != 0, QueueEntry.refused_operator_id.is_not(None)))
        .group_by(QueueEntry.needs, QueueEntry.refused_operator_id)
    )
    counts: Counter[tuple[tuple[Skill, ...], bool]] = Counter()
    for needs, refused_operator_id, count in rows:
        if not able(among, needs=needs, refused_operator_id=refused_operator_id):
            is_refused = bool(able(among, needs=needs, refused_operator_id=None))
            counts[tuple(catalogue.within(needs, used)), is_refused] += count
    return [Shortage(*kind, count) for kind, count in counts.most_common()]
