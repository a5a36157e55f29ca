"""Parts that a page has already are neither made nor sent again."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from callcenter.desk.parts import Desk
from callcenter.desk.parts import Step
from callcenter.desk.slices import FIELDS
from callcenter.desk.slices import HAS_HEADER
from callcenter.desk.slices import Slice
from callcenter.desk.slices import known_keys
from callcenter.operators.models import OperatorState
from config.database import db
from config.database import utcnow
from config.live import CHANNEL_PREFIX
from config.live import PAGE_HEADER

PARTS = set(FIELDS)
TEMPLATES = Path(__file__).parents[3] / "templates"


@pytest.fixture
def ask(desk):
    """Asks for the parts as a page does that has those of the answers before."""
    has = {}

    def act(action=None, **form):
        headers = {"Accept": "application/json", HAS_HEADER: " ".join("=".join(pair) for pair in has.items())}
        if action:
            data = desk.client.post(f"/desk/{action}", data=form, headers=headers).get_json()
        else:
            data = desk.client.get("/desk/parts", headers=headers).get_json()
        has.update(data["keys"])
        return data

    return act


def parts_in(data):
    return PARTS & data.keys()


def test_nothing_comes_again_while_nothing_happens(ask, answered):
    assert parts_in(ask()) == PARTS

    assert parts_in(ask()) == set()


def test_what_changed_comes(ask, line, answered):
    ask()

    line.hang_up()

    # The member stays who they are, and the reasons to pause what they are.
    assert parts_in(ask()) == {"bar", "script", "call"}


def test_an_answer_shows_on_a_page_that_had_the_question(ask, desk, answered, go_through):
    response_id = go_through("price_paid")
    ask()

    desk.act("answer", response_id=response_id, question="price_paid", value="4")

    assert parts_in(ask()) == {"script", "member"}


def test_another_language_is_another_page(ask, place, answered):
    ask()

    place.operator.language = "en"
    db.session.commit()

    assert parts_in(ask()) == PARTS


def test_what_a_page_did_is_news_from_it(app, desk, waiting):
    waiting()
    news = app.extensions["hamseda_redis"].pubsub(ignore_subscribe_messages=True)
    news.psubscribe(CHANNEL_PREFIX + "operator:*")

    desk.client.post("/desk/ready", headers={"Accept": "application/json", PAGE_HEADER: "17-4"})
    desk.client.post("/desk/pause", data={"reason": "break"}, headers={"Accept": "application/json"})

    told = [json.loads(message["data"]) for _ in range(10) if (message := news.get_message())]
    assert [one.get("by") for one in told] == ["17-4", None]


@pytest.mark.parametrize("part", FIELDS)
def test_the_fields_of_a_part_are_those_that_its_templates_show(part):
    waiting, seen, shown = [f"desk/_{part}.html"], set(), set()
    while waiting:
        name = waiting.pop()
        text = (TEMPLATES / name).read_text()
        shown |= set(re.findall(r"\bdesk\.([a-z_]+)", text))
        waiting += {one for one in re.findall(r'include "([^"]+)"', text) if one not in seen}
        seen.add(name)

    assert shown == set(FIELDS[part])


def test_a_part_is_made_of_its_own_fields_only():
    desk = Desk(operator_id=1, state=OperatorState.OFF, state_since=utcnow(), state_reason=None, step=Step.OFF)

    with pytest.raises(RuntimeError, match="waiting"):
        Slice(desk, "pauses").waiting  # noqa: B018  # reading is what is tested


def test_a_key_changes_with_what_the_part_shows_and_with_what_is_around_it():
    desk = Desk(operator_id=1, state=OperatorState.OFF, state_since=utcnow(), state_reason=None, step=Step.OFF)
    other = replace(desk, last_note="later")

    assert Slice(desk, "bar").key("fa") == Slice(other, "bar").key("fa")
    assert Slice(desk, "script").key("fa") != Slice(other, "script").key("fa")
    assert Slice(desk, "bar").key("fa") != Slice(desk, "bar").key("en")


def test_a_header_may_hold_anything():
    assert known_keys("bar=1f script nonsense=2 =3 call=") == {"bar": "1f", "script": "", "call": ""}
