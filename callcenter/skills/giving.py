"""Who has which skill. Nothing here commits."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy import BindParameter
from sqlalchemy import ScalarSelect
from sqlalchemy import cast
from sqlalchemy import delete
from sqlalchemy import exists
from sqlalchemy import func
from sqlalchemy import select

from callcenter.operators import queries as operators
from callcenter.skills.models import OperatorSkill
from callcenter.skills.models import Skill
from config.database import db
from config.errors import NotFoundError


def had_by(operator_ids: Sequence[int]) -> dict[int, set[str]]:
    """The codes of each operator's skills."""
    had: dict[int, set[str]] = {operator_id: set() for operator_id in operator_ids}
    rows = db.session.execute(
        select(OperatorSkill.operator_id, OperatorSkill.skill).where(OperatorSkill.operator_id.in_(operator_ids))
    )
    for operator_id, code in rows:
        had[operator_id].add(code)
    return had


def give_first(operator_id: int, *, now: datetime) -> None:
    """Give a new operator what everybody begins with."""
    first = db.session.scalars(select(Skill.code).where(Skill.is_given_first))
    _give(operator_id, first, given_by=None, now=now)


def keep(club_id: int, wanted: Mapping[int, AbstractSet[str]], *, given_by: int, now: datetime) -> None:
    """Let operators of a club have exactly these of the skills that count; who is not named keeps what they have.

    Raises NotFoundError for anybody who does not call for the club, and for a skill that is not there.
    """
    operators.ensure_of_club(club_id, wanted)
    used = set(db.session.scalars(select(Skill.code).where(Skill.is_used)))
    unknown = set().union(*wanted.values()) - used
    if unknown:
        raise NotFoundError(f"There are no such skills: {', '.join(sorted(unknown))}.")
    for operator_id, had in had_by(list(wanted)).items():
        taken = (had & used) - wanted[operator_id]
        db.session.execute(
            delete(OperatorSkill).where(OperatorSkill.operator_id == operator_id, OperatorSkill.skill.in_(taken))
        )
        _give(operator_id, wanted[operator_id] - had, given_by=given_by, now=now)


def lacked_by(operator_id: int | BindParameter[int]) -> ScalarSelect[int]:
    """The sum of the skills that count and that an operator does not have, to stand inside another query."""
    has = exists().where(OperatorSkill.operator_id == operator_id, OperatorSkill.skill == Skill.code)
    total = func.coalesce(func.sum(Skill.mask), 0)
    # PostgreSQL's sum of whole numbers is no whole number.
    return select(cast(total, BigInteger)).where(Skill.is_used, ~has).scalar_subquery()


def _give(operator_id: int, codes: Iterable[str], *, given_by: int | None, now: datetime) -> None:
    db.session.add_all(
        OperatorSkill(operator_id=operator_id, skill=code, given_by=given_by, given_at=now) for code in sorted(codes)
    )
    db.session.flush()
