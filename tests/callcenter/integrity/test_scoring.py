from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest

from callcenter.integrity import scoring
from callcenter.integrity.scoring import FlagKind
from callcenter.integrity.scoring import Talk
from callcenter.integrity.scoring import Thresholds
from callcenter.integrity.thresholds import OFF
from surveys.interviews.evidence import OperatorFigures
from surveys.interviews.evidence import Step

NOON = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)


def steps(count=12, words=10, seconds=5.0, ratings=(4, 5)):
    return [Step(words, seconds, wants_answer=True, rating=ratings[at % len(ratings)]) for at in range(count)]


def talk(seconds=120):
    return Talk(NOON, NOON + timedelta(seconds=seconds))


def moments(*seconds):
    return [NOON + timedelta(seconds=one) for one in seconds]


def kinds(flags):
    return {flag.kind for flag in flags}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, set()),
        ({"steps": steps(seconds=1.0)}, {FlagKind.UNREADABLE}),
        ({"steps": steps(seconds=10 / 6)}, set()),
        ({"steps": steps(count=2, seconds=0.1)}, set()),
        ({"steps": [Step(10, None, wants_answer=True, rating=None)] * 12}, set()),
        ({"steps": steps(ratings=(3,))}, {FlagKind.STRAIGHT}),
        ({"steps": steps(count=9, ratings=(3,))}, set()),
        ({"steps": steps(ratings=(3,) * 11 + (4,))}, set()),
        ({"steps": steps(ratings=(3,) * 11 + (None,))}, {FlagKind.STRAIGHT}),
        ({"typed_at": moments(10, 149, 151, 200, 300)}, {FlagKind.OFF_CALL}),
        ({"typed_at": moments(-29, 10, 151, 200)}, set()),
        ({"talks": [], "typed_at": moments(10, 20, 30)}, {FlagKind.OFF_CALL}),
        ({"talks": [talk(), Talk(*moments(190, 310))], "typed_at": moments(10, 200, 300)}, set()),
        ({"talks": [talk(47)]}, {FlagKind.SHORT_TALK}),
        ({"talks": [talk(24), Talk(*moments(100, 124))]}, set()),
    ],
)
def test_what_an_interview_says_against_itself(changed, expected):
    facts = {"steps": steps(), "typed_at": moments(10, 20), "talks": [talk()], **changed}

    assert kinds(scoring.alone(**facts, limits=Thresholds())) == expected


def test_with_every_rule_off_nothing_is_said():
    flags = scoring.alone(steps(seconds=0.1, ratings=(3,)), moments(900, 901, 902), [talk(1)], OFF)

    assert flags == []


def test_a_reason_carries_its_figures():
    (flag,) = scoring.alone(steps(), moments(10, 500, 600, 700), [talk()], Thresholds())

    assert flag.figures == {"outside": 3, "answers": 4}


@pytest.mark.parametrize(
    ("own", "count", "is_told"), [(3.0, 20, True), (3.4, 20, False), (3.0, 19, False), (30.0, 20, False)]
)
def test_much_quicker_than_the_median_is_told_once_there_are_enough(own, count, is_told):
    flag = scoring.too_fast(steps(seconds=own), [10.0] * count, Thresholds())

    assert (flag is not None) is is_told


def operator(number, unanswered, *, mean=4.0, interviews=30):
    return OperatorFigures(number, interviews, unanswered, mean)


OTHERS = [operator(2, 0.04), operator(3, 0.06), operator(4, 0.05), operator(5, 0.02)]


@pytest.mark.parametrize(
    ("own", "others", "name"),
    [
        (operator(1, 0.05), OTHERS, None),
        (operator(1, 0.40), OTHERS, "unanswered"),
        (operator(1, 0.40, interviews=19), OTHERS, None),
        (operator(1, 0.40), OTHERS[:2], None),
        (operator(1, 0.05, mean=5.0), OTHERS, "rating"),
        (operator(1, 0.05, mean=4.3), OTHERS, None),
        (operator(1, 0.05, mean=None), OTHERS, None),
        # One more who is far does not move what is usual.
        (operator(1, 0.40), [*OTHERS, operator(6, 0.9)], "unanswered"),
    ],
)
def test_an_operator_far_from_the_others_is_told(own, others, name):
    flag = scoring.far_operator(1, [own, *others], Thresholds())

    assert (flag is None) if name is None else (name in flag.figures)


def test_alike_others_make_nobody_far_by_a_hair():
    assert scoring.distance(0.06, [0.05] * 5, least=0.03) < 1
