from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from callcenter.queue import claim
from callcenter.queue import closing
from callcenter.queue import leases
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from config.database import db

NOW = datetime(2025, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def cell(factories, campaign):
    return factories.quota_cell(campaign, 2)


@pytest.fixture
def operators(factories, club, campaign, cell):
    """Four members in the cell, four operators."""
    for _ in range(4):
        factories.entry(campaign, factories.member(club), cell_id=cell.id, due_at=NOW)
    return [factories.operator([club]) for _ in range(4)]


def seats(cell):
    row = select(QuotaCell.reserved_count, QuotaCell.completed_count).where(QuotaCell.id == cell.id)
    return tuple(db.session.execute(row).one())


def claim_for(operator, campaign):
    return claim.claim_next(operator.id, campaign_ids=[campaign.id], now=NOW)


def close(entry_id, operator, outcome, retry_at=None):
    closing.record_outcome(
        entry_id, operator_id=operator.id, outcome=outcome, is_attempt=True, retry_at=retry_at, now=NOW
    )


def test_no_more_members_are_handed_out_than_there_are_seats(operators, campaign, cell):
    claimed = [claim_for(operator, campaign) for operator in operators]

    assert [entry is not None for entry in claimed] == [True, True, False, False]
    assert seats(cell) == (2, 0)


def test_a_complete_takes_its_seat_for_good_and_others_give_it_back(operators, campaign, cell):
    first, second = (claim_for(operator, campaign) for operator in operators[:2])
    close(first, operators[0], "1.1")
    close(second, operators[1], "3.13", retry_at=NOW + timedelta(hours=3))

    third = claim_for(operators[2], campaign)

    assert third is not None
    assert seats(cell) == (1, 1)
    assert claim_for(operators[3], campaign) is None


def test_a_released_lease_gives_its_seat_back(operators, campaign, cell):
    leases.release(claim_for(operators[0], campaign), operator_id=operators[0].id)

    assert seats(cell) == (0, 0)


def test_an_extended_lease_keeps_one_seat(operators, campaign, cell):
    leases.extend(claim_for(operators[0], campaign), operator_id=operators[0].id, now=NOW)

    assert seats(cell) == (1, 0)


def test_the_database_refuses_one_complete_too_many(operators, campaign, cell):
    with pytest.raises(IntegrityError):
        db.session.execute(update(QueueEntry).values(state=EntryState.CLOSED, outcome="1.1"))
    db.session.rollback()

    assert seats(cell) == (0, 0)


def test_a_deleted_entry_leaves_no_seat_behind(operators, campaign, cell):
    entry = db.session.get_one(QueueEntry, claim_for(operators[0], campaign))
    db.session.delete(entry)
    db.session.flush()

    assert seats(cell) == (0, 0)
