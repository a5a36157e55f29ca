from __future__ import annotations

import pytest
from sqlalchemy import select

from callcenter.calls.errors import AlreadyDisposedError
from callcenter.calls.models import Call
from callcenter.desk import outcomes
from callcenter.desk import queries
from callcenter.integrity import thresholds
from callcenter.integrity.scoring import Thresholds
from callcenter.queue import queries as queue
from callcenter.queue.models import EntryState
from callcenter.skills import catalogue
from club.credit import queries as credit
from club.members.models import DoNotCall
from club.notices.models import Notice
from config.database import db
from config.database import utcnow
from surveys.interviews.models import Answer
from surveys.interviews.models import Response
from surveys.interviews.states import ResponseState

TICK = ">✓ ثبت شد</span>"


def form(desk, question):
    return {"response_id": desk.response().id, "question": question}


def entry_of(entry):
    db.session.rollback()
    return queue.get(entry.id)


def test_the_interview_opens_once_however_often_it_is_begun(desk, line, answered):
    desk.act("begin", call_id=line.call.id)

    assert db.session.query(Response).count() == 1


def test_the_interview_does_not_open_before_somebody_answers(desk, line, waiting):
    entry = waiting()
    desk.act("ready")
    desk.act("call", entry_id=entry.id)
    line.ring()

    assert desk.act("begin", status=409, call_id=line.call.id)["error"] == "not_now"


@pytest.mark.parametrize(("counts", "spoken"), [(True, "en"), (False, "fa")], ids=["counts", "does not count"])
def test_the_interview_begins_in_the_language_that_brought_the_operator(desk, line, waiting, counts, spoken):
    catalogue.change("en", name_fa="انگلیسی", name_en="English", is_used=counts, is_given_first=False)
    entry = waiting(language="en")

    first_words = desk.act("ready")["script"]
    desk.act("call", entry_id=entry.id)
    line.answer()
    desk.act("begin", call_id=line.call.id)

    assert ("stop whenever you like" in first_words) is counts
    assert f'lang="{spoken}"' in first_words
    assert desk.response().language == spoken


def test_an_answer_stays_on_the_screen_with_its_tick(desk, answered, go_through):
    go_through("price_paid")

    reply = desk.act("answer", value="4", **form(desk, "price_paid"))

    parts = desk.parts()
    assert reply == {"saved": "price_paid", "status": "answered", "chosen": 4, "revision": 1}
    assert TICK in parts["script"]
    assert 'value="4" class="choice v4" role="radio" aria-checked="true"' in parts["script"]


def test_the_same_answer_twice_is_kept_once(desk, answered, go_through):
    go_through("price_paid")

    desk.act("answer", value="4", **form(desk, "price_paid"))
    desk.act("answer", value="4", **form(desk, "price_paid"))

    answers = db.session.scalars(select(Answer).where(Answer.number == 4)).all()
    assert [answer.revision for answer in answers] == [1]


def test_a_required_question_is_not_passed(desk, answered, go_through):
    go_through("price_paid")

    parts = desk.act("next", status=409, **form(desk, "price_paid"))

    assert parts["error"] == "answer_needed"


def test_does_not_know_is_an_answer(desk, answered, go_through):
    go_through("price_paid")

    desk.client.post("/desk/answer", data={"status": "dont_know", **form(desk, "price_paid")})
    parts = desk.act("next", **form(desk, "price_paid"))

    assert "مشخص بودن قیمت‌ها" in parts["script"]


def test_next_pressed_twice_goes_on_once(desk, answered, go_through):
    go_through("price_paid")
    desk.act("answer", value="4", **form(desk, "price_paid"))

    desk.act("next", **form(desk, "price_paid"))
    parts = desk.act("next", **form(desk, "price_paid"))

    assert "مشخص بودن قیمت‌ها" in parts["script"]


def test_back_shows_the_question_before_with_its_answer(desk, answered, go_through):
    go_through("price_clear")

    parts = desk.act("back", **form(desk, "price_clear"))

    assert "از قیمت چیزهایی که" in parts["script"]
    assert TICK in parts["script"]


def test_a_nonsense_answer_is_refused_with_a_sentence(desk, answered, go_through):
    go_through("price_paid")

    parts = desk.act("answer", status=422, value="17", **form(desk, "price_paid"))

    assert parts["message"] == "این پاسخِ پرسش روی صفحه نیست."


