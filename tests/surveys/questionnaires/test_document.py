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


RATED = [question(code, "rating") for code in ("first", "second", "third", "fourth")]


def in_random_order(*questions):
    return document({**section("block", *questions), "shuffled": True}, CLOSING)


def test_every_kind_with_all_it_may_have_is_read_and_written_without_loss():
    full = document(
        section("opening", question("consent", "consent", message=texts("message"))),
        {
            **section(
                "one",
                question("effort", "effort", labels={"fa": ["سخت", "آسان"], "en": ["hard", "easy"]}),
                question("paid", "amount", minimum=10_000, maximum=5_000_000_000, message=texts("message")),
                question("since", "date", earliest="2000-01-01", latest="today"),
                question(
                    "liked",
                    "choice_many",
                    shuffled=True,
                    choices=[
                        *TWO,
                        {"code": "other", "text": texts("other"), "fixed": True},
                        {"code": "none", "text": texts("none"), "exclusive": True},
                    ],
                ),
                question("why", "open_text", word_limit=30, probes=[texts("first"), texts("second")]),
            ),
            "shuffled": True,
        },
        section("two", question("again", "yes_no", when=when("since", "<", "2024-01-01"))),
        CLOSING,
        partial_from=40,
        complete_from=80,
    )

    questionnaire = from_dict(full)

    written = json.loads(json.dumps(for_json(questionnaire)))
    assert from_dict(written) == questionnaire
    assert from_dict(written).by_code["liked"].choices[3].is_exclusive
    kinds = {one.kind for one in questionnaire.questions}
    assert {Kind.EFFORT, Kind.AMOUNT, Kind.DATE} < kinds


def test_a_document_of_the_first_release_is_written_as_it_was():
    written = for_json(from_dict(SHORT))

    assert for_json(from_dict(json.loads(json.dumps(written)))) == written
    keys = {key for part in written["sections"] for one in part["questions"] for key in one}
    assert keys == {"code", "kind", "text", "required", "labels", "when"}
    assert set(written) == {"title", "languages", "sections"}
    assert {key for part in written["sections"] for key in part} == {"code", "dimension", "title", "questions"}


def test_questions_and_choices_are_shuffled_by_the_seed_and_the_fixed_ones_stay():
    drinks = [{"code": code, "text": texts(code)} for code in ("tea", "milk", "juice", "water")]
    drinks.insert(1, {"code": "other", "text": texts("other"), "fixed": True})
    drinks.append({"code": "none", "text": texts("none"), "exclusive": True})
    drink = question("drink", "choice_many", choices=drinks, shuffled=True)
    written = from_dict(in_random_order(question("listen", "instruction"), *RATED, drink))

    def orders(seed):
        arranged = written.arranged(seed)
        asked, choices = arranged.questions, arranged.by_code["drink"].choices
        return tuple(one.code for one in asked), tuple(one.code for one in choices)

    asked = {orders(seed) for seed in range(100)}
    assert orders(7) == orders(7)
    assert len({codes for codes, _choices in asked}) > 50
    assert len({choices for _codes, choices in asked}) > 10
    for codes, choices in asked:
        assert (codes[0], codes[-1], len(set(codes))) == ("listen", "thanks", 7)
        assert (choices[1], choices[-1], len(set(choices))) == ("other", "none", 6)
    assert written.arranged(None) is written
    assert from_dict(SHORT).arranged(7) == from_dict(SHORT)


def test_an_order_is_the_same_in_years():
    questionnaire = from_dict(in_random_order(*RATED))

    assert [one.code for one in questionnaire.arranged(1404).questions] == [
        "second",
        "first",
        "third",
        "fourth",
        "thanks",
    ]


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
        (short(word={"kind": "effort", "labels": {}}), "question 'word', labels: the text in 'fa' is missing"),
        (short(word={"kind": "effort", "labels": LABELS}), "question 'word', labels in 'fa': write 2 words"),
        (short(word={"word_limit": 0}), "question 'word', word_limit: write at least 1"),
        (short(staff={"word_limit": 5}), "question 'staff': a question of kind rating has no word_limit"),
        (short(staff={"latest": "today"}), "question 'staff': a question of kind rating has no latest"),
        (short(staff={"shuffled": True}), "question 'staff': a question of kind rating has no random order"),
        (
            short(hello={"probes": [texts("Really?")]}),
            "question 'hello': a question of kind introduction has no probes",
        ),
        (short(staff={"probes": [{"fa": "چرا؟"}]}), "question 'staff', probe 1: the text in 'en' is missing"),
        (short(staff={"message": {"fa": "نه"}}), "question 'staff', message: the text in 'en' is missing"),
        (short(staff={"probes": [texts("{who}")]}), "question 'staff', probe 1: {who} is unknown"),
        (short(word={"kind": "amount", "minimum": -10}), "question 'word': an amount is never below 0"),
        (
            short(word={"kind": "date", "earliest": "2025-01-02", "latest": "2025-01-01"}),
            "question 'word': earliest 2025-01-02 is after latest 2025-01-01",
        ),
        (
            short(price_1={"kind": "date"}, word={"when": when("price_1", "<", 3)}),
            "'<' compares a date; write a day as 2025-11-21",
        ),
        (
            short(word={"kind": "choice_one", "choices": [TWO[0], TWO[1] | {"exclusive": True}]}),
            "question 'word': only where many can be chosen can a choice be exclusive",
        ),
        (
            short(word={"kind": "choice_many", "choices": [one | {"exclusive": True} for one in TWO]}),
            "question 'word': all its choices are exclusive",
        ),
        (in_random_order(question("consent", "consent"), *RATED), "question 'consent': consent is asked in its place"),
        (
            in_random_order(*RATED, question("why", "open_text", when=when("first", "<=", 2))),
            "question 'why', when: section 'block' has a random order, so 'first' may be asked later",
        ),
        ({**SHORT, "partial_from": 0}, "partial_from: write a share from 1 to 100 per cent, not 0"),
        ({**SHORT, "complete_from": 101}, "complete_from: write a share from 1 to 100 per cent, not 101"),
        ({**SHORT, "complete_from": 40}, "complete_from: 40 is below partial_from 50"),
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
        ([], "the document: write an object with complete_from, languages, partial_from, sections, title"),
        ({**SHORT, "sectoins": []}, "the document: 'sectoins' is unknown"),
        ({**SHORT, "title": "Survey"}, "title: write a text for each language"),
        ({**SHORT, "sections": {}}, "sections: write a list"),
        (document(section("one", dimension="prize")), "section 'one', dimension: 'prize' is unknown; use one of price"),
        (short(staff={"kind": "stars"}), "question 'staff', kind: 'stars' is unknown"),
        (short(staff={"kind": ["rating"]}), "question 'staff', kind: ['rating'] is unknown"),
        (short(staff={"required": "yes"}), "question 'staff', required: write true or false"),
        (short(staff={"minimum": "1"}), "question 'staff', minimum: write a whole number"),
        (short(staff={"shuffled": 1}), "question 'staff', shuffled: write true or false"),
        (short(word={"latest": "1404/08/30"}), "question 'word', latest: write a day as 2025-11-21, or 'today'"),
        (short(word={"latest": "2025-02-30"}), "question 'word', latest: write a day as 2025-11-21, or 'today'"),
        (short(word={"word_limit": "5"}), "question 'word', word_limit: write a whole number"),
        (short(word={"probes": texts("x")}), "question 'word', probes: write a list"),
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
