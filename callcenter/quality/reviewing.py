"""A review is submitted, and the operator answers it. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists
from sqlalchemy import select

from callcenter.quality import scoring
from callcenter.quality import sealing
from callcenter.quality.errors import AnsweredAlreadyError
from callcenter.quality.errors import NotCompleteError
from callcenter.quality.errors import ReadBeforeError
from callcenter.quality.errors import ReviewedAlreadyError
from callcenter.quality.models import Review
from callcenter.quality.models import ReviewAnswer
from callcenter.quality.models import ReviewComment
from callcenter.quality.scoring import Item
from callcenter.quality.scoring import Mark
from callcenter.quality.scoring import Verdict
from callcenter.recordings import listing as recordings
from callcenter.recordings.listing import RecordingLine
from callcenter.recordings.models import RecordingState
from config.database import add_if_new
from config.database import db
from config.errors import HamsedaError
from config.errors import InvalidInputError
from config.errors import NotFoundError
from config.text import clean_text
from surveys.interviews import evidence
from surveys.interviews import queries as interviews
from surveys.interviews.errors import OwnInterviewError
from surveys.interviews.queries import ResponseLine
from surveys.interviews.states import ResponseState

LONGEST_NOTE = 2000
LONGEST_COMMENT = 500
MOST_COMMENTS = 100


@dataclass(frozen=True)
class Comment:
    """A remark, at a second of a recording or about no moment."""

    text: str
    second: int | None = None
    recording_id: int | None = None


@dataclass(frozen=True)
class Card:
    """What a reviewer fills in; an item that was left out has no mark."""

    marks: Mapping[Item, Mark]
    is_fabricated: bool = False
    note: str = ""
    comments: Sequence[Comment] = ()


def submit(club_id: int, response_id: int, card: Card, *, reviewer_id: int, now: datetime) -> int:
    """Keep a review, for good; gives its id.

    Raises ResponseNotFoundError, NotCompleteError, OwnInterviewError, ReadBeforeError, ReviewedAlreadyError, and
    InvalidInputError on `marks`, `note` (missing where the operator is to learn from it) or `comments`.
    """
    line = interviews.get(club_id, response_id)
    refused = refusal(line, reviewer_id)
    if refused is not None:
        raise refused
    if has_reviewed(response_id, reviewer_id):
        raise ReviewedAlreadyError(f"user {reviewer_id} has reviewed response {response_id}")
    total, verdict = _judged(card)
    note = _note(card, verdict)
    comments = _comments(club_id, line.entry_id, card.comments)
    review = Review(
        club_id=club_id,
        response_id=response_id,
        campaign_id=line.campaign_id,
        completed_at=line.completed_at,
        operator_id=line.operator_id,
        reviewer_id=reviewer_id,
        submitted_at=now,
        marks={item.value: mark.value for item, mark in card.marks.items()},
        is_fabricated=card.is_fabricated,
        points=total,
        verdict=verdict,
        note=note,
    )
    if not add_if_new(review):
        raise ReviewedAlreadyError(f"user {reviewer_id} has reviewed response {response_id}")
    db.session.add_all(
        ReviewComment(review_id=review.id, recording_id=one.recording_id, second=one.second, text=one.text)
        for one in comments
    )
    db.session.flush()
    return review.id


def answer(operator_id: int, review_id: int, text: str, *, now: datetime) -> None:
    """What the operator says to a review of an own interview, once.

    Raises NotFoundError for somebody else's, AnsweredAlreadyError, InvalidInputError (field `answer`).
    """
    own = select(Review.id).where(Review.id == review_id, Review.operator_id == operator_id)
    if db.session.scalar(own) is None:
        raise NotFoundError(f"User {operator_id} has no review {review_id}.")
    said = clean_text(text)
    if not said or len(said) > LONGEST_NOTE:
        raise InvalidInputError("answer", f"from 1 to {LONGEST_NOTE} characters")
    if not add_if_new(ReviewAnswer(review_id=review_id, operator_id=operator_id, text=said, said_at=now)):
        raise AnsweredAlreadyError(f"review {review_id} has its answer")


def refusal(line: ResponseLine, reviewer_id: int) -> HamsedaError | None:
    """Why this person does not review it (NotCompleteError, OwnInterviewError, ReadBeforeError), None when they may."""
    if line.state is not ResponseState.COMPLETE:
        return NotCompleteError(f"response {line.id} is {line.state}")
    if reviewer_id in evidence.leaders(line.id):
        return OwnInterviewError(f"user {reviewer_id} led interview {line.id}, or a part of it")
    if sealing.has_read(line.id, reviewer_id):
        return ReadBeforeError(f"user {reviewer_id} has read the reviews of response {line.id}")
    return None


def has_reviewed(response_id: int, reviewer_id: int) -> bool:
    """Whether this person has reviewed this interview."""
    done = exists().where(Review.response_id == response_id, Review.reviewer_id == reviewer_id)
    return bool(db.session.scalar(select(done)))


def _judged(card: Card) -> tuple[int, Verdict]:
    if not scoring.is_judged(card.marks):
        raise InvalidInputError("marks", "every item wants a mark, and one of them was heard")
    total = scoring.points(card.marks)
    return total, scoring.verdict(total, is_fabricated=card.is_fabricated)


def _note(card: Card, verdict: Verdict) -> str:
    note = clean_text(card.note)
    if len(note) > LONGEST_NOTE or (verdict is not Verdict.PASS and not note):
        raise InvalidInputError("note", f"from 1 to {LONGEST_NOTE} characters, or none for a pass")
    return note


def _comments(club_id: int, entry_id: int, said: Sequence[Comment]) -> list[Comment]:
    own = recordings.of_entry(club_id, entry_id)
    kept = [Comment(clean_text(one.text), one.second, _recording_of(one, own)) for one in said]
    if len(kept) > MOST_COMMENTS or any(not 0 < len(one.text) <= LONGEST_COMMENT for one in kept):
        raise InvalidInputError("comments", f"at most {MOST_COMMENTS}, from 1 to {LONGEST_COMMENT} characters each")
    return kept


def _recording_of(said: Comment, own: Sequence[RecordingLine]) -> int | None:
    """The recording that was named; for a moment that it has not, or without one, the only one that has the moment."""
    named = next((one for one in own if one.id == said.recording_id), None)
    if said.second is None or (named is not None and _has(named, said.second)):
        return None if named is None else named.id
    having = [one.id for one in own if one.state is RecordingState.KEPT and _has(one, said.second)]
    return having[0] if len(having) == 1 else None


def _has(recording: RecordingLine, second: int) -> bool:
    # A browser may measure a little more than the file's own length.
    return recording.seconds is None or second <= recording.seconds + 1