def test_the_interview_goes_on_in_english(desk, answered):
    parts = desk.act("speak/en", response_id=desk.response().id)

    assert "Hello." in parts["script"]


def test_reloading_the_page_shows_the_same_question(desk, answered, go_through):
    go_through("staff")

    assert "برخورد کارکنان" in desk.client.get("/desk").text


def test_the_closing_sentence_says_the_true_amount(desk, answered, go_through):
    go_through()

    assert "۲۳٬۰۰۰ تومان اعتبار" in desk.parts()["script"]


def test_finishing_completes_credits_and_closes(desk, answered, go_through, line, place):
    response_id = go_through()

    parts = desk.act("finish", response_id=response_id)

    assert entry_of(answered).state is EntryState.CLOSED
    assert line.call.disposition == "1.1"
    assert credit.balance(place.club.id, answered.member_id) == 230_000
    assert db.session.query(Notice).count() == 1
    assert line.call.hangup_requested_at is not None
    assert "گفت‌وگو کامل شد" in parts["script"]


def test_what_is_quicker_than_can_be_read_is_complete_and_its_credit_waits(desk, answered, go_through, place):
    thresholds.save(place.club.id, Thresholds())
    db.session.commit()
    response_id = go_through()

    parts = desk.act("finish", response_id=response_id)

    assert entry_of(answered).state is EntryState.CLOSED
    assert credit.balance(place.club.id, answered.member_id) == 0
    assert db.session.query(Notice).count() == 0
    assert "سرپرست این گفت‌وگو را بررسی می‌کند" in parts["script"]


def test_finishing_twice_pays_once(desk, answered, go_through, place):
    response_id = go_through()

    desk.act("finish", response_id=response_id)
    desk.act("finish", response_id=response_id)

    db.session.rollback()
    assert credit.balance(place.club.id, answered.member_id) == 230_000


def test_an_unfinished_interview_is_not_completed(desk, answered, go_through):
    response_id = go_through("staff")

    assert desk.act("finish", status=409, response_id=response_id)["error"] == "interview_incomplete"


def test_a_call_with_another_outcome_is_not_finished_afterwards(desk, answered, go_through, line, place):
    response_id = go_through()
    desk.act("outcome/refusal", call_id=line.call.id)

    desk.act("finish", status=409, response_id=response_id)

    db.session.rollback()
    assert credit.balance(place.club.id, answered.member_id) == 0


@pytest.mark.parametrize(
    ("kind", "until", "code", "state"),
    [
        pytest.param("refusal", "consent", "2.11", ResponseState.BREAK_OFF, id="refused at once"),
        pytest.param("refusal", "product_quality", "2.12", ResponseState.BREAK_OFF, id="refused early on"),
        pytest.param("cut_off", "thanks", "1.2", ResponseState.PARTIAL, id="cut near the end"),
        pytest.param("wrong_number", "consent", "3.90", ResponseState.BREAK_OFF, id="wrong number"),
        pytest.param("do_not_call", "consent", "2.11", ResponseState.BREAK_OFF, id="do not call again"),
    ],
)
def test_the_operators_outcome_closes_the_entry(desk, answered, go_through, line, kind, until, code, state):
    go_through(until)

    desk.act(f"outcome/{kind}", call_id=line.call.id)
    desk.act(f"outcome/{kind}", call_id=line.call.id)

    assert entry_of(answered).state is EntryState.CLOSED
    assert line.call.disposition == code
    assert desk.response().state is state


def test_a_line_that_is_cut_before_the_first_answer_is_no_refusal(desk, answered, go_through, line):
    go_through("consent")

    parts = desk.act("outcome/cut_off", call_id=line.call.id)

    assert line.call.disposition == "2.36"
    assert entry_of(answered).state is EntryState.WAITING
    assert "دوباره" in parts["script"]


def test_the_length_of_the_conversation_runs_on_until_the_line_is_down(desk, answered, go_through, line):
    response_id = go_through()

    parts = desk.act("finish", response_id=response_id)

    assert f'data-since="{int(line.call.connected_at.timestamp() * 1000)}"' in parts["script"]


def test_who_asks_for_it_is_put_on_the_do_not_call_list(desk, answered, line):
    parts = desk.act("outcome/do_not_call", call_id=line.call.id)

    assert db.session.query(DoNotCall).count() == 1
    assert "فهرست «دیگر تماس نگیریم»" in parts["script"]


