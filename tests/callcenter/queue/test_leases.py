from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from callcenter.calls.models import Call
from callcenter.queue import leases
from callcenter.queue import queries
from callcenter.queue.errors import LeaseLostError
from callcenter.queue.models import EntryState
from config.database import db

NOW = datetime(2025, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def held(factories, operator, campaign, member):
    until = NOW + timedelta(minutes=1)
    lease = {"state": EntryState.LEASED, "operator_id": operator.id, "leased_at": NOW, "lease_until": until}
    return factories.entry(campaign, member, due_at=NOW, **lease)


def test_an_extended_lease_runs_its_whole_time_again(held, operator):
    leases.extend(held.id, operator_id=operator.id, now=NOW)

    assert queries.get(held.id).lease_until == NOW + leases.LEASE


def test_a_released_entry_waits_as_it_was(held, operator):
    leases.release(held.id, operator_id=operator.id)

    line = queries.get(held.id)
    assert (line.state, line.operator_id, line.lease_until, line.due_at) == (EntryState.WAITING, None, None, NOW)


def test_a_colleague_can_neither_extend_nor_release(held, factories):
    colleague = factories.operator()

    with pytest.raises(LeaseLostError):
        leases.extend(held.id, operator_id=colleague.id, now=NOW)
    with pytest.raises(LeaseLostError):
        leases.release(held.id, operator_id=colleague.id)


def test_only_leases_that_ran_out_are_found(held, operator):
    assert leases.expired(NOW) == []
    assert leases.expired(NOW + timedelta(minutes=2)) == [(held.id, operator.id)]


def test_an_open_call_keeps_its_entry(held, operator):
    db.session.add(
        Call(
            club_id=held.club_id,
            campaign_id=held.campaign_id,
            entry_id=held.id,
            member_id=held.member_id,
            operator_id=operator.id,
            phone="+989121234567",
            extension="1001",
            channel_id="c1",
        )
    )
    db.session.flush()

    assert leases.expired(NOW + timedelta(hours=1)) == []


def test_the_database_refuses_a_second_holder_of_a_member(held, factories):
    campaign = factories.campaign(db.session.get_one(type(held), held.id) and factories.club())
    colleague = factories.operator()

    with pytest.raises(IntegrityError):
        factories.entry(
            campaign,
            type("Who", (), {"id": held.member_id}),
            state=EntryState.LEASED,
            operator_id=colleague.id,
            lease_until=NOW,
        )
    db.session.rollback()


def test_the_database_refuses_a_second_entry_in_one_hand(held, factories, operator):
    club = factories.club()

    with pytest.raises(IntegrityError):
        factories.entry(
            factories.campaign(club),
            factories.member(club),
            state=EntryState.LEASED,
            operator_id=operator.id,
            lease_until=NOW,
        )
    db.session.rollback()
