from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert

from callcenter.queue.models import CellKind
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from callcenter.quotas import answers
from callcenter.quotas.errors import QuotaFullError
from config.database import db
from config.database import utcnow
from surveys.interviews import queries as interviews
from surveys.interviews.models import Answer
from surveys.interviews.models import Response
from surveys.questionnaires.publishing import publish_ready
from surveys.questionnaires.queries import question_ids

TARGET = 25
GIVEN = {"hello": True, "consent": "yes", "price_paid": 4}


@pytest.fixture
def campaign(factories, club):
    return factories.campaign(club, version_id=publish_ready(club.id, "recent_visit", now=utcnow()))


@pytest.fixture
def interview(factories, campaign, club):
    """Somebody has just told an operator of their own what the quota asks for; gives the interview's id."""
    now, ids = utcnow(), question_ids(campaign.version_id)

    def make():
        member, operator = factories.member(club), factories.operator([club])
        held = {"state": EntryState.LEASED, "operator_id": operator.id, "leased_at": now, "lease_until": now}
        whose = {"club_id": club.id, "campaign_id": campaign.id, "member_id": member.id, "operator_id": operator.id}
        entry_id = factories.entry(campaign, member, **held).id
        row = Response(**whose, version_id=campaign.version_id, entry_id=entry_id, language="fa")
        db.session.add(row)
        db.session.flush()
        given = {"club_id": club.id, "response_id": row.id, "status": "answered", "answered_at": now}
        db.session.execute(
            insert(Answer), [{**given, "question_id": ids[code], "value": value} for code, value in GIVEN.items()]
        )
        db.session.commit()
        return row.id

    return make


def finish_all(app, club_id, response_ids):
    """Each in a thread of its own: takes the seat and completes the entry; gives whether there was one."""

    def finish(response_id):
        with app.app_context():
            response = interviews.get(club_id, response_id)
            try:
                answers.take_seat(response)
            except QuotaFullError:
                db.session.rollback()
                return False
            entry = db.session.get_one(QueueEntry, response.entry_id)
            entry.state, entry.outcome, entry.lease_until = EntryState.CLOSED, "1.1", None
            db.session.commit()
            return True

    with ThreadPoolExecutor(len(response_ids)) as threads:
        return list(threads.map(finish, response_ids))


def test_of_two_hundred_interviews_at_once_only_as_many_are_complete_as_are_wanted(
    app, factories, campaign, interview, club
):
    cell = factories.quota_cell(campaign, TARGET, kind=CellKind.ANSWERS, facets={"price_paid": {"from": 4, "to": 5}})
    # SQLite has one writer: there the crowd only waits.
    crowd = 200 if db.engine.dialect.name == "postgresql" else 40
    response_ids = [interview() for _ in range(crowd)]
    club_id, cell_id = club.id, cell.id
    db.session.remove()

    done = finish_all(app, club_id, response_ids)

    seats = db.session.get_one(QuotaCell, cell_id)
    assert sum(done) == TARGET
    assert (seats.reserved_count, seats.completed_count) == (0, TARGET)
    assert db.session.query(QueueEntry).filter_by(outcome="1.1").count() == TARGET


def test_interviews_whose_answers_were_corrected_at_once_leave_no_seat_behind(
    app, factories, campaign, interview, club
):
    high = factories.quota_cell(campaign, 3, kind=CellKind.ANSWERS, facets={"price_paid": {"from": 4, "to": 5}})
    low = factories.quota_cell(campaign, 3, kind=CellKind.ANSWERS, facets={"price_paid": {"from": 1, "to": 3}})
    response_ids = [interview() for _ in range(3)]
    for response_id in response_ids:
        db.session.query(QueueEntry).filter_by(id=interviews.get(club.id, response_id).entry_id).update(
            {"answer_cell_id": low.id}
        )
    club_id, ids = club.id, (high.id, low.id)
    db.session.commit()
    db.session.remove()

    done = finish_all(app, club_id, response_ids)

    assert done == [True] * 3
    seats = [db.session.get_one(QuotaCell, cell_id) for cell_id in ids]
    assert [(cell.reserved_count, cell.completed_count) for cell in seats] == [(0, 3), (0, 0)]
