"""What the operator sees of an interview."""

from __future__ import annotations

import pytest

from surveys.interviews import interviewing
from surveys.interviews import queries
from surveys.interviews.errors import ResponseNotFoundError
from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Kind
from tests.surveys.interviews.leading import FULL
from tests.surveys.interviews.leading import NOW
from tests.surveys.interviews.leading import give
from tests.surveys.interviews.leading import publish
from tests.surveys.interviews.leading import start
from tests.surveys.questionnaires.samples import document
from tests.surveys.questionnaires.samples import question
from tests.surveys.questionnaires.samples import section
from tests.surveys.questionnaires.samples import short
from tests.surveys.questionnaires.samples import texts

pytestmark = pytest.mark.usefixtures("alone")
CHOICES = [{"code": code, "text": texts(code)} for code in ("tea", "cake", "milk")]
EVERY_KIND = document(
    section(
        "all",
        question("agreed", "yes_no"),
        question("score", "recommend"),
        question("drink", "choice_one", choices=CHOICES),
        question("drinks", "choice_many", choices=CHOICES),
        question("age", "number", minimum=1, maximum=120),
        question("word", "open_text"),
        question("thanks", "closing"),
    )
)


def test_the_first_screen_is_read_out_and_gone_on_from(response):
    screen = queries.screen(response)

    assert (screen.code, screen.kind, screen.text) == ("hello", Kind.INTRODUCTION, "hello به فارسی")
    assert (screen.position, screen.count) == (1, 8)
    assert (screen.wants_answer, screen.choices, screen.dont_know_key, screen.refused_key) == (False, (), "", "")
    assert (screen.can_go_back, screen.can_go_on, screen.is_last, screen.can_complete) == (False, True, False, False)


def test_a_rating_has_a_key_for_each_step_and_for_no_answer(response):
    give(response, hello=None, consent="yes")
    screen = queries.screen(response)

    assert [(one.key, one.value, one.label) for one in screen.choices] == [
        ("1", 1, "یک"),
        ("2", 2, "دو"),
        ("3", 3, "سه"),
        ("4", 4, "چهار"),
        ("5", 5, "پنج"),
    ]
    assert (screen.dont_know_key, screen.refused_key, screen.can_go_on) == ("0", "r", False)
    assert (screen.section, screen.dimension) == ("price به فارسی", Dimension.PRICE)


def test_the_given_answer_is_marked(response):
    give(response, hello=None, consent="yes", price_1=4)
    interviewing.go_back(response, now=NOW)
    screen = queries.screen(response)

    assert (screen.answer.status, screen.answer.value) == ("answered", 4)
    assert [one.value for one in screen.choices if one.is_chosen] == [4]
    assert screen.can_go_on


def test_the_steps_tell_what_is_done_now_and_coming(response):
    give(response, hello=None, consent="yes", price_1=4, price_2="dont_know")

    steps = queries.screen(response).steps

    assert [(step.code, step.state, step.dimension) for step in steps] == [
        ("opening", "done", None),
        ("price", "done", "price"),
        ("service", "now", "service"),
        ("overall", "coming", "overall"),
        ("closing", "coming", None),
    ]


def test_the_last_screen_completes(response):
    give(response, **FULL)
    interviewing.go_on(response, now=NOW)
    screen = queries.screen(response)

    assert (screen.kind, screen.is_last, screen.can_complete, screen.position) == (Kind.CLOSING, True, True, 8)
    assert not screen.can_go_on


def test_a_refused_consent_shows_itself_and_no_end(response):
    give(response, hello=None, consent="no")
    screen = queries.screen(response)

    assert (screen.code, screen.is_refused, screen.is_last, screen.can_complete) == ("consent", True, False, False)
    assert [step.code for step in screen.steps] == ["opening"]


def test_texts_and_hints_are_filled_in_the_language_spoken(club):
    version = publish(
        club, short(hello={"text": texts("{club} {credit}"), "hint": texts("[[{branch}]]")}), slug="filled"
    )
    values = {"club": "لمیز", "operator": "مینا", "credit": {"fa": "۵۰", "en": "50"}, "branch": None}
    response = start(club, version, placeholders=values)

    screen = queries.screen(response)
    assert (screen.text, screen.hint) == ("لمیز ۵۰ به فارسی", "به فارسی")

    interviewing.set_placeholders(interviewing.hold(response), {"credit": {"fa": "۶۰", "en": "60"}, "branch": "ونک"})
    interviewing.set_language(response, "en")
    screen = queries.screen(response)
    assert (screen.text, screen.hint) == ("لمیز 60 in English", "ونک in English")


def test_both_ends_of_a_recommendation_are_named_in_the_language_spoken(club):
    response = start(club, publish(club, EVERY_KIND, slug="kinds"))
    give(response, agreed="yes")

    assert queries.screen(response).ends == ("اصلاً", "خیلی زیاد")

    interviewing.set_language(response, "en")
    assert queries.screen(response).ends == ("not at all", "very likely")


@pytest.mark.parametrize(
    ("code", "keys", "dont_know"),
    [
        ("agreed", ["1", "2"], "0"),
        ("score", ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "-"], "d"),
        ("drink", ["1", "2", "3"], "0"),
        ("drinks", ["1", "2", "3"], "0"),
        ("age", [], ""),
        ("word", [], ""),
    ],
)
def test_every_kind_has_keys_that_do_not_clash(club, code, keys, dont_know):
    response = start(club, publish(club, EVERY_KIND, slug="kinds"))
    answers = {"agreed": "yes", "score": 10, "drink": "tea", "drinks": ["tea", "milk"], "age": 30, "word": "x"}
    give(response, **answers)
    interviewing.go_to(response, code, now=NOW)

    screen = queries.screen(response)

    assert [one.key for one in screen.choices] == keys
    assert screen.dont_know_key == dont_know
    assert len({*keys, screen.dont_know_key, screen.refused_key} - {""}) == len(keys) + 2 * bool(keys)
    chosen = [one.value for one in screen.choices if one.is_chosen]
    assert chosen == (answers[code] if isinstance(answers[code], list) else [answers[code]] if keys else [])
    assert screen.answer.value == answers[code]


def test_a_response_belongs_to_its_club(club, version, factories):
    response = start(club, version, entry_id=7)

    assert queries.of_entry(club, 7).id == response
    assert queries.of_entry(factories.club().id, 7) is None
    assert queries.of_entry(club, 8) is None
    with pytest.raises(ResponseNotFoundError):
        queries.get(factories.club().id, response)


def test_the_answers_so_far_are_told_in_short_words(club):
    response = start(club, publish(club, EVERY_KIND, slug="kinds"))
    give(response, agreed="yes", score=10, drink="refused", drinks=["tea", "milk"], age=30, word="خوب")

    said = queries.screen(response).said

    assert [(one.code, one.status, one.answer) for one in said] == [
        ("agreed", "answered", "بله"),
        ("score", "answered", "10"),
        ("drink", "refused", ""),
        ("drinks", "answered", "tea به فارسی، milk به فارسی"),
        ("age", "answered", "30"),
        ("word", "answered", "خوب"),
    ]
    assert queries.share_answered(response) == pytest.approx(5 / 6)


def test_what_was_only_read_out_or_is_off_the_path_is_no_answer_so_far(response):
    give(response, **FULL | {"overall": 1})
    give(response, wrong="سرد", overall=4)

    said = queries.screen(response).said

    assert [one.code for one in said] == ["consent", "price_1", "price_2", "staff", "overall"]
    assert [one.dimension for one in said] == [None, "price", "price", "service", "overall"]
