"""How little a desk asks of the database at each step of a call."""

from __future__ import annotations

import pytest

from callcenter.calls.models import Call
from config.database import db
from surveys.interviews.states import ResponseState

# Who is signed in; who is at the desk; their last call; the entry; their day; the queue; the member; the member's
# credit and last interview; the interview with its answers.
REFRESH = 10
# Who is signed in; the interview, locked, with its answers; the answer with how it came about, which SQLite writes in
# two.
ANSWER = {"postgresql": 3, "sqlite": 4}
# Who is signed in; who is at the desk; the interview, locked, with its answers; the quotas; the step; then their call
# and the entry.
STEP = 7
# The last call, the campaigns that are open, the claim with its looks, the new state; then a refresh.
READY = 26
# The hours of the campaign and the member, once more what speaks against the call, its row, the new state; then a
# refresh.
CALL = 32
# The call, the campaign, the member; the interview, opened and held; the promise with its offers; then a refresh.
BEGIN = 28
# The last call, the quotas, the interview, held; its judging; the credit with its text; the draw for a review; the call
# and the entry with what came of them; then a refresh.
FINISH = 41


@pytest.fixture
def cost(statements):
    """The number of statements of an act, when what is kept in the process is there."""

    def measure(act):
        act()
        statements.clear()
        act()
        return len(statements)

    return measure


def test_a_refresh_takes_few_statements_at_every_step(cost, desk, line, waiting, go_through):
    entry = waiting()
    costs = {"off": cost(desk.parts)}
    desk.act("ready")
    costs["preview"] = cost(desk.parts)
    desk.act("call", entry_id=entry.id)
    costs["calling"] = cost(desk.parts)
    line.answer()
    desk.act("begin", call_id=line.call.id)
    go_through("price_paid")
    costs["interview"] = cost(desk.parts)
    line.hang_up()
    costs["cut"] = cost(desk.parts)
    desk.act("outcome/refusal", call_id=db.session.query(Call.id).scalar())
    costs["wrap-up"] = cost(desk.parts)

    assert max(costs.values()) <= REFRESH, costs


def test_an_answer_takes_few_statements(desk, answered, go_through, statements):
    form = {"response_id": go_through("price_paid"), "question": "price_paid"}
    desk.act("answer", value="4", **form)
    statements.clear()

    desk.act("answer", value="5", **form)

    assert len(statements) <= ANSWER[db.engine.dialect.name], statements


@pytest.mark.parametrize("step", ["next", "back"])
def test_a_step_of_the_interview_takes_few_statements(desk, answered, go_through, statements, step):
    form = {"response_id": go_through("price_paid"), "question": "price_paid"}
    desk.act("answer", value="4", **form)
    statements.clear()

    desk.act(step, **form)

    assert len(statements) <= STEP, statements


def test_ready_takes_few_statements(desk, waiting, statements):
    waiting(), waiting()
    desk.act("ready")
    desk.act("pause", reason="break")
    statements.clear()

    parts = desk.act("ready")

    assert "/desk/call" in parts["call"]
    assert len(statements) <= READY, statements


def test_a_call_takes_few_statements(desk, waiting, statements):
    entry_id = waiting().id
    desk.act("ready")
    statements.clear()

    parts = desk.act("call", entry_id=entry_id)

    assert "/desk/hang-up" in parts["call"]
    assert len(statements) <= CALL, statements


def test_an_interview_is_begun_with_few_statements(desk, line, waiting, statements):
    entry_id = waiting().id
    desk.act("ready")
    desk.act("call", entry_id=entry_id)
    line.answer()
    call_id = line.call.id
    statements.clear()

    parts = desk.act("begin", call_id=call_id)

    assert "/desk/next" in parts["script"]
    assert len(statements) <= BEGIN, statements


def test_an_interview_is_finished_with_few_statements(desk, answered, go_through, statements):
    response_id = go_through()
    statements.clear()

    desk.act("finish", response_id=response_id)

    assert len(statements) <= FINISH, statements
    assert desk.response().state is ResponseState.COMPLETE
