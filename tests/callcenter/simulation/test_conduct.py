from __future__ import annotations

from datetime import date
from random import Random

import pytest

from callcenter.simulation.conduct import Conduct
from callcenter.simulation.conduct import Talk
from callcenter.simulation.reading import Form
from callcenter.simulation.reading import Sheet

OUTCOMES = [Form(f"outcome/{name}", {"call_id": "3"}) for name in ("cut_off", "refusal", "wrong_number", "not_here")]
QUESTION = Form("answer", {"response_id": "7", "question": "staff"}, choices=("1", "2", "3", "4", "5"))


def desk(*forms):
    return Sheet({form.action: form for form in forms})


@pytest.fixture
def conduct():
    """An operator whose member stays to the end."""
    seed = next(seed for seed in range(100) if talk_of(seed) is Talk.WHOLE)
    return met(seed)


def met(seed):
    conduct = Conduct(Random(seed), date(2025, 11, 21))
    conduct.next(desk(Form("begin", {"call_id": "3"})), is_leaving=False)
    return conduct


def talk_of(seed):
    act = met(seed).next(desk(Form("next"), *OUTCOMES), is_leaving=False)
    return Talk(act.action.removeprefix("outcome/")) if act.action.startswith("outcome/") else Talk.WHOLE


def test_the_member_of_the_preview_is_called(conduct):
    act = conduct.next(desk(Form("call", {"entry_id": "5"}), Form("off")), is_leaving=False)

    assert (act.action, act.form) == ("call", {"entry_id": "5"})
    assert act.seconds > 1


def test_nobody_is_called_after_the_shift(conduct):
    assert conduct.next(desk(Form("call", {"entry_id": "5"})), is_leaving=True) is None


def test_a_question_is_answered_once_and_then_left(conduct):
    forms = (QUESTION, Form("next", {"response_id": "7", "question": "staff"}), *OUTCOMES)

    acts = [conduct.next(desk(*forms), is_leaving=False) for _ in range(2)]

    assert [act.action for act in acts] == ["answer", "next"]
    assert acts[0].form["value"] in QUESTION.choices


def test_of_many_choices_some_are_pressed_each_once(conduct):
    many = Form("choose", {"response_id": "7", "question": "liked"}, choices=("tea", "cake", "none"))
    forms = (many, Form("next", {"response_id": "7", "question": "liked"}), *OUTCOMES)

    acts = [conduct.next(desk(*forms), is_leaving=False) for _ in range(4)]

    pressed = [act.form["value"] for act in acts if act.action == "choose"]
    assert 1 <= len(pressed) == len(set(pressed)) <= 2
    assert acts[-1].action == "next"


def test_the_last_step_is_finished_even_after_the_shift(conduct):
    assert conduct.next(desk(Form("finish"), *OUTCOMES), is_leaving=True).action == "finish"


def test_who_hangs_up_in_the_middle_is_not_asked_further(conduct):
    act = conduct.next(desk(QUESTION, Form("next"), Form("call"), *OUTCOMES), is_leaving=False)

    assert act.action == "outcome/cut_off"


def test_an_empty_queue_is_looked_at_again_when_the_desk_does(conduct):
    act = conduct.next(desk(Form("ready", again_ms=5000)), is_leaving=False)

    assert (act.action, act.pause_ms) == ("ready", 5000)


def test_members_are_of_every_kind():
    assert {talk_of(seed) for seed in range(200)} == {Talk.WHOLE, Talk.REFUSAL, Talk.WRONG_NUMBER, Talk.NOT_HERE}
