from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from callcenter.integrity.errors import AlreadyDecidedError
from callcenter.integrity.errors import NotFlaggedError
from callcenter.integrity.judging import judge_in_company
from callcenter.integrity.models import IntegrityDecision
from callcenter.integrity.models import Verdict
from callcenter.integrity.reviewing import decide
from callcenter.reports.queries import reach
from club.credit import queries as credit
from club.credit.models import EntryKind
from club.notices.models import Notice
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from surveys.interviews.errors import OwnInterviewError
from surveys.interviews.models import Answer
from surveys.interviews.models import Response
from surveys.questionnaires.models import VersionQuestion
from surveys.results import queries as results
from surveys.results.filters import Filters
from tests.callcenter.integrity.conftest import AMOUNT
from tests.callcenter.integrity.conftest import rules

ACCEPTED, REJECTED = Verdict.ACCEPTED, Verdict.REJECTED


def review(place, made, verdict, *, seen=0, reason="گوش دادم"):
    who = place.supervisor.id
    decide(place.club.id, made.id, verdict=verdict, reason=reason, seen=seen, user_id=who, now=utcnow())
    db.session.commit()


def movements(place, made):
    db.session.rollback()
    return [(line.kind, line.amount_rial) for line in credit.ledger(place.club.id, made.member.id)][::-1]


AWARD, REVERSE = (EntryKind.AWARD, AMOUNT), (EntryKind.REVERSE, -AMOUNT)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([ACCEPTED], [AWARD]),
        ([REJECTED], []),
        ([ACCEPTED, REJECTED], [AWARD, REVERSE]),
        ([REJECTED, ACCEPTED], [AWARD]),
        ([ACCEPTED, REJECTED, ACCEPTED], [AWARD, REVERSE, AWARD]),
        ([ACCEPTED, REJECTED, ACCEPTED, REJECTED], [AWARD, REVERSE, AWARD, REVERSE]),
    ],
)
def test_credit_follows_the_decisions(place, interview, verdicts, expected):
    made = interview()

    for seen, verdict in enumerate(verdicts):
        review(place, made, verdict, seen=seen)

    assert movements(place, made) == expected
    assert credit.balance(place.club.id, made.member.id) == sum(amount for _, amount in expected)
    assert db.session.scalar(select(func.count(Notice.id))) == expected.count(AWARD)
    assert db.session.scalar(select(func.count(IntegrityDecision.id))) == len(verdicts)


def test_a_later_flag_leaves_the_paid_credit_and_only_a_rejection_takes_it_back(place, interview):
    rules(place.club, median_percent=33, median_interviews=1)
    interview(seconds=30)
    made = interview(seconds=2)

    judge_in_company(made.id, now=utcnow())
    db.session.commit()
    assert movements(place, made) == [AWARD]

    review(place, made, REJECTED)
    assert movements(place, made) == [AWARD, REVERSE]


def test_accepting_twice_pays_once(place, interview):
    made = interview()
    review(place, made, ACCEPTED)

    for seen in (0, 1):
        with pytest.raises(AlreadyDecidedError):
            review(place, made, ACCEPTED, seen=seen)

    assert movements(place, made) == [AWARD]


def test_two_supervisors_at_once_decide_once(app, place, interview):
    made = interview()
    club_id, user_id = place.club.id, place.supervisor.id
    db.session.commit()

    def act(verdict):
        with app.app_context():
            try:
                decide(club_id, made.id, verdict=verdict, reason="دلیل", seen=0, user_id=user_id, now=utcnow())
            except AlreadyDecidedError:
                return 0
            db.session.commit()
            return 1

    with ThreadPoolExecutor(2) as pool:
        done = sum(pool.map(act, [ACCEPTED, REJECTED]))

    assert done == 1
    (decision,) = db.session.scalars(select(IntegrityDecision)).all()
    assert movements(place, made) == ([AWARD] if decision.verdict is ACCEPTED else [])


@pytest.mark.parametrize(("verdict", "seen"), [(REJECTED, 0), (ACCEPTED, 1)])
def test_a_rejection_and_every_change_need_a_reason(place, interview, verdict, seen):
    made = interview()

    with pytest.raises(InvalidInputError):
        review(place, made, verdict, seen=seen, reason="")


def test_an_interview_of_another_club_is_not_found(place, interview, factories):
    made = interview()
    other = factories.club()

    with pytest.raises(NotFlaggedError):
        decide(other.id, made.id, verdict=ACCEPTED, reason="", seen=0, user_id=place.supervisor.id, now=utcnow())


def test_a_decision_is_never_rewritten(place, interview):
    review(place, interview(), ACCEPTED)
    decision = db.session.scalars(select(IntegrityDecision)).one()

    decision.verdict = REJECTED
    with pytest.raises(DatabaseError, match="further one"):
        db.session.flush()
    db.session.rollback()


def recount(club_id):
    """Members by their answer to the overall question, counted from the answers one by one."""
    rows = db.session.execute(
        select(Answer.number, Response.left_out_at)
        .join(Response, Response.id == Answer.response_id)
        .join(VersionQuestion, VersionQuestion.id == Answer.question_id)
        .where(Response.club_id == club_id, VersionQuestion.code == "overall")
    )
    counted = [number for number, left_out_at in rows if left_out_at is None]
    return tuple(counted.count(step) for step in range(1, 6))


def test_a_rejected_interview_is_in_no_count_until_it_is_accepted(place, interview):
    filters, since = Filters(place.club.id), utcnow().replace(hour=0)
    interview(is_called=True)
    made = interview(answers={"overall": 3})

    def look():
        db.session.rollback()
        counts = results.satisfaction(filters)["overall"].counts
        assert counts == recount(place.club.id)
        reached = reach(place.club.id, since=since, until=utcnow())
        assert reached.completed == results.complete_count(filters) == sum(counts)
        assert len(results.words(filters, limit=9)) == 0
        return sum(counts), results.left_out_count(filters), reached.by_code.get("2.36", 0)

    assert look() == (2, 0, 0)
    review(place, made, REJECTED)
    assert look() == (1, 1, 1)
    review(place, made, ACCEPTED, seen=1)
    assert look() == (2, 0, 0)


def test_whoever_led_an_interview_or_a_part_of_it_does_not_decide_about_it(place, interview, factories):
    caller, taking_over = (factories.user("supervisor", [place.club]) for _ in range(2))
    made = interview(operator=caller)
    db.session.get(Response, made.id).operator_id = taking_over.id
    db.session.commit()

    facts = {"verdict": ACCEPTED, "reason": "", "seen": 0, "now": utcnow()}
    for person in (caller, taking_over):
        with pytest.raises(OwnInterviewError):
            decide(place.club.id, made.id, user_id=person.id, **facts)
        db.session.rollback()
    assert movements(place, made) == []

    review(place, made, ACCEPTED)
    assert movements(place, made) == [AWARD]
