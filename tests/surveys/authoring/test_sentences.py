"""Rules as sentences in both languages."""

import pytest

from config.languages import speaking
from surveys.authoring import sentences
from surveys.questionnaires.rules import Condition
from surveys.questionnaires.rules import Every
from surveys.questionnaires.rules import Rule
from tests.surveys.questionnaires.samples import short_questionnaire

SAID = {
    "en": (
        "Asked only if the answer to question 5 (“staff in English”) is at most 2 (two)"
        " and question 6 (“overall in English”) was answered."
    ),
    "fa": (
        "فقط وقتی پرسیده می‌شود که جواب پرسش ۵ («staff به فارسی») حداکثر ۲ (دو) باشد"
        " و به پرسش ۶ («overall به فارسی») جواب داده باشد."
    ),
}


@pytest.mark.parametrize(("language", "expected"), SAID.items(), ids=SAID)
def test_a_rule_is_said_in_the_language_of_the_page(app, language, expected):
    rule = Rule(Every.ALL, (Condition("staff", "<=", 2), Condition("overall", "answered")))

    with speaking(language):
        assert sentences.of_rule(short_questionnaire(), rule) == expected


def test_an_unfinished_condition_has_dots_for_its_value(app):
    rule = Rule(Every.ANY, (Condition("consent", "="), Condition("gone", "answered")))

    with speaking("en"):
        said = sentences.of_rule(short_questionnaire(), rule)

    assert said == (
        "Asked only if the answer to question 2 (“consent in English”) is … or a question that is gone was answered."
    )


def test_what_is_said_to_some_only_is_left_out_of_short_words(app):
    with speaking("en"):
        assert (
            sentences.short({"en": "Good day.[[ Am I speaking with {member}?]] I am {operator}."})
            == "Good day. I am …."
        )
