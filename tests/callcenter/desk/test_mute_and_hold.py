from __future__ import annotations

from dataclasses import replace

import pytest

from callcenter.calls import progress
from callcenter.telephony.tracker import Leg
from callcenter.telephony.tracker import Track
from config.database import db
from config.database import utcnow
from tests.support.calling import read_call

DIED = "The exchange did not do this"


@pytest.fixture
def talk(desk, line, waiting):
    """An operator who talks with a member; gives the id of the call."""
    entry = waiting()
    desk.act("ready")
    desk.act("call", entry_id=entry.id)
    line.answer()
    return line.call.id


@pytest.fixture
def confirm(talk):
    """The line did what was wished."""

    def act(**told):
        call = read_call(talk)
        track = Track(call.channel_id, {"m": Leg("m", is_up=True)}, member="m", dial_status="ANSWER")
        progress.record(talk, replace(track, **told), told=(), now=utcnow())
        db.session.commit()

    return act


def english(desk):
    desk.client.post("/language/en")


def test_before_somebody_answers_there_is_nothing_to_mute(desk, line, waiting):
    entry = waiting()
    desk.act("ready")
    parts = desk.act("call", entry_id=entry.id)

    assert 'data-key="M" disabled' in parts["call"]
    refused = desk.act("mute/on", status=409, call_id=line.call.id)
    assert refused["error"] == "not_connected"


@pytest.mark.parametrize(
    ("wish", "key", "wanted"), [("mute", "M", "wants_mute"), ("hold", "H", "wants_hold")], ids=["mute", "hold"]
)
def test_a_key_switches_to_and_fro(desk, talk, wish, key, wanted):
    before = desk.parts()["call"]
    pressed = desk.act(f"{wish}/on", call_id=talk)["call"]
    assert getattr(read_call(talk), wanted)
    again = desk.act(f"{wish}/off", call_id=talk)["call"]

    assert f'action="/desk/{wish}/on"' in before
    assert f'action="/desk/{wish}/off"' in pressed
    assert f'action="/desk/{wish}/on"' in again
    assert f'data-key="{key}" disabled' not in pressed
    assert not getattr(read_call(talk), wanted)


def test_what_the_line_did_is_shown_and_still_there_after_a_reload(desk, talk, confirm):
    english(desk)
    desk.act("mute/on", call_id=talk)
    desk.act("hold/on", call_id=talk)
    assert "You are muted" not in desk.parts()["call"]

    confirm(is_muted=True, is_on_hold=True)

    page = desk.client.get("/desk").get_data(as_text=True)
    assert "You are muted" in page
    assert "On hold" in page
    assert 'action="/desk/mute/off"' in page
    assert 'action="/desk/hold/off"' in page


def test_a_wish_that_came_to_nothing_is_taken_back_and_said(desk, talk):
    english(desk)
    desk.act("hold/on", call_id=talk)

    progress.drop_wishes(talk, why="Did not find context hamseda-hold", now=utcnow())
    db.session.commit()

    shown = desk.parts()["call"]
    assert DIED in shown
    assert 'action="/desk/hold/on"' in shown
    assert DIED not in desk.act("hold/on", call_id=talk)["call"]


def test_another_operators_call_is_left_alone(desk, talk, client, sign_in, factories, place):
    sign_in(client, factories.operator([place.club]))

    desk.act("mute/on", status=409, call_id=talk)

    assert not read_call(talk).wants_mute


def test_a_press_after_the_end_is_harmless(desk, line, talk):
    line.hang_up()

    parts = desk.act("hold/on", call_id=talk)

    assert 'data-key="H" disabled' in parts["call"]
    assert not read_call(talk).wants_hold
