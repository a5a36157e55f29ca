from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from callcenter.training import dialogue
from callcenter.training.dialogue import SCALES
from callcenter.training.dialogue import Turn
from callcenter.training.dialogue import is_right
from callcenter.training.dialogue import turn
from callcenter.training.personas import MANNERS
from callcenter.training.personas import Persona
from surveys.interviews.answers import accept
from surveys.interviews.states import AnswerStatus
from surveys.questionnaires import library
from surveys.questionnaires.document import READ_OUT
from surveys.questionnaires.document import Choice
from surveys.questionnaires.document import Kind
from surveys.questionnaires.document import Question

DAY = date(2026, 11, 22)
CHOICES = (
    Choice("tea", {"fa": "چای", "en": "tea"}),
    Choice("cake", {"fa": "کیک", "en": "cake"}),
    Choice("none", {"fa": "هیچ‌کدام", "en": "none"}, is_exclusive=True),
)
WORDS = {Kind.RATING: ("خیلی کم", "کم", "متوسط", "زیاد", "خیلی زیاد"), Kind.EFFORT: ("آسان", "سخت")}


def question(kind):
    labels = {language: WORDS.get(kind, ()) for language in ("fa", "en")}
    text = {"fa": "؟", "en": "?"}
    return Question(f"q_{kind}", kind, text, choices=CHOICES, labels=labels, latest="today", maximum=900_000_000)


@pytest.mark.parametrize("kind", sorted(set(Kind) - READ_OUT))
@pytest.mark.parametrize("persona", list(Persona))
def test_whoever_picks_up_means_something_that_can_be_recorded(persona, kind):
    asked = question(kind)
    for seed in range(30):
        said = turn(persona, asked, "fa", seed=seed, today=DAY)

        value = "هرچه" if kind is Kind.OPEN_TEXT and said.status is AnswerStatus.ANSWERED else said.value
        # An amount is typed in Toman and kept in rial.
        typed = value // 10 if kind is Kind.AMOUNT and value else value
        kept = accept(asked, said.status, typed, today=DAY)
        assert said.value is None or kept.value == said.value
        assert "{" not in said.says + said.again


@pytest.mark.parametrize(
    ("minimum", "maximum"), [(None, None), (50_000_000, None), (50_000_001, 50_000_019), (None, 300), (15, 99)]
)
def test_amounts_are_within_the_bounds_of_the_question(minimum, maximum):
    asked = replace(question(Kind.AMOUNT), minimum=minimum, maximum=maximum)
    said = [turn(Persona.EASY, asked, "fa", seed=seed, today=DAY) for seed in range(30)]

    amounts = {one.value for one in said if one.value is not None}
    assert amounts
    assert {accept(asked, AnswerStatus.ANSWERED, amount // 10, today=DAY).value for amount in amounts} == amounts


def test_a_member_says_the_same_to_the_same_question_and_another_the_next_time():
    asked = question(Kind.RATING)
    said = [turn(Persona.HURRIED, asked, "en", seed=seed, today=DAY) for seed in range(20)]

    assert said == [turn(Persona.HURRIED, asked, "en", seed=seed, today=DAY) for seed in range(20)]
    assert len(set(said)) > 3


def test_the_talkative_are_vague_more_often_than_the_easy_and_on_scales_alone():
    def vague(persona, kind):
        return sum(not turn(persona, question(kind), "fa", seed=seed, today=DAY).is_clear for seed in range(200))

    assert vague(Persona.TALKATIVE, Kind.RATING) > 2 * vague(Persona.EASY, Kind.RATING) > 0
    assert {vague(Persona.TALKATIVE, kind) for kind in set(Kind) - READ_OUT - set(SCALES)} == {0}


@pytest.mark.parametrize(
    ("status", "value", "was_asked_again", "expected"),
    [
        (AnswerStatus.ANSWERED, 4, True, True),
        # Right by luck is not heard.
        (AnswerStatus.ANSWERED, 4, False, False),
        (AnswerStatus.ANSWERED, 3, True, False),
        (AnswerStatus.DONT_KNOW, None, True, False),
        (None, None, True, False),
    ],
)
def test_a_vague_answer_counts_only_after_asking_again(status, value, was_asked_again, expected):
    vague = Turn("It was fine.", "Oh … four.", AnswerStatus.ANSWERED, 4)

    assert is_right(vague, status, value, was_asked_again=was_asked_again) is expected


def test_every_persona_speaks_both_languages_and_one_reply_is_right():
    for persona, manner in MANNERS.items():
        for language in ("fa", "en"):
            choice = dialogue.challenge(persona, language, seed=5)
            assert choice.replies[choice.right] == manner.replies[0][language]
            assert manner.hello[language]
            assert manner.does[language]


@pytest.mark.parametrize("slug", library.slugs())
def test_the_ready_made_surveys_can_be_practised(slug):
    questionnaire = library.load(slug)
    for language in questionnaire.languages:
        for asked in questionnaire.questions:
            assert turn(Persona.ANGRY, asked, language, seed=1, today=DAY).says