def test_the_wish_not_to_be_called_holds_after_another_outcome_too(desk, answered, line):
    desk.act("outcome/refusal", call_id=line.call.id)

    desk.act("outcome/do_not_call", call_id=line.call.id)

    assert db.session.query(DoNotCall).count() == 1


def test_the_wish_not_to_be_called_holds_when_somebody_else_has_the_member(desk, answered, line, factories, place):
    call_id = line.call.id
    answered.operator_id = factories.operator([place.club]).id
    db.session.commit()

    desk.act("outcome/do_not_call", call_id=call_id)

    assert db.session.query(DoNotCall).count() == 1
    assert entry_of(answered).state is EntryState.LEASED


def test_an_outcome_given_at_the_same_moment_in_two_tabs_is_given_once(desk, answered, line, place):
    as_both_read_it = queries.own_call(place.operator.id, line.call.id)

    outcomes.close(as_both_read_it, code="2.11", now=utcnow())
    outcomes.close(as_both_read_it, code="2.11", now=utcnow())
    with pytest.raises(AlreadyDisposedError):
        outcomes.close(as_both_read_it, code="1.1", now=utcnow())

    assert line.call.disposition == "2.11"


def test_the_line_may_go_down_while_the_outcome_is_given(desk, answered, line, place):
    still_live = queries.own_call(place.operator.id, line.call.id)
    line.hang_up()

    outcomes.close(still_live, code="2.11", now=utcnow())

    assert line.call.disposition == "2.11"


def test_a_callback_is_kept_for_the_time_the_member_chose(desk, answered, line):
    desk.act("outcome/call_later", call_id=line.call.id, day="tomorrow", time="۱۷:۳۰")

    entry = entry_of(answered)
    assert entry.state is EntryState.WAITING
    assert entry.callback_at == entry.due_at
    assert (entry.callback_at.hour, entry.callback_at.minute) == (14, 0)


def test_a_callback_in_the_past_is_refused_with_what_to_write(desk, answered, line):
    parts = desk.act(
        "outcome/call_later", status=422, call_id=line.call.id, day="other", date="1400/01/01", time="10:00"
    )

    assert "ساعتی بنویسید" in parts["message"]
    assert line.call.disposition is None


def test_a_broken_line_is_called_again_inside_the_same_interview(desk, answered, go_through, line):
    response_id = go_through("staff")
    line.hang_up()
    assert "خط قطع شد" in desk.parts()["script"]

    while_ringing = desk.act("call", entry_id=answered.id)["script"]
    line.answer()
    parts = desk.act("begin", call_id=line.call.id)

    assert "از همان‌جا که بودیم" in while_ringing
    assert "برخورد کارکنان" in parts["script"]
    assert db.session.query(Call).count() == 2
    assert desk.response().id == response_id


def test_a_finished_interview_may_be_saved_after_the_member_hung_up(desk, answered, go_through, line):
    response_id = go_through()
    line.hang_up()

    desk.act("finish", response_id=response_id)

    assert line.call.disposition == "1.1"
    assert entry_of(answered).state is EntryState.CLOSED


def test_the_note_is_kept_for_the_next_caller(desk, answered):
    parts = desk.act("note", entry_id=answered.id, note="عصرها بهتر است")

    assert "عصرها بهتر است" in parts["member"]


def test_nobody_writes_into_an_interview_of_another_operator(desk, answered, factories, go_through, place, sign_in):
    response_id = go_through("price_paid")
    sign_in(desk.client, factories.operator([place.club]))

    parts = desk.act("answer", status=409, value="1", response_id=response_id, question="price_paid")

    assert parts["error"] == "stale_desk"


def test_nobody_writes_into_an_interview_of_another_club(desk, answered, factories, go_through, sign_in):
    response_id = go_through("price_paid")
    sign_in(desk.client, factories.operator([factories.club()]))

    desk.act("answer", status=404, value="1", response_id=response_id, question="price_paid")


def test_an_english_page_is_english_throughout(desk, place, answered, go_through):
    place.operator.language = "en"
    db.session.commit()
    go_through("price_paid")

    parts = desk.parts()

    assert "Hang up" in parts["call"]
    assert "Does not know" in parts["script"]
