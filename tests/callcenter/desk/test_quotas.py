"""An interview and the quota cells of its answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.queue.models import CellKind
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from config.database import db
from config.database import utcnow
from surveys.interviews import queries
from surveys.interviews.models import Response
from surveys.interviews.states import ResponseState

# The questions of the cells; product_quality is the later one, three questions behind the first.
LOW, HIGH = {"from": None, "to": 2}, {"from": 3, "to": None}


@pytest.fixture
def cell(factories, place):
    def make(target, *, price=HIGH, quality=None, **fields):
        conditions = {"price_paid": price} | ({"product_quality": quality} if quality else {})
        made = factories.quota_cell(place.campaign, target, kind=CellKind.ANSWERS, facets=conditions, **fields)
        return made.id

    return make


def seats(cell_id):
    db.session.rollback()
    row = select(QuotaCell.reserved_count, QuotaCell.completed_count).where(QuotaCell.id == cell_id)
    return tuple(db.session.execute(row).one())


def say(desk, code, value):
    desk.act("answer", response_id=desk.response().id, question=code, value=value)


def step(desk, status=200):
    response_id = desk.response().id
    return desk.act("next", status, response_id=response_id, question=queries.screen(response_id).code)


def finish(desk, go_through):
    desk.act("finish", response_id=go_through())


def test_a_seat_is_held_when_all_questions_of_the_quota_were_asked(answered, desk, go_through, cell):
    wanted = cell(5, quality=HIGH)

    go_through("product_quality")
    before = seats(wanted)
    say(desk, "product_quality", "4")
    step(desk)

    assert before == (0, 0)
    assert seats(wanted) == (1, 0)


def test_a_complete_interview_keeps_its_seat(answered, desk, go_through, cell):
    wanted = cell(1)

    finish(desk, go_through)

    assert seats(wanted) == (0, 1)
    assert db.session.get_one(QueueEntry, answered.id).outcome == "1.1"


def test_a_full_cell_ends_the_interview_politely_as_4_80(answered, desk, line, go_through, cell):
    full = cell(1, completed_count=1)
    go_through("price_paid")
    say(desk, "price_paid", "4")

    refused = step(desk, 409)
    desk.act("outcome/quota_full", call_id=line.call.id)

    assert refused["error"] == "quota_full"
    assert "خیلی ممنون که وقت گذاشتید" in refused["script"]
    entry = db.session.get_one(QueueEntry, answered.id)
    assert (entry.state, entry.outcome, entry.answer_cell_id) == (EntryState.CLOSED, "4.80", full)
    assert db.session.scalar(select(Call.disposition)) == "4.80"
    assert desk.response().state is not ResponseState.STARTED
    assert seats(full) == (0, 1)


def test_all_questions_of_the_quota_are_asked_before_it_ends_an_interview(answered, desk, go_through, cell):
    cell(0, price=HIGH, quality=HIGH)
    cell(0, price=HIGH, quality=LOW)

    go_through("product_quality")
    say(desk, "product_quality", "4")

    assert step(desk, 409)["error"] == "quota_full"


def test_an_answer_that_was_wrong_is_corrected_and_the_interview_goes_on(answered, desk, go_through, cell):
    cell(0, price=HIGH)
    other = cell(1, price=LOW)
    go_through("price_paid")
    say(desk, "price_paid", "4")
    step(desk, 409)

    say(desk, "price_paid", "1")
    step(desk)

    assert seats(other) == (1, 0)
    assert queries.screen(desk.response().id).code == "price_clear"


def test_a_corrected_answer_moves_the_seat(answered, desk, go_through, cell):
    first, second = cell(1, price=HIGH), cell(1, price=LOW)
    go_through("price_paid")
    say(desk, "price_paid", "4")
    step(desk)
    desk.act("back", response_id=desk.response().id, question="price_clear")

    say(desk, "price_paid", "1")
    step(desk)

    assert (seats(first), seats(second)) == ((0, 0), (1, 0))


@pytest.mark.parametrize("status", ["dont_know", "refused"])
def test_who_has_no_answer_is_in_no_cell_and_goes_on(answered, desk, go_through, cell, status):
    cell(0, price=HIGH), cell(0, price=LOW)
    go_through("price_paid")
    passed = {"response_id": desk.response().id, "question": "price_paid", "status": status}
    desk.client.post("/desk/answer", data=passed, headers={"Accept": "application/json"})

    step(desk)

    assert queries.screen(desk.response().id).code == "price_clear"


def test_the_last_seat_goes_to_one_of_two_interviews(
    answered, desk, line, go_through, cell, factories, place, client, sign_in, waiting
):
    wanted = cell(1)
    go_through("price_paid")
    say(desk, "price_paid", "4")
    colleague = factories.operator([place.club])
    sign_in(client, colleague)
    other = waiting(first_name="مریم")
    desk.act("ready")
    desk.act("call", entry_id=other.id)
    line.answer()
    desk.act("begin", call_id=line.call.id)
    go_through("price_paid")
    say(desk, "price_paid", "5")
    step(desk)

    sign_in(client, place.operator)
    first = db.session.scalar(select(Response.id).where(Response.entry_id == answered.id))
    refused = desk.act("next", 409, response_id=first, question="price_paid")

    assert refused["error"] == "quota_full"
    assert seats(wanted) == (1, 0)


def test_an_interview_that_reaches_its_end_without_a_seat_is_not_complete(answered, desk, go_through, cell, place):
    response_id = go_through()
    full = cell(2, completed_count=2)

    refused = desk.act("finish", 409, response_id=response_id)

    assert refused["error"] == "quota_full"
    assert desk.response().state is ResponseState.STARTED
    assert seats(full) == (0, 2)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("refusal", EntryState.CLOSED), ("cut_off", None), ("do_not_call", EntryState.CLOSED), ("inaudible", None)],
)
def test_every_other_end_gives_the_seat_back(answered, desk, line, go_through, cell, outcome, state):
    wanted = cell(1)
    go_through("price_clear")
    assert seats(wanted) == (1, 0)

    desk.act(f"outcome/{outcome}", call_id=line.call.id)

    assert seats(wanted) == (0, 0)
    entry = db.session.get_one(QueueEntry, answered.id)
    assert state in {None, entry.state}


def test_who_is_called_again_takes_a_seat_again_when_the_interview_goes_on(answered, desk, line, go_through, cell):
    wanted = cell(1)
    go_through("price_clear")
    line.hang_up()
    desk.act("outcome/cut_off", call_id=line.call.id)
    entry = db.session.get_one(QueueEntry, answered.id)
    entry.state, entry.closed_at, entry.due_at = EntryState.WAITING, None, utcnow() - timedelta(minutes=1)
    entry.operator_id = None
    db.session.commit()

    desk.act("ready")

    assert db.session.get_one(QueueEntry, answered.id, populate_existing=True).answer_cell_id is None
    assert seats(wanted) == (0, 0)


def test_4_80_is_not_for_an_interview_whose_cell_has_room(answered, desk, line, go_through, cell):
    cell(1)
    go_through("price_paid")
    say(desk, "price_paid", "4")

    refused = desk.act("outcome/quota_full", 409, call_id=line.call.id)

    assert refused["error"] == "not_now"


def test_without_quotas_nothing_is_asked_of_them(answered, desk, go_through, factories, place):
    elsewhere = factories.campaign(place.club, version_id=place.campaign.version_id)
    factories.quota_cell(elsewhere, 0, kind=CellKind.ANSWERS, facets={"price_paid": HIGH})

    finish(desk, go_through)

    assert db.session.get_one(QueueEntry, answered.id).outcome == "1.1"
