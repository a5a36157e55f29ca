"""Every kind of question on the desk: how it is asked, what may be typed, what is said when it is not."""

from __future__ import annotations

from random import Random
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from callcenter.integrity import thresholds
from callcenter.simulation.caller import PARTS
from callcenter.simulation.conduct import Conduct
from callcenter.simulation.reading import read
from club.credit import queries as credit
from club.credit.models import Offer
from config.database import db
from config.database import utcnow
from surveys.interviews.models import Answer
from surveys.interviews.states import ResponseState
from surveys.questionnaires import publishing
from surveys.questionnaires.reading import from_dict
from tests.surveys.questionnaires.samples import document
from tests.surveys.questionnaires.samples import question
from tests.surveys.questionnaires.samples import section
from tests.surveys.questionnaires.samples import texts

TWO = [{"code": "tea", "text": texts("tea")}, {"code": "cake", "text": texts("cake")}]
NONE = {"code": "none", "text": {"fa": "هیچ‌کدام، {first_name} جان", "en": "None"}, "exclusive": True}
OWN = {"fa": "سال تولد را بپرسید.", "en": "Ask for the year of birth."}
SURVEY = document(
    section(
        "one",
        question("hello", "introduction"),
        question("effort", "effort", labels={"fa": ["خیلی سخت", "خیلی آسان"], "en": ["hard", "easy"]}),
        question("paid", "amount", minimum=10_000),
        question("since", "date", latest="today"),
        question("liked", "choice_many", choices=[*TWO, NONE], probes=[{"fa": "دیگر چه؟", "en": "What else?"}]),
        question("age", "number", minimum=10, maximum=99, message=OWN, required=False),
        question("why", "open_text", word_limit=3),
    ),
    section("closing", question("thanks", "closing")),
    complete_from=80,
)


@pytest.fixture
def place(factories):
    club = factories.club()
    version_id = publishing.draft(club.id, slug="kinds", questionnaire=from_dict(SURVEY), now=utcnow())
    publishing.publish(club.id, version_id, now=utcnow())
    operator = factories.operator([club])
    operator.language = "fa"
    db.session.add(Offer(club_id=club.id, name="هدیه", amount_rial=230_000))
    # These tests answer quicker than anybody can read.
    thresholds.save(club.id, thresholds.OFF)
    db.session.commit()
    return SimpleNamespace(club=club, operator=operator, campaign=factories.campaign(club, version_id=version_id))


@pytest.fixture
def asked(desk, answered):
    """Gives an answer to the question on the screen; with `then` the next one is shown."""
    response_id = desk.response().id
    desk.act("next", response_id=response_id, question="hello")

    def give(code, value, *, status=200, then=False, action="answer"):
        form = {"response_id": response_id, "question": code}
        reply = desk.act(action, status=status, value=value, **form)
        return desk.act("next", **form) if then else reply

    return give


def kept():
    db.session.rollback()
    return list(db.session.scalars(select(Answer.value).order_by(Answer.id)))[1:]


def test_each_kind_is_asked_kept_and_read_back(desk, asked):
    effort = desk.parts()["script"]
    paid = asked("effort", "6", then=True)["script"]
    since = asked("paid", "۱۲۰٬۰۰۰", then=True)["script"]
    liked = asked("since", "۱۴۰۴/۰۸/۳۰", then=True)["script"]

    assert effort.count('role="radio"') == 7
    assert "خیلی سخت" in effort
    assert "خیلی آسان" in effort
    assert "مبلغ به تومان، دست‌کم ۱٬۰۰۰." in paid
    assert "تاریخ، مثل ۱۴۰۴/۰۸/۳۰، نه دیرتر از امروز." in since
    assert "دیگر چه؟" in liked
    assert "هیچ‌کدام، سارا جان" in liked
    for read_back in (">۶</b>", ">۱۲۰٬۰۰۰ تومان</b>", ">۳۰ آبان ۱۴۰۴</b>"):
        assert read_back in liked
    assert kept() == [6, 1_200_000, "2025-11-21"]


def test_what_is_chosen_alone_takes_the_place_of_the_others_and_they_its(asked):
    for code, value in (("effort", "6"), ("paid", "1000"), ("since", "2025-11-21")):
        asked(code, value, then=True)

    chosen = [asked("liked", value, action="choose").get("chosen") for value in ("tea", "cake", "none", "tea")]

    assert chosen == [["tea"], ["tea", "cake"], ["none"], ["tea"]]


@pytest.mark.parametrize(
    ("code", "value", "sentence"),
    [
        ("effort", "8", "این پاسخِ پرسش روی صفحه نیست."),
        ("paid", "900", "این ثبت نشد. مبلغ به تومان، دست‌کم ۱٬۰۰۰."),
        ("since", "1500/01/01", "این ثبت نشد. تاریخ، مثل ۱۴۰۴/۰۸/۳۰، نه دیرتر از امروز."),
        ("age", "7", OWN["fa"]),
        ("why", "خیلی خیلی خوب بود", "این ثبت نشد. حداکثر ۳ کلمه."),
    ],
)
def test_a_refusal_says_what_would_be_an_answer(asked, code, value, sentence):
    reply = asked(code, value, status=422)

    assert reply["message"] == sentence
    assert kept() == []


@pytest.mark.parametrize(("outcome", "code", "balance"), [("cut_off", "1.1", 230_000), ("wrong_number", "3.90", 0)])
def test_where_the_survey_says_so_a_talk_that_was_long_enough_is_complete(
    desk, asked, answered, line, place, outcome, code, balance
):
    for question_code, value in (("effort", "6"), ("paid", "1000"), ("since", "2025-11-21")):
        asked(question_code, value, then=True)
    asked("liked", "tea", action="choose")
    asked("age", "40")

    desk.act(f"outcome/{outcome}", call_id=line.call.id)

    db.session.rollback()
    assert line.call.disposition == code
    assert credit.balance(place.club.id, answered.member_id) == balance
    assert desk.response().state is (ResponseState.COMPLETE if balance else ResponseState.PARTIAL)


@pytest.mark.parametrize("seed", range(3))
def test_a_simulated_operator_finds_an_answer_of_each_kind(desk, asked, seed):
    conduct, acts = Conduct(Random(seed), utcnow().date()), []

    while not acts or acts[-1] != "finish":
        act = conduct.next(read("".join(desk.parts()[part] for part in PARTS)), is_leaving=False)
        acts.append(act.action)
        desk.act(act.action, **act.form)

    assert desk.response().state is ResponseState.COMPLETE
    assert len(kept()) == 6
