from __future__ import annotations

from datetime import timedelta

import pytest

from callcenter.calls.models import Call
from callcenter.operators import queries as operators
from callcenter.operators.models import OperatorState
from callcenter.queue import jobs
from callcenter.queue import leases
from callcenter.queue import queries
from callcenter.queue.models import EntryState
from config.database import db
from config.database import utcnow


@pytest.fixture
def operator(factories):
    return factories.operator(state=OperatorState.PREVIEW)


@pytest.fixture
def expired(factories, operator):
    club = factories.club()
    now = utcnow()
    lease = {"state": EntryState.LEASED, "operator_id": operator.id, "leased_at": now, "lease_until": now}
    return factories.entry(factories.campaign(club), factories.member(club), **lease)


def test_an_expired_entry_waits_again_and_its_operator_leaves_the_queue(expired, operator):
    jobs.release_expired()

    line = queries.get(expired.id)
    assert (line.state, line.attempt_count) == (EntryState.WAITING, 0)
    assert operators.get(operator.id).state is OperatorState.OFF


def test_a_call_without_an_outcome_gets_one_and_the_member_is_called_again(expired, operator, factories):
    call = factories.call(expired, operator, connected_at=utcnow())

    jobs.release_expired()

    line = queries.get(expired.id)
    assert db.session.get_one(Call, call.id).disposition == "2.36"
    assert (line.state, line.outcome, line.attempt_count) == (EntryState.WAITING, "2.36", 1)
    assert line.due_at > utcnow() + timedelta(hours=2)


def test_a_call_that_was_never_dialled_gives_its_entry_back_too(expired, operator, factories):
    factories.call(expired, operator, member_dialled_at=None)

    jobs.release_expired()

    assert queries.get(expired.id).state is EntryState.WAITING


def test_a_lease_that_was_extended_meanwhile_is_kept(expired, operator):
    now = utcnow()
    leases.extend(expired.id, operator_id=operator.id, now=now)

    jobs.release(expired.id, operator.id, now=now)

    assert queries.get(expired.id).state is EntryState.LEASED
    assert operators.get(operator.id).state is OperatorState.PREVIEW
