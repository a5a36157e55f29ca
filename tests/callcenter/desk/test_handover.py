"""An interview goes from one desk to another in the browser, with its answers."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from callcenter.calls import queries as calls
from callcenter.calls.models import Call
from callcenter.handover import keeping
from callcenter.handover.models import Handover
from callcenter.listening import phones
from callcenter.operators import queries as operators
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.queue import queries as queue
from club.credit import queries as credit
from config.accounts.models import Role
from config.database import db
from config.database import utcnow
from surveys.interviews import queries as interviews
from tests.callcenter.desk.conftest import ANSWERS
from tests.callcenter.desk.conftest import Desk


@pytest.fixture
def supervisor(app, factories, place, sign_in):
    """A supervisor with a phone, in a browser of their own."""
    person = factories.user(Role.SUPERVISOR, [place.club], language="fa", name="لیلا صابری")
    phones.give(person.id, "150")
    db.session.commit()
    browser = Desk(app.test_client())
    sign_in(browser.client, person)
    browser.id = person.id
    return browser


@pytest.fixture
def second(app, factories, place, sign_in):
    """Another operator who is ready, in a browser of their own."""
    person = factories.operator([place.club], state=OperatorState.READY)
    person.language, person.name = "fa", "امید کاوه"
    db.session.commit()
    browser = Desk(app.test_client())
    sign_in(browser.client, person)
    browser.id = person.id
    return browser


@pytest.fixture
def cut(answered, desk, line, go_through):
    """The line broke in the middle of the interview; gives the entry."""
    go_through(until="product_quality")
    line.hang_up()
    return answered


def take_over(supervisor, place):
    reply = supervisor.client.post(f"/floor/operators/{place.operator.id}/take-over")
    assert reply.location.endswith("/desk")


def test_the_floor_offers_to_take_a_member_over_and_to_hand_them_to_whom_is_free(cut, supervisor, second, place):
    page = supervisor.client.get(f"/floor/operators/{place.operator.id}").text

    assert "تحویل می‌گیرم" in page
    assert "امید کاوه" in page


def test_a_supervisor_finishes_an_interview_that_was_cut_and_has_it_in_the_figures(
    cut, desk, line, supervisor, place, go_through
):
    response_id = desk.response().id
    before = interviews.share_answered(response_id)
    take_over(supervisor, place)

    assert interviews.share_answered(response_id) == before
    assert "لیلا صابری" in desk.parts()["script"]
    script = supervisor.parts()["script"]
    assert "نگار رضایی" in script
    desk.act("finish", status=409, response_id=response_id)

    finish(supervisor, response_id)

    call = db.session.scalars(select(Call)).one()
    assert (call.operator_id, call.disposition) == (supervisor.id, "1.1")
    counts = calls.day_counts(place.club.id, since=call.requested_at)
    assert (list(counts), counts[supervisor.id].complete_count) == ([supervisor.id], 1)
    assert credit.balance(place.club.id, call.member_id) == 230_000
    assert operators.get(place.operator.id).state is OperatorState.WRAP_UP


def finish(browser, response_id):
    for _ in range(40):
        db.session.rollback()
        screen = interviews.screen(response_id)
        form = {"response_id": response_id, "question": screen.code}
        if screen.is_last:
            browser.act("finish", response_id=response_id)
            db.session.rollback()
            return
        if screen.wants_answer:
            value = ANSWERS.get(screen.kind) or screen.choices[0].value
            browser.act("choose" if screen.kind == "choice_many" else "answer", value=value, **form)
        browser.act("next", **form)


def test_another_operator_calls_again_and_goes_on_at_the_same_question(cut, desk, line, supervisor, second, place):
    response_id = desk.response().id
    code = interviews.screen(response_id).code

    supervisor.client.post(f"/floor/operators/{place.operator.id}/hand-over", data={"to_id": second.id})

    second.act("call", entry_id=cut.id)
    line.answer()
    second.act("begin", call_id=line.call.id)
    assert interviews.screen(response_id).code == code
    finish(second, response_id)
    made = db.session.scalars(select(Call).order_by(Call.id)).all()
    assert [(call.operator_id, call.disposition) for call in made] == [(second.id, "2.36"), (second.id, "1.1")]


def test_the_floor_lists_the_handovers_of_the_day(cut, supervisor, place):
    take_over(supervisor, place)

    page = supervisor.client.get("/floor").text

    assert "تحویل‌های امروز" in page
    assert "لیلا صابری" in page


def test_who_gave_a_member_away_takes_the_next_one(cut, desk, supervisor, waiting, place):
    take_over(supervisor, place)
    entry = waiting()

    desk.act("ready")

    assert queue.held_by(place.operator.id) == entry.id


def test_a_supervisors_desk_is_empty_and_leads_to_the_floor_until_somebody_is_taken_over(supervisor):
    assert supervisor.client.get("/desk").location.endswith("/floor")
    assert supervisor.client.post("/desk/ready").status_code == 404


def test_a_supervisor_who_is_done_takes_nobody_from_the_queue(cut, supervisor, waiting, place):
    take_over(supervisor, place)
    waiting()
    supervisor.act("outcome/cut_off", call_id=db.session.scalars(select(Call.id)).one())

    parts = supervisor.act("ready")

    assert queue.held_by(supervisor.id) is None
    assert "/floor" in parts["script"]


def test_a_member_only_looked_at_can_be_given_back_by_the_supervisor(desk, waiting, supervisor, place):
    entry = waiting()
    desk.act("ready")
    take_over(supervisor, place)

    assert 'action="/desk/off"' in supervisor.parts()["bar"]
    supervisor.act("off")

    db.session.rollback()
    assert queue.get(entry.id).operator_id is None


def test_a_refusal_is_said_in_words(desk, waiting, supervisor, second, place):
    page = f"/floor/operators/{place.operator.id}"
    supervisor.client.post(f"{page}/take-over")
    assert "کسی روی این میز نیست" in supervisor.client.get(page).text
    waiting()
    desk.act("ready")
    states.change(second.id, OperatorState.PAUSED, reason="lunch", now=utcnow())

    supervisor.client.post(f"{page}/hand-over", data={"to_id": second.id})

    assert "آن میز دیگر خالی نیست" in supervisor.client.get(page).text


def test_an_operator_offers_the_call_by_key_and_takes_it_back(answered, desk, line, supervisor):
    call_id = line.call.id
    assert 'data-key="G"' in desk.parts()["call"]

    parts = desk.act("hand-over", call_id=call_id, to_id=supervisor.id)

    assert "تلفن \u2068لیلا صابری\u2069 زنگ می‌خورد" in parts["call"]
    assert "تلفنتان زنگ می‌خورد" in supervisor.client.get("/floor/parts").text
    assert "تلفنتان زنگ می‌خورد" in supervisor.parts()["script"]
    desk.act("hand-over/now", status=409)
    desk.act("hand-over/back")
    keeping.note_end(db.session.scalars(select(Handover.channel_id)).one(), failure="phone", now=utcnow())
    db.session.commit()
    assert "زنگ می‌خورد" not in desk.parts()["call"]


def test_a_call_joined_with_the_supervisor_is_on_their_desk_with_the_question(
    answered, desk, line, supervisor, place, go_through
):
    go_through(until="product_quality")
    desk.act("hand-over", call_id=line.call.id, to_id=supervisor.id)
    leg = db.session.scalars(select(Handover.channel_id)).one()
    keeping.note_answered(leg, now=utcnow())
    db.session.commit()
    desk.act("hand-over/now")

    keeping.complete(leg, now=utcnow())
    db.session.commit()

    assert f"answer-{interviews.screen(desk.response().id).code}" in supervisor.parts()["script"]
    assert "لیلا صابری" in desk.parts()["script"]
    assert "تماس را سپردید" in desk.parts()["script"]
    assert "\u2068نگار رضایی\u2069 این عضو را به شما سپرد" in supervisor.parts()["script"]
    finish(supervisor, desk.response().id)
    call = db.session.scalars(select(Call)).one()
    assert (call.operator_id, call.disposition) == (supervisor.id, "1.1")
    assert credit.balance(place.club.id, call.member_id) == 230_000


def test_a_phone_that_was_not_answered_is_said(answered, desk, line, supervisor):
    desk.act("hand-over", call_id=line.call.id, to_id=supervisor.id)
    call = db.session.get_one(Call, line.call.id)
    call.is_on_hold = True
    keeping.note_end(db.session.scalars(select(Handover.channel_id)).one(), failure="phone", now=utcnow())
    db.session.commit()

    assert "گوشی را برنداشت" in desk.parts()["call"]


def test_only_supervisors_take_over(desk, place):
    assert desk.client.post(f"/floor/operators/{place.operator.id}/take-over").status_code == 403
