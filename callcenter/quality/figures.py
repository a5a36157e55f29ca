"""The figures of reviews: each operator's, and how far the reviewers agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from itertools import combinations

from sqlalchemy import ColumnElement
from sqlalchemy import case
from sqlalchemy import exists
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import aliased

from callcenter.quality import agreement
from callcenter.quality.agreement import Agreement
from callcenter.quality.agreement import Pair
from callcenter.quality.models import QualityDraw
from callcenter.quality.models import Review
from callcenter.quality.reading import marks_of
from callcenter.quality.scoring import Verdict
from config.accounts.models import User
from config.database import db
from surveys.interviews.counting import is_left_out

WEEK = timedelta(days=7)
# Whoever interviews in a week is reviewed at least so often in it (IQCS).
WEEKLY = 2


@dataclass(frozen=True)
class OperatorFigures:
    """One operator since a day: `interviews` completed, reviews of them, and what these found.

    `rejected` interviews are those that count no more because of what spoke against them; they are in no other figure
    of interviews. `mean_points` is None without a review. `weekly` are the reviews of the last seven days, and
    `is_behind` says that they are too few for somebody who called in them.
    """

    operator_id: int
    operator: str
    interviews: int
    rejected: int
    reviews: int
    mean_points: float | None
    passes: int
    warnings: int
    fails: int
    weekly: int
    is_behind: bool


@dataclass(frozen=True)
class PairFigures:
    """How far two reviewers agree; `first` and `second` are their names."""

    first: str
    second: str
    agreement: Agreement


@dataclass(frozen=True)
class Agreements:
    """The figure over all pairs of reviewers, and that of each pair, those with most interviews first."""

    overall: Agreement
    pairs: list[PairFigures]


def of_operators(club_id: int, *, since: datetime, now: datetime) -> list[OperatorFigures]:
    """Who completed an interview or was reviewed since then, by name."""
    week = now - WEEK
    led = _led(club_id, since, week)
    reviewed = _reviewed(club_id, since, week)
    ids = led.keys() | reviewed.keys()
    names = _names(ids)
    lines = []
    for operator_id in ids:
        interviews, rejected, in_week = led.get(operator_id, (0, 0, 0))
        reviews, mean, passes, warnings, fails, weekly = reviewed.get(operator_id, (0, None, 0, 0, 0, 0))
        lines.append(
            OperatorFigures(
                operator_id,
                names.get(operator_id, ""),
                interviews,
                rejected,
                reviews,
                None if mean is None else float(mean),
                passes,
                warnings,
                fails,
                weekly,
                weekly < min(WEEKLY, in_week),
            )
        )
    return sorted(lines, key=lambda line: (line.operator, line.operator_id))


def agreements(club_id: int, *, since: datetime) -> Agreements:
    """How far reviewers agree on the interviews that two or more of them reviewed, the last of them since then."""
    groups = _compared(club_id, since)
    ids = {reviewer_id for pair in groups for reviewer_id in pair}
    names = _names(ids)
    pairs = [
        PairFigures(names[first], names[second], agreement.agreement([interviews]))
        for (first, second), interviews in groups.items()
    ]
    pairs.sort(key=lambda one: (-one.agreement.interviews, one.first, one.second))
    return Agreements(agreement.agreement(list(groups.values())), pairs)


def _compared(club_id: int, since: datetime) -> dict[tuple[int, int], list[Sequence[Pair]]]:
    other = aliased(Review)
    twice = exists().where(other.response_id == Review.response_id, other.id != Review.id)
    late = exists().where(other.response_id == Review.response_id, other.submitted_at >= since)
    rows = db.session.execute(
        select(Review.response_id, Review.reviewer_id, Review.marks)
        .where(Review.club_id == club_id, twice, late)
        .order_by(Review.response_id, Review.reviewer_id)
    )
    by_interview: defaultdict[int, list[tuple[int, dict[str, str]]]] = defaultdict(list)
    for response_id, reviewer_id, marks in rows:
        by_interview[response_id].append((reviewer_id, marks))
    groups: defaultdict[tuple[int, int], list[Sequence[Pair]]] = defaultdict(list)
    for reviews in by_interview.values():
        for (first, one), (second, another) in combinations(reviews, 2):
            groups[first, second].append(agreement.compared(marks_of(one), marks_of(another)))
    return groups


def _names(user_ids: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return {row.id: row.name for row in rows}


def _led(club_id: int, since: datetime, week: datetime) -> dict[int, tuple[int, int, int]]:
    """Of each operator since then: the interviews that count, those that were rejected, those of the last week."""
    is_rejected = is_left_out(QualityDraw.entry_id)
    rows = db.session.execute(
        select(
            QualityDraw.operator_id,
            _count(~is_rejected),
            _count(is_rejected),
            _count(~is_rejected & (QualityDraw.completed_at >= week)),
        )
        .where(QualityDraw.club_id == club_id, QualityDraw.completed_at >= since)
        .group_by(QualityDraw.operator_id)
    )
    return {operator_id: (count, rejected, in_week) for operator_id, count, rejected, in_week in rows}


def _reviewed(club_id: int, since: datetime, week: datetime) -> dict[int, tuple[int, float | None, int, int, int, int]]:
    """Of each operator: reviews, mean points, passes, warnings, fails, reviews of the last week."""
    verdicts = [_count(Review.verdict == verdict) for verdict in (Verdict.PASS, Verdict.WARNING, Verdict.FAIL)]
    rows = db.session.execute(
        select(
            Review.operator_id,
            func.count(),
            func.avg(Review.points),
            *verdicts,
            _count(Review.submitted_at >= week),
        )
        .where(Review.club_id == club_id, Review.submitted_at >= since)
        .group_by(Review.operator_id)
    )
    return {row[0]: (row[1], row[2], row[3], row[4], row[5], row[6]) for row in rows}


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
