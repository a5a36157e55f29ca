from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.desk import acting
from callcenter.operators import pauses
from callcenter.operators import queries as operators
from callcenter.operators import states
from callcenter.operators.jobs import mark_away
from callcenter.operators.models import Operator
from callcenter.operators.models import OperatorState
from callcenter.queue import jobs
from callcenter.queue import queries as queue
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from club.members import stop_calls
from club.members.models import Member
from config.database import begin_writing
from config.database import db
from config.database import utcnow


def state_of(place) -> OperatorState:
    db.session.rollback()
    return operators.get(place.operator.id).state


def entry_of(entry):
    db.session.rollback()
    return queue.get(entry.id)


def test_the_desk_opens_off_the_queue(desk):
    page = desk.client.get("/desk")

    assert page.status_code == 200
    assert "خارج از صف" in page.text


def test_ready_brings_the_next_member_with_the_opening_sentence(desk, place, waiting):
    waiting()

    parts = desk.act("ready")

    assert "سارا احمدی" in parts["member"]
    assert "من نگار رضایی هستم و از باشگاه مشتریان کافه لمیز تماس می‌گیرم" in parts["script"]
    assert state_of(place) is OperatorState.PREVIEW


def test_an_empty_queue_says_why_and_the_operator_waits(desk, place):
    parts = desk.act("ready")

    assert "صف خالی است" in parts["script"]
    assert state_of(place) is OperatorState.READY


def test_a_queue_for_later_says_when_the_next_is_due(desk, factories, place):
    member = factories.member(place.club)
    factories.entry(place.campaign, member, due_at=utcnow() + timedelta(hours=2))

    parts = desk.act("ready")

    assert re.search(r"تا (.*، )?[۰-۹]{2}:[۰-۹]{2} نوبت کسی نیست", parts["script"])


def test_a_campaign_outside_its_hours_hands_out_nobody(desk, place, waiting):
    waiting()
    place.campaign.starts_on = (utcnow() + timedelta(days=2)).date()
    db.session.commit()

    parts = desk.act("ready")

    assert "هنوز به روز شروع کمپین نرسیده‌ایم" in parts["script"]
    assert "در انتظار ساعت تماس" in parts["script"]


def test_pausing_gives_the_member_back(desk, place, waiting):
    entry = waiting()
    desk.act("ready")

    parts = desk.act("pause", reason="lunch")

    assert entry_of(entry).state is EntryState.WAITING
    assert state_of(place) is OperatorState.PAUSED
    assert "ناهار" in parts["script"]


def test_a_pause_needs_a_known_reason(desk):
    desk.act("pause", status=422, reason="bored")


def test_the_number_is_masked_everywhere(desk, waiting, factories):
    entry = waiting(phone="+989121234567")
    desk.act("ready")

    text = desk.client.get("/desk").text

    assert "۰۹۱۲***۴۵۶۷" in text
    assert "9121234567" not in text
    assert "۹۱۲۱۲۳۴۵۶۷" not in text
    assert entry.id


def test_a_second_press_of_call_makes_no_second_call(desk, waiting):
    entry = waiting()
    desk.act("ready")

    desk.act("call", entry_id=entry.id)
    desk.act("call", entry_id=entry.id)

    assert db.session.query(Call).count() == 1


def test_call_pressed_twice_in_the_same_moment_is_one_call(app, desk, place, waiting):
    entry = waiting()
    desk.act("ready")
    operator_id, entry_id = place.operator.id, entry.id
    db.session.rollback()
    together = threading.Barrier(2)

    def press(_number):
        with app.app_context():
            begin_writing()
            together.wait(timeout=120)
            acting.call(operator_id, entry_id=entry_id, now=utcnow())
            db.session.commit()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, range(2)))

    assert db.session.query(Call).count() == 1


def test_calling_from_a_screen_with_another_member_is_refused_and_shows_the_desk(desk, waiting):
    waiting()
    desk.act("ready")

    parts = desk.act("call", status=409, entry_id=999_999)

    assert parts["error"] == "stale_desk"
    assert "سارا احمدی" in parts["member"]


def test_a_busy_line_is_wrapped_up_with_the_time_of_the_next_call(desk, line, place, waiting):
    entry = waiting()
    desk.act("ready")
    desk.act("call", entry_id=entry.id)
    line.ring()

    line.hang_up(cause=17, is_answered=False)

    parts = desk.parts()
    assert "مشغول" in parts["call"]
    assert "تماس بعدی" in parts["call"]
    assert state_of(place) is OperatorState.WRAP_UP


def test_a_call_that_never_left_the_house_keeps_the_member_and_says_why(desk, line, waiting):
    entry = waiting()
    desk.act("ready")
    desk.act("call", entry_id=entry.id)

    line.operator_did_not_pick_up()

    parts = desk.parts()
    assert "به تلفن خودتان پاسخ ندادید" in parts["call"]
    assert "تماس دوباره" in parts["call"]
    assert entry_of(entry).attempt_count == 0
    desk.act("call", entry_id=entry.id)
    assert db.session.query(Call).count() == 2


