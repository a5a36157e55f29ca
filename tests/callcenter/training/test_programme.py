from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest

from callcenter.training.checklist import CRITICAL
from callcenter.training.checklist import Item
from callcenter.training.checklist import Mark
from callcenter.training.checklist import is_passed
from callcenter.training.checklist import percent
from callcenter.training.models import StepKind
from callcenter.training.programme import Taken
from callcenter.training.programme import is_through
from callcenter.training.programme import stages
from callcenter.training.standing import Held
from callcenter.training.standing import Standing

DAY = datetime(2026, 11, 1, tzinfo=UTC)
READ, PRACTICE, QUIZ, CHECKLIST = StepKind.READ, StepKind.PRACTICE, StepKind.QUIZ, StepKind.CHECKLIST


def taken(kind, *, days=1, passed=True, number=1):
    return Taken(kind, number, DAY + timedelta(days=days), passed)


def held(*, revoked_after=None):
    revoked_at = None if revoked_after is None else DAY + timedelta(days=revoked_after)
    return Held(1, 1, DAY, DAY + timedelta(days=365), None, "", revoked_at, None, None)


def left(standing, certificate, steps, *, from_number=1):
    return [one.kind for one in stages(standing, certificate, steps, from_number=from_number) if not one.is_done]


def test_a_newcomer_takes_every_step_in_any_order():
    steps = [taken(QUIZ), taken(CHECKLIST, passed=False)]

    assert left(Standing.NEVER, None, steps) == [READ, PRACTICE, CHECKLIST]
    all_steps = [*steps, taken(READ), taken(PRACTICE), taken(CHECKLIST)]
    assert is_through(stages(Standing.NEVER, None, all_steps, from_number=1))


def test_what_was_passed_once_stays_passed():
    assert left(Standing.NEVER, None, [taken(QUIZ), taken(QUIZ, days=2, passed=False)]) == [READ, PRACTICE, CHECKLIST]


@pytest.mark.parametrize("standing", [Standing.ENDING, Standing.EXPIRED, Standing.REWORDED])
def test_who_has_called_before_reads_and_shows_it_anew(standing):
    before = [taken(READ, days=-3), taken(QUIZ, days=-2), taken(CHECKLIST, days=-1)]

    assert left(standing, held(), before) == [READ, QUIZ]
    assert left(standing, held(), [*before, taken(READ), taken(QUIZ)]) == []


def test_after_a_certificate_was_taken_back_all_begins_again():
    steps = [taken(kind) for kind in (READ, PRACTICE, QUIZ, CHECKLIST)]

    assert left(Standing.REVOKED, held(revoked_after=5), steps) == [READ, PRACTICE, QUIZ, CHECKLIST]


def test_steps_in_an_old_wording_do_not_count():
    assert left(Standing.REWORDED, held(), [taken(READ), taken(QUIZ, number=2)], from_number=2) == [READ]


def test_who_is_certified_has_nothing_to_do_and_is_not_certified_again():
    assert stages(Standing.CERTIFIED, held(), [], from_number=1) == []
    assert not is_through([])


def marks(**other):
    return {item: Mark(other.get(item.value, Mark.GOOD)) for item in Item}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (marks(), (100, True)),
        (marks(closing=0), (86, True)),
        (marks(closing=0, courtesy=1), (79, False)),
        # Good on the whole, and worth nothing all the same.
        (marks(verbatim=0), (86, False)),
        (marks(verbatim=1), (93, True)),
    ],
)
def test_a_trial_is_passed_when_good_on_the_whole_and_nothing_critical_is_poor(given, expected):
    assert (percent(given), is_passed(given)) == expected
    assert Item.VERBATIM in CRITICAL
