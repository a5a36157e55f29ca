from __future__ import annotations

from datetime import timedelta

import pytest

from callcenter.calls.models import Call
from callcenter.calls.models import CallState
from callcenter.desk import acting
from callcenter.floor import ordering
from callcenter.floor.errors import NotAtWorkError
from callcenter.operators import orders
from callcenter.operators import pauses
from callcenter.operators import queries as operators
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.operators.models import OrderKind
from callcenter.queue import queries as queue
from callcenter.queue.models import EntryState
from config.accounts.models import Role
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.errors import NotFoundError

NOW = utcnow().replace(microsecond=123456)
LATER = NOW + timedelta(minutes=3)


@pytest.fixture
def supervisor(factories, club):
    return factories.user(Role.SUPERVISOR, [club], name="لیلا صابری")


@pytest.fixture
def held(factories, club, operator):
    lease = {"state": EntryState.LEASED, "operator_id": operator.id, "leased_at": NOW, "lease_until": LATER}
    return factories.entry(factories.campaign(club), factories.member(club), **lease)


@pytest.fixture
def give(club, supervisor, operator):
    """Gives an order to the operator; says whether it holds already."""

    def act(kind="pause", *, reason="meeting", now=NOW):
        words = {"given_by": supervisor.id, "now": now}
        if kind == "pause":
            return ordering.pause(club.id, operator.id, reason=reason, **words)
        return ordering.sign_off(club.id, operator.id, **words)

    return act


def be(operator, state):
    states.change(operator.id, state, now=NOW - timedelta(minutes=5))
    db.session.commit()


def now_of(operator):
    line = operators.get(operator.id)
    return line.state, line.state_reason


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("pause", (OperatorState.PAUSED, "meeting")), ("sign_off", (OperatorState.OFF, None))],
)
@pytest.mark.parametrize("state", [OperatorState.READY, OperatorState.PREVIEW, OperatorState.AWAY])
def test_an_order_holds_at_once_and_the_member_on_the_desk_goes_back(give, operator, held, kind, expected, state):
    be(operator, state)

    assert give(kind)

    assert now_of(operator) == expected
    assert queue.get(held.id).state is EntryState.WAITING


def test_an_order_is_a_row_of_who_whom_what_and_when(give, operator, club, factories):
    noise = factories.operator([club])
    be(operator, OperatorState.READY)

    give()

    [order] = orders.given(club.id, operator.id, since=NOW)
    assert (order.kind, order.reason, order.by) == (OrderKind.PAUSE, "meeting", "لیلا صابری")
    assert (order.given_at, order.done_at) == (NOW, NOW)
    assert orders.given(club.id, noise.id, since=NOW) == []
    assert orders.given(factories.club().id, operator.id, since=NOW) == []


def test_an_answered_call_whose_outcome_is_owed_is_called_again(give, operator, held, factories):
    call = factories.call(held, operator, connected_at=NOW)
    be(operator, OperatorState.WRAP_UP)

    assert give("sign_off")

    assert db.session.get_one(Call, call.id).disposition == "2.36"
    assert (queue.get(held.id).state, queue.get(held.id).outcome) == (EntryState.WAITING, "2.36")


@pytest.mark.parametrize(("kind", "expected"), [("pause", OperatorState.PAUSED), ("sign_off", OperatorState.OFF)])
def test_nobody_is_cut_off_and_the_order_holds_with_the_next_ready(give, operator, held, factories, kind, expected):
    call = factories.call(held, operator, state=CallState.CONNECTED, connected_at=NOW, ended_at=None)
    be(operator, OperatorState.ON_CALL)

    assert not give(kind)
    assert now_of(operator)[0] is OperatorState.ON_CALL
    assert queue.held_by(operator.id) == held.id

    row = db.session.get_one(Call, call.id)
    row.ended_at, row.disposition = LATER, "2.11"
    states.change(operator.id, OperatorState.WRAP_UP, now=LATER)
    acting.get_ready(operator.id, club_ids=[], now=LATER)

    assert now_of(operator)[0] is expected
    assert orders.pending(operator.id) is None


def test_an_operator_who_pauses_by_themselves_first_does_what_was_asked(give, operator, held, factories):
    call = factories.call(held, operator, state=CallState.CONNECTED, connected_at=NOW, ended_at=None)
    be(operator, OperatorState.ON_CALL)
    give("sign_off")
    row = db.session.get_one(Call, call.id)
    row.ended_at, row.disposition = LATER, "2.11"

    acting.pause(operator.id, reason="lunch", now=LATER)

    assert now_of(operator)[0] is OperatorState.OFF


def test_what_was_wanted_of_a_shift_is_not_for_the_next_one(give, operator, held, factories):
    factories.call(held, operator, state=CallState.CONNECTED, connected_at=NOW, ended_at=None)
    be(operator, OperatorState.ON_CALL)
    give()

    states.change(operator.id, OperatorState.OFF, now=LATER)

    assert orders.pending(operator.id) is None


def test_a_pause_is_given_another_reason(give, operator):
    be(operator, OperatorState.READY)
    acting.pause(operator.id, reason="lunch", now=NOW - timedelta(minutes=1))

    assert give(reason="training")

    assert now_of(operator) == (OperatorState.PAUSED, "training")


@pytest.mark.parametrize("kind", ["pause", "sign_off"])
def test_who_is_off_the_queue_is_left_alone(give, operator, club, kind):
    with pytest.raises(NotAtWorkError):
        give(kind)

    assert orders.given(club.id, operator.id, since=NOW) == []


def test_a_reason_that_is_not_offered_is_refused(give, operator):
    be(operator, OperatorState.READY)
    pauses.change("meeting", name_fa="جلسه", name_en="Meeting", is_paid=True, is_offered=False)

    with pytest.raises(InvalidInputError):
        give()


def test_another_clubs_operator_is_not_found(supervisor, factories):
    other = factories.club()
    stranger = factories.operator([factories.club()])

    with pytest.raises(NotFoundError):
        ordering.sign_off(other.id, stranger.id, given_by=supervisor.id, now=NOW)
