from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest

from callcenter.queue import closing
from callcenter.queue import queries
from callcenter.queue.errors import LeaseLostError
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.priorities import CALLBACK_PRIORITY
from config import kept
from config.database import db

NOW = datetime(2025, 11, 21, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)


@pytest.fixture
def held(factories, club, operator, member):
    lease = {"state": EntryState.LEASED, "operator_id": operator.id, "leased_at": NOW, "lease_until": LATER}
    return factories.entry(factories.campaign(club), member, due_at=NOW, **lease)


def record(entry, operator, outcome="3.13", **fields):
    fields = {"is_attempt": True, "retry_at": None, "now": NOW, **fields}
    closing.record_outcome(entry.id, operator_id=operator.id, outcome=outcome, **fields)
    return queries.get(entry.id)


def test_an_entry_that_is_tried_again_waits_for_its_time(held, operator):
    line = record(held, operator, retry_at=LATER)

    assert (line.state, line.operator_id, line.lease_until) == (EntryState.WAITING, None, None)
    assert (line.due_at, line.outcome, line.attempt_count) == (LATER, "3.13", 1)


def test_a_callback_gets_its_place_before_the_others_and_loses_it_with_the_next_call(held, operator):
    record(held, operator, "2.36", retry_at=LATER, callback_at=LATER)
    promised = db.session.get_one(QueueEntry, held.id)
    assert (promised.priority, promised.callback_at) == (CALLBACK_PRIORITY, LATER)

    record(held, operator, "2.21", retry_at=LATER)

    assert (promised.priority, promised.callback_at) == (50, None)


def test_a_closed_entry_stays_closed(held, operator):
    record(held, operator, "1.1")

    with pytest.raises(LeaseLostError):
        record(held, operator, "2.11")
    assert queries.get(held.id).outcome == "1.1"


def test_a_call_that_was_no_attempt_costs_none(held, operator):
    assert record(held, operator, "3.16", is_attempt=False, retry_at=LATER).attempt_count == 0


def test_another_operators_entry_is_left_alone(held, factories):
    with pytest.raises(LeaseLostError):
        record(held, factories.operator())


def test_an_outcome_is_taken_after_the_lease_ran_out_but_a_complete_one_is_not(held, operator):
    held.state, held.operator_id, held.lease_until = EntryState.WAITING, None, None
    db.session.commit()

    with pytest.raises(LeaseLostError):
        record(held, operator, "1.1")
    assert record(held, operator, "2.12").state is EntryState.CLOSED


def test_an_interview_lets_the_member_rest_from_other_campaigns(held, operator, factories, club, member):
    resting = factories.entry(factories.campaign(club, rest_days=14), member, due_at=NOW)
    promised = factories.entry(factories.campaign(club), member, due_at=NOW, callback_at=NOW)
    noise = factories.entry(factories.campaign(club), factories.member(club), due_at=NOW)

    record(held, operator, "1.1")

    assert queries.get(resting.id).due_at == NOW + timedelta(days=14)
    assert queries.get(promised.id).due_at == NOW
    assert queries.get(noise.id).due_at == NOW


def test_do_not_call_closes_what_waits_and_leaves_what_is_being_worked_on(held, factories, club, member):
    waiting = factories.entry(factories.campaign(club), member)
    noise = factories.entry(factories.campaign(club), factories.member(club))

    assert closing.close_for_do_not_call([member.id], now=NOW) == 1

    assert queries.get(waiting.id).outcome == "2.11"
    assert queries.get(held.id).state is EntryState.LEASED
    assert queries.get(noise.id).state is EntryState.WAITING


def test_a_closed_campaign_leaves_its_entries_with_what_is_known(factories, club):
    campaign = factories.campaign(club)
    tried = factories.entry(campaign, factories.member(club), outcome="3.13")
    untried = factories.entry(campaign, factories.member(club))
    noise = factories.entry(factories.campaign(club), factories.member(club))

    assert closing.close_campaign(campaign.id, now=NOW) == 2

    assert [queries.get(entry.id).outcome for entry in (tried, untried, noise)] == ["3.13", "3.11", None]


def test_the_queue_is_counted_by_what_is_due(held, factories, club):
    campaign = factories.campaign(club)
    for fields in ({"due_at": NOW}, {"due_at": LATER, "callback_at": LATER}, {"due_at": NOW + timedelta(days=1)}):
        factories.entry(campaign, factories.member(club), **fields)
    factories.entry(campaign, factories.member(club), state=EntryState.CLOSED, outcome="1.1")
    factories.entry(factories.campaign(club), factories.member(club), due_at=NOW)

    found = queries.waiting([campaign.id, held.campaign_id], now=NOW)

    assert (found.due_count, found.leased_count, found.later_count, found.callback_count) == (1, 1, 2, 1)
    assert found.next_due_at == LATER
    assert [line.callback_at for line in queries.callbacks([campaign.id])] == [LATER]
    assert queries.counts(campaign.id).by_code == {"1.1": 1}
    assert queries.counts(campaign.id).by_state == {EntryState.WAITING: 3, EntryState.LEASED: 0, EntryState.CLOSED: 1}


def test_the_counts_of_a_large_campaign_are_shared_for_some_seconds(factories, club, monkeypatch):
    monkeypatch.setattr(queries, "LARGE", 1)
    large, small = factories.campaign(club), factories.campaign(club)
    for campaign in (large, large, small):
        factories.entry(campaign, factories.member(club))
    before = [queries.counts(campaign.id).by_state[EntryState.WAITING] for campaign in (large, small)]
    factories.entry(large, factories.member(club))

    assert before == [2, 1]
    assert queries.counts(large.id).by_state[EntryState.WAITING] == 2
    kept.forget_all()
    assert queries.counts(large.id).by_state[EntryState.WAITING] == 3


def test_a_desk_sees_the_queue_up_to_a_number(club, factories, monkeypatch):
    campaign = factories.campaign(club)
    for fields in ({}, {}, {"callback_at": LATER, "callback_missed_at": LATER + timedelta(hours=1)}):
        factories.entry(campaign, factories.member(club), **fields)
    factories.entry(campaign, factories.member(club), state=EntryState.CLOSED, outcome="1.1")
    factories.entry(factories.campaign(club), factories.member(club))

    whole = queries.glimpse([campaign.id])
    monkeypatch.setattr(queries, "COUNTED_TO", 2)
    cut = queries.glimpse([campaign.id])

    assert whole == queries.Glimpse(count=3, is_more=False, callback_count=1, missed_count=1)
    assert cut == queries.Glimpse(count=2, is_more=True, callback_count=1, missed_count=1)
