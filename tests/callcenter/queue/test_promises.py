from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from callcenter.queue import claim
from callcenter.queue import closing
from callcenter.queue import jobs
from callcenter.queue import promises
from callcenter.queue import queries
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.database import db
from config.database import utcnow

NOW = utcnow()
AT = NOW + timedelta(hours=1)


@pytest.fixture
def colleague(factories, club):
    return factories.operator([club])


@pytest.fixture
def promised(factories, club, campaign, operator):
    """An entry whose member was promised a call at AT."""

    def make(*, until=None, operator_id=None, member=None, of=None):
        of = of or campaign
        lease = {"state": EntryState.LEASED, "operator_id": operator.id, "lease_until": NOW + timedelta(minutes=15)}
        entry = factories.entry(of, member or factories.member(club), **lease)
        closing.record_outcome(
            entry.id, operator_id=operator.id, outcome="2.36", is_attempt=True, retry_at=AT, callback_at=AT, now=NOW
        )
        promises.agree(entry.id, until=until, operator_id=operator_id)
        db.session.commit()
        return entry.id

    return make


def claimed(operator, campaign, at):
    entry_id = claim.claim_next(operator.id, campaign_ids=[campaign.id], now=at)
    db.session.rollback()
    return entry_id


def missed_at(entry_id):
    db.session.expire_all()
    return db.session.get_one(QueueEntry, entry_id).callback_missed_at


def test_a_promise_of_ones_own_comes_before_everything_and_to_nobody_else(
    promised, factories, club, campaign, operator, colleague
):
    anybodys = promised()
    own = promised(operator_id=operator.id)
    factories.entry(campaign, factories.member(club), due_at=NOW - timedelta(days=1))

    assert claimed(operator, campaign, AT) == own
    assert claimed(colleague, campaign, AT) == anybodys


def test_an_exact_time_goes_before_a_window_and_a_window_before_the_rest(promised, factories, club, campaign, operator):
    ordinary = factories.entry(campaign, factories.member(club), due_at=NOW - timedelta(days=1)).id
    window = promised(until=AT + timedelta(hours=2))
    exact = promised()

    order = []
    for _ in range(3):
        entry_id = claim.claim_next(operator.id, campaign_ids=[campaign.id], now=AT)
        order.append(entry_id)
        db.session.get_one(QueueEntry, entry_id).state = EntryState.CLOSED
        db.session.get_one(QueueEntry, entry_id).lease_until = None
        db.session.commit()

    assert order == [exact, window, ordinary]


def test_the_campaign_of_ones_own_promise_goes_first(promised, factories, club, campaign, operator):
    second = factories.campaign(club)
    promised()
    own = promised(operator_id=operator.id, of=second)

    assert claim.claim_next(operator.id, campaign_ids=[campaign.id, second.id], now=AT) == own


def test_a_missed_promise_goes_to_anybody_and_is_counted_once(promised, campaign, operator, colleague):
    own = promised(operator_id=operator.id)
    late = AT + promises.GRACE + timedelta(seconds=1)

    early = promises.mark_missed(now=AT + promises.GRACE)
    clubs = promises.mark_missed(now=late)
    again = promises.mark_missed(now=late + timedelta(minutes=1))
    db.session.commit()

    assert (early, clubs, again) == ([], [campaign.club_id], [])
    assert missed_at(own) == late
    assert queries.waiting([campaign.id], now=late).missed_count == queries.missed_count(campaign.id) == 1
    assert claimed(colleague, campaign, late) == own


def test_a_window_is_missed_at_its_end(promised, operator):
    end = AT + timedelta(hours=2)
    window = promised(until=end)

    promises.mark_missed(now=end)
    before = missed_at(window)
    promises.mark_missed(now=end + timedelta(seconds=1))

    assert before is None
    assert missed_at(window) == end + timedelta(seconds=1)


def test_a_promise_that_was_kept_is_not_missed(promised, campaign, operator):
    entry_id = promised()
    claim.claim_next(operator.id, campaign_ids=[campaign.id], now=AT)

    assert promises.mark_missed(now=AT + timedelta(days=1)) == []
    assert missed_at(entry_id) is None


def test_who_is_promised_another_time_in_another_campaign_has_one_promise(
    promised, factories, club, campaign, operator
):
    member = factories.member(club)
    first = promised(member=member, operator_id=operator.id)
    second = promised(member=member, of=factories.campaign(club))

    assert queries.get(first).callback_at is None
    assert queries.get(second).callback_at == AT
    assert promises.of_operator(operator.id) == []


def test_the_database_refuses_two_promises_to_one_member(promised, factories, club):
    member = factories.member(club)
    promised(member=member)
    other = factories.entry(factories.campaign(club), member)

    other.callback_at = AT

    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()


def test_a_new_outcome_frees_what_was_promised_by_one_operator(promised, campaign, operator, colleague):
    entry_id = promised(operator_id=operator.id)
    claim.claim_next(operator.id, campaign_ids=[campaign.id], now=AT)

    closing.record_outcome(
        entry_id, operator_id=operator.id, outcome="2.21", is_attempt=True, retry_at=AT + timedelta(hours=3), now=AT
    )
    db.session.commit()

    db.session.expire_all()
    assert db.session.get_one(QueueEntry, entry_id).callback_operator_id is None


def test_an_operators_list_has_their_own_promises_soonest_first(promised, operator, colleague):
    own = promised(operator_id=operator.id, until=AT + timedelta(hours=2))
    promised(operator_id=colleague.id)
    promised()

    (found,) = promises.of_operator(operator.id)

    assert (found.id, found.callback_at, found.callback_until) == (own, AT, AT + timedelta(hours=2))


def test_the_clock_marks_what_was_missed(promised):
    entry_id = promised()
    db.session.get_one(QueueEntry, entry_id).callback_at = NOW - timedelta(hours=1)
    db.session.commit()

    jobs.mark_missed_callbacks()

    assert missed_at(entry_id) is not None
