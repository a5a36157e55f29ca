from __future__ import annotations

import pytest

from callcenter.floor import ordering
from callcenter.operators import queries as operators
from callcenter.operators.models import OperatorState
from config.accounts.models import Role
from config.database import db
from config.database import utcnow


@pytest.fixture
def give(factories, place):
    supervisor = factories.user(Role.SUPERVISOR, [place.club], name="لیلا صابری")

    def act(kind):
        words = {"given_by": supervisor.id, "now": utcnow()}
        if kind == "pause":
            ordering.pause(place.club.id, place.operator.id, reason="meeting", **words)
        else:
            ordering.sign_off(place.club.id, place.operator.id, **words)
        db.session.commit()

    return act


def test_the_desk_says_who_paused_its_operator_and_ready_goes_on(desk, waiting, give):
    waiting()
    desk.act("ready")

    give("pause")

    script = desk.parts()["script"]
    assert '<h1 class="lead">جلسه</h1>' in script
    assert "لیلا صابری" in script
    assert "سارا احمدی" in desk.act("ready")["member"]


def test_the_desk_says_who_took_its_operator_off_the_queue(desk, give):
    desk.act("ready")

    give("sign_off")

    script = desk.parts()["script"]
    assert "از صف خارج شدید" in script
    assert "لیلا صابری" in script


def test_a_pause_of_ones_own_names_nobody(desk, give):
    desk.act("ready")
    give("pause")
    desk.act("ready")

    assert "لیلا صابری" not in desk.act("pause", reason="lunch")["script"]


def test_during_a_call_the_desk_says_what_follows_and_ready_does_it(desk, line, place, answered, give):
    give("pause")

    assert "بعد از این تماس" in desk.parts()["call"]
    line.hang_up()
    desk.act("outcome/refusal", call_id=line.call.id)
    parts = desk.act("ready")

    db.session.rollback()
    assert operators.get(place.operator.id).state is OperatorState.PAUSED
    assert "لیلا صابری" in parts["script"]
    assert "بعد از این تماس" not in parts["call"]
