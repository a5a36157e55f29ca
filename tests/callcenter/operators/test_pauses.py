from __future__ import annotations

from datetime import UTC
from datetime import datetime

import pytest
from sqlalchemy import select

from callcenter.operators import pauses
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.operators.models import StateChange
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError

NOW = datetime(2025, 11, 21, 12, tzinfo=UTC)


def codes(*, offered=None):
    return [one.code for one in pauses.reasons() if offered is None or one.is_offered is offered]


def change(code, **values):
    reason = pauses.find(code, pauses.reasons())
    kept = {name: getattr(reason, name) for name in ("name_fa", "name_en", "is_paid", "is_offered")}
    pauses.change(code, **{**kept, **values})


def test_a_house_begins_with_five_reasons_and_only_lunch_is_unpaid(app):
    reasons = pauses.reasons()

    assert [(one.code, one.is_paid) for one in reasons] == [
        ("break", True), ("lunch", False), ("training", True), ("meeting", True), ("technical", True)
    ]  # fmt: skip
    assert (reasons[1].name("fa"), reasons[1].name("en")) == ("ناهار", "Lunch")


def test_a_new_reason_stands_at_the_end_and_is_offered(app):
    code = pauses.add(name_fa=" نماز ", name_en="Prayer", is_paid=True)

    assert codes()[-1] == code == "prayer"
    pauses.ensure_offered(code)


@pytest.mark.parametrize(("name_en", "code"), [("Lunch!", "lunch_2"), ("ناهار", "pause"), ("x" * 60, "x" * 32)])
def test_a_code_is_made_of_the_words_and_taken_once(app, name_en, code):
    assert pauses.add(name_fa="نام", name_en=name_en, is_paid=False) == code


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
@pytest.mark.parametrize("field", ["name_fa", "name_en"])
def test_a_reason_has_words_in_both_languages(app, field, name):
    names = {"name_fa": "نماز", "name_en": "Prayer", field: name}

    with pytest.raises(InvalidInputError) as refusal:
        pauses.add(**names, is_paid=True)

    assert refusal.value.field == field


def test_a_reason_that_is_switched_off_is_kept_but_not_offered(app):
    change("training", is_offered=False)

    assert codes(offered=False) == ["training"]
    with pytest.raises(InvalidInputError):
        pauses.ensure_offered("training")


def test_no_more_reasons_are_offered_than_the_desk_has_keys(app):
    for number in range(4):
        pauses.add(name_fa="نام", name_en=f"Reason {number}", is_paid=True)

    with pytest.raises(InvalidInputError) as refusal:
        pauses.add(name_fa="نام", name_en="One too many", is_paid=True)
    change("lunch", is_offered=False)
    pauses.add(name_fa="نام", name_en="In its place", is_paid=True)

    assert refusal.value.field == "is_offered"
    with pytest.raises(InvalidInputError):
        change("lunch", is_offered=True)


def test_a_reason_that_is_not_there_cannot_be_changed(app):
    with pytest.raises(NotFoundError):
        pauses.change("bored", name_fa="نام", name_en="Bored", is_paid=True, is_offered=True)


def test_a_pause_remembers_whether_it_was_paid_when_it_began(factories):
    operator = factories.operator()
    states.change(operator.id, OperatorState.PAUSED, reason="break", now=NOW)
    change("break", is_paid=False)
    states.change(operator.id, OperatorState.READY, now=NOW)
    states.change(operator.id, OperatorState.PAUSED, reason="break", now=NOW)

    paid = db.session.scalars(select(StateChange.is_paid).order_by(StateChange.id)).all()
    assert paid == [True, None, False]


@pytest.mark.parametrize("reason", [None, "bored"])
def test_nobody_pauses_without_a_reason_from_the_list(factories, reason):
    operator = factories.operator()

    with pytest.raises(InvalidInputError):
        states.change(operator.id, OperatorState.PAUSED, reason=reason, now=NOW)
