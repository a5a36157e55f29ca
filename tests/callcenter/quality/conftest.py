"""Interviews that the club's operators completed, and reviews of them."""

from __future__ import annotations

import pytest

from callcenter.quality import reviewing
from callcenter.quality.reviewing import Card
from callcenter.quality.scoring import Item
from callcenter.quality.scoring import Mark
from callcenter.queue.models import QueueEntry
from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingState
from config.accounts.access import Role
from config.database import db
from config.database import utcnow
from surveys.interviews.events import response_completed
from surveys.interviews.models import Response
from surveys.interviews.states import ResponseState
from surveys.questionnaires import publishing


@pytest.fixture
def campaign(factories, club):
    """A campaign with a ready-made survey."""
    return factories.campaign(club, version_id=publishing.publish_ready(club.id, "recent_visit", now=utcnow()))


@pytest.fixture
def operator(factories, club):
    """An operator who reads English."""
    person = factories.operator([club])
    person.language = "en"
    return person


@pytest.fixture
def fine():
    """A faultless scorecard."""
    return Card(dict.fromkeys(Item, Mark.FINE))


@pytest.fixture
def completed(factories, club, campaign, operator):
    """Complete an interview, by the operator unless somebody else is named."""

    def act(by=operator, *, at=None, state=ResponseState.COMPLETE):
        at, member = at or utcnow(), factories.member(club)
        entry = factories.closed_entry(campaign, member, "1.1", at)
        response = Response(
            club_id=club.id, version_id=campaign.version_id, campaign_id=campaign.id, entry_id=entry.id,
            member_id=member.id, operator_id=by.id, language="fa", state=state, started_at=at,
            completed_at=at if state is ResponseState.COMPLETE else None,
        )  # fmt: skip
        db.session.add(response)
        db.session.flush()
        if state is ResponseState.COMPLETE:
            facts = {"club_id": club.id, "member_id": member.id, "completed_at": at}
            response_completed.send(None, response_id=response.id, **facts)
        db.session.commit()
        return response.id

    return act


@pytest.fixture
def reviewed(factories, club, fine):
    """Review an interview, by a new supervisor unless somebody is named; gives the id of the review."""

    def act(response_id, card=fine, *, by=None, at=None):
        reviewer = by or factories.user(Role.SUPERVISOR, [club])
        review_id = reviewing.submit(club.id, response_id, card, reviewer_id=reviewer.id, now=at or utcnow())
        db.session.commit()
        return review_id

    return act


@pytest.fixture
def recording(factories, operator, completed):
    """An interview with a recording that is kept; gives the ids of both."""
    response_id = completed()
    entry_id = db.session.get_one(Response, response_id).entry_id
    call = factories.call(db.session.get_one(QueueEntry, entry_id), operator, connected_at=utcnow())
    row = Recording(
        club_id=call.club_id, call_id=call.id, name="r1", asked_at=utcnow(), state=RecordingState.KEPT, seconds=90.0
    )
    db.session.add(row)
    db.session.commit()
    return response_id, row.id
