"""Questionnaires read from plain data: what is taken, and how each fault is named."""

from __future__ import annotations

import json

import pytest

from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Kind
from surveys.questionnaires.errors import QuestionnaireError
from surveys.questionnaires.reading import from_dict
from surveys.questionnaires.writing import for_json
from tests.surveys.questionnaires.samples import LABELS
from tests.surveys.questionnaires.samples import SHORT
from tests.surveys.questionnaires.samples import document
from tests.surveys.questionnaires.samples import question
from tests.surveys.questionnaires.samples import section
from tests.surveys.questionnaires.samples import short
from tests.surveys.questionnaires.samples import texts
from tests.surveys.questionnaires.samples import when

CLOSING = section("closing", question("thanks", "closing"))
TWO = [{"code": "tea", "text": texts("tea")}, {"code": "cake", "text": texts("cake")}]


def test_a_document_is_read_and_written_without_loss():
    full = document(
        section(
            "one",
            question("drink", "choice_one", choices=TWO, hint=texts("hint")),
            question("age", "number", minimum=1, maximum=120, required=False),
            question("why", "open_text", when={"any": [{"question": "drink", "is": "in", "value": ["tea"]}]}),
            question("more", "instruction", when=when("age", "answered")),
            dimension="quality",
        ),
        CLOSING,
    )

    questionnaire = from_dict(full)

    assert from_dict(json.loads(json.dumps(for_json(questionnaire)))) == questionnaire
    assert [one.code for one in questionnaire.questions] == ["drink", "age", "why", "more", "thanks"]
    assert questionnaire.section_of["why"].dimension is Dimension.QUALITY
    assert questionnaire.by_code["age"].kind is Kind.NUMBER
    assert not questionnaire.by_code["age"].is_required


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (short(staff={"when": when("nowhere", "<=", 2)}), "question 'staff', when: there is no question 'nowhere'"),
        (short(staff={"when": when("overall", "<=", 2)}), "a rule can only look back, move 'overall' before it"),
        (short(staff={"when": when("staff", "<=", 2)}), "a rule can only look back, move 'staff' before it"),
        (short(staff={"when": when("hello", "answered")}), "'hello' is only read out and has no answer"),
        (short(staff={"when": when("price_1", "~", 2)}), "'~' is unknown; use one of = != <"),
        (short(staff={"when": when("price_1", "<=", "two")}), "'<=' compares with a number"),
        (short(staff={"when": when("price_1", "=")}), "write the value that '=' compares with"),
        (short(staff={"when": {"all": []}}), "question 'staff', when: write at least one condition"),
        (short(staff={"code": "price_1"}), "question 'price_1': the code is used 2 times"),
        (short(staff={"code": "Staff 1"}), "question 'Staff 1': write the code in small Latin letters"),
        (short(staff={"text": {"fa": "کارکنان"}}), "question 'staff', text: the text in 'en' is missing"),
        (short(staff={"text": texts("a") | {"de": "b"}}), "question 'staff', text: 'de' is not a language"),
        (
            short(staff={"text": texts("Hello {memebr}")}),
            "question 'staff', text: {memebr} is unknown; use one of member",
        ),
        (short(staff={"labels": LABELS | {"en": ["one"]}}), "question 'staff', labels in 'en': write 5 words"),
        (short(staff={"labels": {}}), "question 'staff', labels: the text in 'fa' is missing"),
        (short(staff={"choices": TWO}), "question 'staff': a question of kind rating has no choices"),
        (short(staff={"kind": "choice_one", "choices": TWO[:1]}), "question 'staff': write at least two choices"),
        (
            short(word={"kind": "choice_one", "choices": [TWO[0]] * 2}),
            "question 'word', choice 'tea': the code is used 2",
        ),
        (short(word={"kind": "number", "minimum": 5, "maximum": 1}), "question 'word': minimum 5 is above maximum 1"),
        (short(word={"kind": "closing"}), "question 'word': a closing is always read, and last"),
        (short(thanks={"when": when("overall", ">", 1)}), "question 'thanks': a closing is always read, and last"),
        (short(thanks={"kind": "instruction"}), "question 'thanks': it is the last one; end with"),
        (document(CLOSING), "sections: write at least one question that wants an answer"),
        (document(*SHORT["sections"], languages=[]), "languages: name at least one language"),
        (
            document(
                section(
                    "one",
                    question("drink", "choice_one", choices=TWO),
                    question("why", "open_text", when=when("drink", "=", "milk")),
                ),
                CLOSING,
            ),
            "'milk' is no choice of 'drink'; use one of tea, cake",
        ),
    ],
)
def test_a_questionnaire_that_cannot_be_asked_is_refused_with_place_and_mend(data, sentence):
    with pytest.raises(QuestionnaireError) as refused:
        from_dict(data)

    assert any(sentence in problem for problem in refused.value.problems), refused.value.problems


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "the document: write an object with languages, sections, title"),
        ({**SHORT, "sectoins": []}, "the document: 'sectoins' is unknown"),
        ({**SHORT, "title": "Survey"}, "title: write a text for each language"),
        ({**SHORT, "sections": {}}, "sections: write a list"),
        (document(section("one", dimension="prize")), "section 'one', dimension: 'prize' is unknown; use one of price"),
        (short(staff={"kind": "stars"}), "question 'staff', kind: 'stars' is unknown"),
        (short(staff={"kind": ["rating"]}), "question 'staff', kind: ['rating'] is unknown"),
        (short(staff={"required": "yes"}), "question 'staff', required: write true or false"),
        (short(staff={"minimum": "1"}), "question 'staff', minimum: write a whole number"),
        (short(staff={"text": {"fa": " ", "en": "x"}}), "question 'staff', text in fa: write a text that is not empty"),
        (short(staff={"labels": []}), "question 'staff', labels: write a list of words for each language"),
        (short(staff={"when": {"none": []}}), "question 'staff', when: write {\"all\": [conditions]}"),
        (short(staff={"code": ""}), "section 'service', question 1, code: write a text that is not empty"),
    ],
)
def test_a_malformed_document_is_refused_with_place_and_mend(data, sentence):
    with pytest.raises(QuestionnaireError) as refused:
        from_dict(data)

    assert sentence in refused.value.problems[0]


def test_all_faults_are_told_at_once():
    faulty = short(staff={"text": {"fa": "کارکنان"}}, overall={"when": when("word", "answered")})

    with pytest.raises(QuestionnaireError) as refused:
        from_dict(faulty)

    assert len(refused.value.problems) == 2
    assert str(refused.value) == "; ".join(refused.value.problems)
