"""How little a desk asks of the database at each step of a call."""

from __future__ import annotations

import pytest

from callcenter.calls.models import Call
from config.database import db

# Who is signed in; who is at the desk; their last call; the entry; their day; the queue; the member; the member's
# credit and last interview; the interview with its answers.
REFRESH = 10


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
