from datetime import timedelta

from sqlalchemy import func
from sqlalchemy import select

from callcenter.integrity import judging
from callcenter.integrity import queries
from callcenter.integrity.models import FlaggedInterview
from callcenter.integrity.models import IntegrityFlag
from callcenter.integrity.scoring import FlagKind
from club.credit import queries as credit
from club.notices.models import Notice
from config.database import db
from config.database import utcnow
from config.jobs.models import OwedJob
from surveys.interviews import interviewing
from tests.callcenter.integrity.conftest import AMOUNT
from tests.callcenter.integrity.conftest import rules


def kinds(place):
    db.session.rollback()
    return set(db.session.scalars(select(IntegrityFlag.kind).where(IntegrityFlag.club_id == place.club.id)))


def test_an_interview_in_a_call_is_paid_at_once(place, interview):
    made = interview(is_called=True)

    assert kinds(place) == set()
    assert credit.balance(place.club.id, made.member.id) == AMOUNT


def test_the_credit_of_an_interview_without_a_call_waits(place, interview):
    made = interview()

    assert kinds(place) == {FlagKind.OFF_CALL}
    assert queries.is_held(made.id)
    assert credit.balance(place.club.id, made.member.id) == 0
    assert db.session.scalar(select(func.count(Notice.id))) == 0


def test_completing_again_says_nothing_new(place, interview):
    made = interview()

    interviewing.complete(made.id, now=utcnow())
    judging.judge_alone(made.id, club_id=place.club.id, now=utcnow())
    db.session.commit()

    assert db.session.scalar(select(func.count(IntegrityFlag.id))) == 1
    assert credit.balance(place.club.id, made.member.id) == 0


def test_the_time_of_each_question_and_its_words_are_measured(place, interview):
    rules(place.club, words_per_second=6)

    interview(seconds=60)
    assert kinds(place) == set()

    interview(seconds=0)
    assert kinds(place) == {FlagKind.UNREADABLE}


def test_the_comparison_is_owed_by_the_completion(place, interview):
    rules(place.club, median_percent=33, median_interviews=3)

    made = interview()

    assert db.session.execute(select(OwedJob.function, OwedJob.ids)).all() == [(judging.COMPARE, [made.id])]


def test_who_is_much_quicker_than_the_others_is_said_once(place, interview, factories):
    rules(place.club, median_percent=33, median_interviews=3)
    for _ in range(3):
        interview(seconds=30)
    made = interview(seconds=2)

    for _ in range(2):
        judging.judge_in_company(made.id, now=utcnow())
        db.session.commit()

    assert kinds(place) == {FlagKind.TOO_FAST}
    assert db.session.scalars(select(FlaggedInterview.is_held)).all() == [False]


def test_an_operator_far_from_the_others_is_said_once_in_a_while(place, interview, factories):
    rules(place.club, operator_distance=4, operator_interviews=2)
    for _ in range(3):
        other = factories.operator([place.club])
        for _ in range(2):
            interview(operator=other)
    unlike = dict.fromkeys(("price_1", "price_2", "staff"), "dont_know")
    start = utcnow()

    for minutes in range(4):
        at = start + timedelta(minutes=minutes)
        made = interview(answers=unlike, at=at)
        judging.judge_in_company(made.id, now=at)
        db.session.commit()

    assert kinds(place) == {FlagKind.OPERATOR}
    # At the second, from which on there are enough, and at the fourth: two more.
    assert db.session.scalar(select(func.count(IntegrityFlag.id))) == 2


def test_flagged_interviews_are_told_to_who_samples_them(place, interview, factories):
    since = utcnow() - timedelta(hours=1)
    made = interview()
    interview(is_called=True)

    assert queries.flagged_response_ids(place.club.id, since) == [made.id]
    assert queries.flagged_response_ids(place.club.id, utcnow() + timedelta(minutes=1)) == []
    assert queries.flagged_response_ids(factories.club().id, since) == []