def test_hanging_up_asks_the_line(desk, line, answered):
    desk.act("hang-up", call_id=line.call.id)

    assert line.call.hangup_requested_at is not None


def test_the_call_of_another_operator_is_not_hung_up(desk, factories, line, place, answered, sign_in):
    call_id = line.call.id
    sign_in(desk.client, factories.operator([place.club]))

    desk.act("hang-up", status=409, call_id=call_id)

    assert line.call.hangup_requested_at is None


@pytest.mark.parametrize("action", ["ready", "off", "pause"])
def test_nobody_leaves_a_live_call(desk, line, answered, action):
    parts = desk.act(action, status=409, reason="lunch")

    assert parts["error"] == "not_now"


def test_the_outcome_of_an_answered_call_is_owed(desk, line, answered):
    line.hang_up()

    assert desk.act("ready", status=409)["error"] == "not_now"


def test_an_expired_lease_tells_the_operator_and_lets_them_go_on(desk, waiting):
    entry = waiting()
    desk.act("ready")
    db.session.get(QueueEntry, entry.id).lease_until = utcnow() - timedelta(minutes=1)
    db.session.commit()
    jobs.release_expired()

    assert "این عضو دیگر روی میز شما نیست" in desk.parts()["script"]
    assert "سارا احمدی" in desk.act("ready")["member"]


@pytest.mark.parametrize("why", ["do_not_call", "no_consent"])
def test_who_may_not_be_dialled_any_more_is_let_go_and_ready_brings_the_next(desk, place, waiting, why):
    barred, following = waiting(), waiting(first_name="مینا")
    desk.act("ready")
    if why == "do_not_call":
        stop_calls.add_do_not_call(place.club.id, barred.member_id, reason="asked", note=None, user_id=None)
    else:
        db.session.get_one(Member, barred.member_id).consent_calls = False
    db.session.commit()

    desk.client.post("/desk/call", data={"entry_id": str(barred.id)})
    desk.act("ready")

    assert db.session.scalars(select(Call)).all() == []
    assert (entry_of(barred).state, entry_of(barred).outcome) == (EntryState.CLOSED, "2.11")
    assert queue.held_by(place.operator.id) == following.id


def test_while_nobody_is_due_the_desk_tells_who_waits_for_what(desk, factories, place):
    soon = utcnow() + timedelta(minutes=3)
    for outcome in ("3.13", "3.12"):
        factories.entry(place.campaign, factories.member(place.club), due_at=soon, outcome=outcome)
    factories.entry(place.campaign, factories.member(place.club), due_at=soon, callback_at=soon, outcome="2.36")

    said = desk.act("ready")["script"]

    assert "نوبت کسی نیست" in said
    assert "<b>۲</b> در انتظار تماس بعدی" in said
    assert "<b>۱</b> در انتظار زمانی که خودشان خواسته‌اند" in said


def test_a_form_without_a_script_leads_back_to_the_desk(desk, waiting):
    waiting()

    reply = desk.client.post("/desk/ready")

    assert (reply.status_code, reply.location) == (302, "/desk")


def test_a_refusal_without_a_script_is_said_on_the_desk(desk, waiting):
    waiting()
    desk.client.post("/desk/ready")

    desk.client.post("/desk/call", data={"entry_id": "999"})

    assert "میز جلوتر رفته بود" in desk.client.get("/desk").text


def test_an_operator_who_was_away_is_back_where_they_were(desk, place, waiting):
    waiting()
    desk.act("ready")

    states.go_away(now=utcnow() + timedelta(minutes=10))
    db.session.commit()
    assert state_of(place) is OperatorState.AWAY

    desk.act("here")

    assert state_of(place) is OperatorState.PREVIEW


def test_who_was_signed_off_for_silence_reads_it_and_goes_on_with_ready(desk, place, waiting):
    waiting()
    desk.act("ready")
    db.session.get_one(Operator, place.operator.id).seen_at = utcnow() - timedelta(minutes=11)
    db.session.commit()
    mark_away()
    jobs.sign_off_silent()

    assert "از صف خارج شدید" in desk.act("here")["script"]
    assert "سارا احمدی" in desk.act("ready")["member"]


def test_an_account_without_a_phone_has_no_desk(client, factories, sign_in, place):
    sign_in(client, factories.user(clubs=[place.club]))

    assert client.get("/desk").status_code == 404


def test_the_desk_offers_the_supervisors_reasons_with_their_keys(desk):
    lunch = pauses.find("lunch", pauses.reasons())
    pauses.change("lunch", name_fa="ناهار و نماز", name_en=lunch.name_en, is_paid=False, is_offered=True)
    pauses.change("break", name_fa="استراحت", name_en="Break", is_paid=True, is_offered=False)
    db.session.commit()

    menu = desk.parts()["pauses"]

    assert re.search(r'value="lunch" data-key="1".*ناهار و نماز.*بی‌حقوق', menu)
    assert 'value="break"' not in menu
    assert desk.act("pause", status=422, reason="break")["error"] == "invalid_input"


def test_a_pause_says_its_reason(desk):
    desk.act("ready")

    assert '<h1 class="lead">ناهار</h1>' in desk.act("pause", reason="lunch")["script"]
