from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from callcenter.integrity.models import FlaggedInterview
from callcenter.quality import reading
from callcenter.quality import reviewing
from callcenter.quality import rules
from callcenter.quality.errors import AnsweredAlreadyError
from callcenter.quality.errors import NotCompleteError
from callcenter.quality.errors import ReviewedAlreadyError
from callcenter.quality.models import Review
from callcenter.quality.reviewing import Card
from callcenter.quality.reviewing import Comment
from callcenter.quality.rules import Rules
from callcenter.quality.scoring import Item
from callcenter.quality.scoring import Mark
from callcenter.quality.scoring import Verdict
from config.accounts.access import Role
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.errors import NotFoundError
from surveys.interviews.errors import OwnInterviewError
from surveys.interviews.errors import ResponseNotFoundError
from surveys.interviews.models import Response
from surveys.interviews.states import ResponseState


def test_a_review_keeps_marks_points_verdict_and_comments(completed, reviewed, fine, club):
    card = Card(
        {**fine.marks, Item.CONSENT: Mark.CLEAR},
        note="Say  that we record.",
        comments=[Comment("no notice", second=12)],
    )

    one = reading.details([club.id], reviewed(completed(), card))

    assert (one.line.points, one.line.verdict) == (9, Verdict.WARNING)
    assert one.marks[Item.CONSENT] is Mark.CLEAR
    assert one.note == "Say that we record."
    assert [(said.second, said.text, said.recording_id) for said in one.comments] == [(12, "no notice", None)]


def test_an_interview_waits_until_somebody_has_reviewed_it(completed, reviewed, club):
    first, second = completed(), completed()

    reviewed(first)

    assert [line.response_id for line in reading.waiting(club.id).lines] == [second]
    assert reading.waiting_count(club.id) == 1


def test_a_flagged_interview_waits_though_it_was_not_drawn(completed, reviewed, club, campaign):
    rules.save(club.id, Rules(share_percent=0, newcomer_count=0))
    flagged, _plain = completed(), completed()
    response = db.session.get_one(Response, flagged)
    db.session.add(
        FlaggedInterview(
            club_id=club.id, response_id=flagged, version_id=response.version_id, campaign_id=campaign.id,
            entry_id=response.entry_id, member_id=response.member_id, operator_id=response.operator_id,
            is_held=False, completed_at=response.completed_at,
        )
    )  # fmt: skip
    db.session.commit()

    before = reading.waiting(club.id).lines
    reviewed(flagged)

    assert [(line.response_id, line.reason, line.is_flagged) for line in before] == [(flagged, None, True)]
    assert reading.waiting_count(club.id) == 0


def test_nobody_reviews_an_own_interview(factories, club, completed, reviewed):
    caller = factories.user(Role.SUPERVISOR, [club])
    response_id = completed(by=caller)

    with pytest.raises(OwnInterviewError):
        reviewed(response_id, by=caller)


def test_a_second_review_by_the_same_person_is_refused_and_by_another_is_kept(factories, club, completed, reviewed):
    once, response_id = factories.user(Role.MANAGER, [club]), completed()
    reviewed(response_id, by=once)

    with pytest.raises(ReviewedAlreadyError):
        reviewed(response_id, by=once)
    reviewed(response_id)

    assert len(reading.of_interview(club.id, response_id)) == 2


def test_an_interview_that_goes_on_is_not_reviewed(completed, reviewed):
    response_id = completed(state=ResponseState.STARTED)

    with pytest.raises(NotCompleteError):
        reviewed(response_id)


def test_another_clubs_interview_is_not_found(factories, completed, fine, supervisor):
    with pytest.raises(ResponseNotFoundError):
        reviewing.submit(factories.club().id, completed(), fine, reviewer_id=supervisor.id, now=utcnow())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"marks": {}}, "marks"),
        ({"marks": dict.fromkeys(Item, Mark.NOT_HEARD)}, "marks"),
        ({"is_fabricated": True}, "note"),
        ({"note": "x" * 2001}, "note"),
        ({"comments": [Comment("x" * 501)]}, "comments"),
    ],
)
def test_a_card_that_lacks_something_is_refused(completed, reviewed, fine, changes, field):
    card = Card(**{"marks": fine.marks, **changes})

    with pytest.raises(InvalidInputError) as refused:
        reviewed(completed(), card)

    assert refused.value.field == field


def test_what_was_submitted_is_never_changed(completed, reviewed, operator, fine):
    review_id = reviewed(completed(), Card(fine.marks, comments=[Comment("good")]))
    reviewing.answer(operator.id, review_id, "Thank you.", now=utcnow())
    db.session.commit()

    for column in ("reviews.note", "review_comments.text", "review_answers.text"):
        table, name = column.split(".")
        with pytest.raises(DatabaseError, match="never changed"):
            db.session.execute(text(f"UPDATE {table} SET {name} = 'x'"))
        db.session.rollback()


def test_an_operator_answers_once_and_only_an_own_review(completed, reviewed, factories, club, operator):
    review_id = reviewed(completed())
    other = factories.operator([club])

    with pytest.raises(NotFoundError):
        reviewing.answer(other.id, review_id, "Mine?", now=utcnow())
    reviewing.answer(operator.id, review_id, " I was asked to be quick. ", now=utcnow())
    with pytest.raises(AnsweredAlreadyError):
        reviewing.answer(operator.id, review_id, "Again.", now=utcnow())

    answer = reading.details([club.id], review_id).answer
    assert answer is not None
    assert answer[0] == "I was asked to be quick."
    assert db.session.get_one(Review, review_id).points == 0
