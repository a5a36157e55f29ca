from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest

from callcenter.queue.models import EntryState
from callcenter.reports.queries import Reach
from callcenter.reports.queries import reach
from club.members.queries import ids_in_branch

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
UNTIL = datetime(2026, 12, 1, tzinfo=UTC)
INSIDE = SINCE + timedelta(days=9)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def noise(factories):
    """Another club's entries, with the same outcomes in the same period."""
    other = factories.club()
    campaign = factories.campaign(other)
    for outcome in ("1.1", "2.11", "3.13"):
        factories.closed_entry(campaign, factories.member(other), outcome, INSIDE)


def test_closed_entries_are_counted_by_outcome(club, campaign, factories):
    for outcome, attempts in (("1.1", 1), ("1.1", 3), ("2.11", 2), ("4.31", 1)):
        factories.closed_entry(campaign, factories.member(club), outcome, INSIDE, attempt_count=attempts)

    found = reach(club.id, since=SINCE, until=UNTIL)

    assert found == Reach({"1.1": 2, "2.11": 1, "4.31": 1}, dialled=4, attempts=7)
    assert (found.completed, found.called, found.spoken_to) == (2, 3, 3)
    assert (found.rates.rr1, found.rates.coop1, found.average_attempts) == (2 / 3, 2 / 3, 7 / 4)


@pytest.mark.parametrize(
    ("closed_at", "is_counted"), [(SINCE, True), (SINCE - HOUR, False), (UNTIL - HOUR, True), (UNTIL, False)]
)
def test_a_closed_entry_belongs_to_the_period_it_was_closed_in(club, campaign, factories, closed_at, is_counted):
    factories.closed_entry(campaign, factories.member(club), "1.1", closed_at)

    assert bool(reach(club.id, since=SINCE, until=UNTIL).by_code) is is_counted


@pytest.mark.parametrize(
    ("dialled", "is_counted"),
    [([INSIDE], True), ([SINCE - HOUR, INSIDE], True), ([INSIDE, UNTIL], False), ([SINCE - HOUR], False), ([], False)],
)
def test_an_open_entry_belongs_to_the_period_of_its_latest_call(club, campaign, factories, dialled, is_counted):
    entry = factories.entry(campaign, factories.member(club), outcome="3.13", attempt_count=len(dialled))
    caller = factories.operator([club])
    for moment in dialled:
        factories.dialled_call(entry, caller, moment)

    assert bool(reach(club.id, since=SINCE, until=UNTIL).by_code) is is_counted


def test_an_entry_without_an_outcome_yet_is_not_counted(club, campaign, factories):
    entry = factories.entry(campaign, factories.member(club), attempt_count=1)
    factories.dialled_call(entry, factories.operator([club]), INSIDE)

    assert entry.state is EntryState.WAITING
    assert reach(club.id, since=SINCE, until=UNTIL) == Reach()


def test_a_branch_narrows_the_count(club, campaign, factories):
    here, there = factories.branch(club), factories.branch(club)
    factories.closed_entry(campaign, factories.member(club, branch_id=here.id), "1.1", INSIDE)
    factories.closed_entry(campaign, factories.member(club, branch_id=there.id), "2.11", INSIDE)
    factories.closed_entry(campaign, factories.member(club), "3.13", INSIDE)

    found = reach(club.id, since=SINCE, until=UNTIL, members=ids_in_branch(club.id, here.id))

    assert found.by_code == {"1.1": 1}


def test_nobody_called_has_no_rate():
    assert (Reach().rates.rr1, Reach().rates.coop1, Reach().average_attempts) == (None, None, None)


def test_the_rates_are_those_of_the_standard():
    counts = {"1.1": 412, "1.2": 23, "2.11": 187, "2.20": 164, "2.36": 31, "3.13": 275, "3.90": 38, "4.31": 120}

    found = Reach(counts)

    assert (found.completed, found.called) == (412, 1130)
    assert found.rates.rr1 == pytest.approx(0.3646, abs=5e-5)
    assert found.rates.coop1 == pytest.approx(0.6309, abs=5e-5)
