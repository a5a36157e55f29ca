"""What is to be reviewed, and the reviews that there are, each list in keyset pages."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy import exists
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy import union
from sqlalchemy.orm import aliased

from callcenter.calls.models import Call
from callcenter.campaigns.models import Campaign
from callcenter.integrity.models import FlaggedInterview
from callcenter.quality.models import QualityDraw
from callcenter.quality.models import Review
from callcenter.quality.models import ReviewAnswer
from callcenter.quality.models import ReviewComment
from callcenter.quality.sampling import Reason
from callcenter.quality.scoring import Item
from callcenter.quality.scoring import Mark
from callcenter.quality.scoring import Verdict
from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingState
from config import paging
from config.accounts.models import User
from config.database import db
from config.errors import NotFoundError
from config.paging import Page
from config.paging import Rows


@dataclass(frozen=True)
class DrawnLine:
    """An interview that waits for a review: drawn for a `reason`, or flagged, or both.

    `has_sound` says whether there is something to hear.
    """

    response_id: int
    completed_at: datetime
    reason: Reason | None
    is_flagged: bool
    operator_id: int
    operator: str
    campaign: str
    has_sound: bool


@dataclass(frozen=True)
class ReviewLine:
    """A review in a list."""

    id: int
    club_id: int
    response_id: int
    completed_at: datetime
    submitted_at: datetime
    operator_id: int
    operator: str
    reviewer_id: int
    reviewer: str
    campaign: str
    points: int
    verdict: Verdict
    is_answered: bool


@dataclass(frozen=True)
class Said:
    """A comment of a review; `recording_id` is None where its moment cannot be played: `was_recorded` when there is
    no sound of it any more, else because it is not known to which recording it belongs.
    """

    text: str
    second: int | None
    recording_id: int | None
    was_recorded: bool


@dataclass(frozen=True)
class Details:
    """One review whole; `answer` is the operator's word with its time, None while there is none."""

    line: ReviewLine
    marks: Mapping[Item, Mark]
    is_fabricated: bool
    note: str
    comments: list[Said]
    answer: tuple[str, datetime] | None


def waiting(club_id: int, *, after: int | None = None) -> Page[DrawnLine]:
    """The drawn and the flagged interviews that nobody has reviewed, oldest first."""
    sound = exists().where(
        Call.entry_id == QualityDraw.entry_id, Recording.call_id == Call.id, Recording.state == RecordingState.KEPT
    )
    query = (
        select(
            QualityDraw.response_id,
            QualityDraw.completed_at,
            QualityDraw.reason,
            exists().where(FlaggedInterview.response_id == QualityDraw.response_id).label("is_flagged"),
            QualityDraw.operator_id,
            func.coalesce(User.name, "").label("operator"),
            Campaign.name.label("campaign"),
            sound.label("has_sound"),
        )
        .join(Campaign, Campaign.id == QualityDraw.campaign_id)
        .outerjoin(User, User.id == QualityDraw.operator_id)
        .where(_waits(club_id))
    )
    return paging.ascending(
        query, QualityDraw.response_id, after=after, to_lines=lambda rows: [DrawnLine(**row._mapping) for row in rows]
    )


def waiting_count(club_id: int) -> int:
    """How many interviews wait for a review."""
    return db.session.scalar(select(func.count()).select_from(QualityDraw).where(_waits(club_id))) or 0


def why(response_id: int) -> Reason | None:
    """Why an interview was drawn, None when it was not."""
    return db.session.scalar(select(QualityDraw.reason).where(QualityDraw.response_id == response_id))


def name_of(user_id: int) -> str:
    """The name of whoever led an interview, empty for nobody that is known."""
    return db.session.scalar(select(User.name).where(User.id == user_id)) or ""


def of_club(club_id: int, *, before: int | None = None) -> Page[ReviewLine]:
    """The club's reviews, newest first."""
    return paging.descending(_lines([club_id]), Review.id, before=before, to_lines=_named)


def of_operator(club_ids: Sequence[int], operator_id: int, *, before: int | None = None) -> Page[ReviewLine]:
    """The reviews of an operator in these clubs, newest first."""
    query = _lines(club_ids).where(Review.operator_id == operator_id)
    return paging.descending(query, Review.id, before=before, to_lines=_named)


def of_interview(club_id: int, response_id: int) -> list[ReviewLine]:
    """The reviews of one interview, in the order in which they came."""
    query = _lines([club_id]).where(Review.response_id == response_id).order_by(Review.id)
    return _named(db.session.execute(query).all())


def details(club_ids: Sequence[int], review_id: int, *, operator_id: int | None = None) -> Details:
    """One review of these clubs, of this operator if one is given. Raises NotFoundError."""
    query = _lines(club_ids).where(Review.id == review_id)
    if operator_id is not None:
        query = query.where(Review.operator_id == operator_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no review {review_id} here.")
    review, answer = db.session.get_one(Review, review_id), db.session.get(ReviewAnswer, review_id)
    return Details(
        line=ReviewLine(**row._mapping),
        marks=marks_of(review.marks),
        is_fabricated=review.is_fabricated,
        note=review.note,
        comments=_comments(review_id),
        answer=None if answer is None else (answer.text, answer.said_at),
    )


def marks_of(stored: Mapping[str, Any]) -> dict[Item, Mark]:
    """The marks of a review as they lie in its row, in the order of the scorecard."""
    return {item: Mark(stored[item]) for item in Item if item in stored}


def _comments(review_id: int) -> list[Said]:
    query = (
        select(ReviewComment.text, ReviewComment.second, Recording.id, ReviewComment.recording_id.is_not(None))
        .outerjoin(Recording, (Recording.id == ReviewComment.recording_id) & (Recording.state == RecordingState.KEPT))
        .where(ReviewComment.review_id == review_id)
        .order_by(ReviewComment.recording_id, ReviewComment.second, ReviewComment.id)
    )
    return [Said(*row) for row in db.session.execute(query)]


def _waits(club_id: int) -> Any:
    """Two short lists, each with its index, instead of a look at everything that was completed."""
    drawn = select(QualityDraw.response_id).where(QualityDraw.club_id == club_id, QualityDraw.reason.is_not(None))
    flagged = select(FlaggedInterview.response_id).where(FlaggedInterview.club_id == club_id)
    return QualityDraw.response_id.in_(union(drawn, flagged)) & ~exists().where(
        Review.response_id == QualityDraw.response_id
    )


def _lines(club_ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    operator, reviewer = aliased(User), aliased(User)
    return (
        select(
            Review.id,
            Review.club_id,
            Review.response_id,
            Review.completed_at,
            Review.submitted_at,
            Review.operator_id,
            operator.name.label("operator"),
            Review.reviewer_id,
            reviewer.name.label("reviewer"),
            Campaign.name.label("campaign"),
            Review.points,
            Review.verdict,
            exists().where(ReviewAnswer.review_id == Review.id).label("is_answered"),
        )
        .join(operator, operator.id == Review.operator_id)
        .join(reviewer, reviewer.id == Review.reviewer_id)
        .join(Campaign, Campaign.id == Review.campaign_id)
        .where(Review.club_id.in_(club_ids))
    )


def _named(rows: Rows) -> list[ReviewLine]:
    return [ReviewLine(**row._mapping) for row in rows]
