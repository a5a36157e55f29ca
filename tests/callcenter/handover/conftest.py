from __future__ import annotations

from datetime import timedelta

import pytest

from callcenter.listening import phones
from callcenter.operators.models import OperatorState
from callcenter.queue.models import EntryState
from config.database import db
from config.database import utcnow


@pytest.fixture
def supervisor(supervisor):
    """The club's supervisor has a phone."""
    supervisor.name = "لیلا صابری"
    phones.give(supervisor.id, "150")
    db.session.commit()
    return supervisor


def _operator(factories, club, name, state):
    person = factories.operator([club], state=state)
    person.name, person.language = name, "en"
    db.session.commit()
    return person


@pytest.fixture
def giver(factories, club):
    return _operator(factories, club, "نگار رضایی", OperatorState.PREVIEW)


@pytest.fixture
def taker(factories, club):
    return _operator(factories, club, "امید کاوه", OperatorState.READY)


@pytest.fixture
def held(factories, campaign, member, giver):
    """The member on the desk of the giver."""
    now = utcnow()
    lease = {"leased_at": now - timedelta(hours=1), "lease_until": now + timedelta(minutes=12)}
    return factories.entry(campaign, member, state=EntryState.LEASED, operator_id=giver.id, **lease)
