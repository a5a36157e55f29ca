"""The path that answers make through a questionnaire."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.interviews.path import Given
from surveys.interviews.path import is_complete
from surveys.interviews.path import is_refused
from surveys.interviews.path import missing_required
from surveys.interviews.path import next_unanswered
from surveys.interviews.path import path_of
from surveys.interviews.path import share_answered
from surveys.interviews.path import values_of
from surveys.questionnaires.checking import problems_of
from surveys.questionnaires.document import Kind
from surveys.questionnaires.document import Question
from surveys.questionnaires.document import Questionnaire
from surveys.questionnaires.document import Section
from surveys.questionnaires.rules import OPERATORS
from surveys.questionnaires.rules import ORDERED
from surveys.questionnaires.rules import Condition
from surveys.questionnaires.rules import Every
from surveys.questionnaires.rules import Rule
from tests.surveys.questionnaires.samples import short_questionnaire

SHORT = short_questionnaire()
EVERYBODY = ("hello", "consent", "price_1", "price_2", "staff", "overall")


def answers(**values):
    return {code: Given(value) for code, value in values.items()}


FULL = answers(hello=True, consent="yes", price_1=4, price_2=3, staff=5, overall=4)


def test_without_answers_the_path_is_what_is_always_asked():
    assert path_of(SHORT, {}) == (*EVERYBODY, "word", "thanks")


def test_a_low_rating_brings_the_question_what_went_wrong():
    assert path_of(SHORT, FULL | answers(overall=2)) == (*EVERYBODY, "wrong", "word", "thanks")


def test_a_refused_consent_ends_the_path_and_is_no_complete_interview():
    refused = answers(hello=True, consent="no", overall=1)

    assert path_of(SHORT, refused) == ("hello", "consent")
    assert is_refused(SHORT, refused)
    assert not is_complete(SHORT, refused)
    assert next_unanswered(SHORT, refused) is None


def test_the_next_question_is_the_first_without_an_answer():
    assert next_unanswered(SHORT, {}) == "hello"
    assert next_unanswered(SHORT, answers(hello=True, consent="yes")) == "price_1"
    assert next_unanswered(SHORT, FULL) == "word"


def test_after_a_passed_optional_question_only_the_closing_is_left():
    assert next_unanswered(SHORT, FULL, after="word") == "thanks"


def test_a_required_question_left_behind_comes_before_the_closing():
    left = {code: one for code, one in FULL.items() if code != "price_2"} | answers(word="x")

    assert next_unanswered(SHORT, left, after="word") == "price_2"
    assert missing_required(SHORT, left) == ("price_2",)
    assert not is_complete(SHORT, left)


def test_an_interview_is_complete_without_its_optional_questions():
    assert is_complete(SHORT, FULL)


def test_an_answer_off_the_path_is_not_seen_by_the_rules():
    chain = _questionnaire(
        Question("a", Kind.NUMBER, {}),
        Question("b", Kind.NUMBER, {}, when=Rule(Every.ALL, (Condition("a", "=", 1),))),
        Question("c", Kind.NUMBER, {}, when=Rule(Every.ALL, (Condition("b", "=", 1),))),
    )

    assert path_of(chain, answers(a=1, b=1)) == ("a", "b", "c", "end")
    assert path_of(chain, answers(a=2, b=1)) == ("a", "end")


@pytest.mark.parametrize(
    ("given_answers", "share"),
    [
        ({}, 0.0),
        (answers(hello=True, consent="yes"), 0.0),
        (answers(consent="yes", price_1=4, price_2=4), 0.4),
        (answers(consent="yes", price_1=4, price_2=4, staff=4, overall=4), 0.8),
        (FULL | {"price_1": Given(None, is_answered=False)}, 0.6),
        (FULL | {"price_1": Given(None)}, 0.8),
        (FULL | answers(overall=1), 4 / 6),
        (FULL | answers(wrong="off the path", word="x"), 1.0),
    ],
    ids=[
        "nothing",
        "consent only",
        "two of five",
        "four of five",
        "a refusal",
        "a don't know",
        "longer path",
        "off path",
    ],
)
def test_the_share_answered_counts_the_questions_on_the_path(given_answers, share):
    assert share_answered(SHORT, given_answers) == pytest.approx(share)


def _questionnaire(*questions):
    section = Section("all", {}, (*questions, Question("end", Kind.CLOSING, {})))
    return Questionnaire({}, (), (section,))


VALUES = (
    st.integers(1, 5) | st.sampled_from(["yes", "no", "tea"]) | st.lists(st.sampled_from(["tea", "cake"]), max_size=2)
)


@st.composite
def _rules(draw, earlier):
    operators = st.sampled_from(sorted(OPERATORS))
    conditions = []
    for code in draw(st.lists(st.sampled_from(earlier), min_size=1, max_size=3)):
        operator = draw(operators)
        conditions.append(Condition(code, operator, draw(st.integers(1, 5) if operator in ORDERED else VALUES)))
    return Rule(draw(st.sampled_from(list(Every))), tuple(conditions))


@st.composite
def questionnaires(draw):
    questions = []
    for number in range(draw(st.integers(1, 12))):
        earlier = [question.code for question in questions if question.wants_answer]
        kind = draw(st.sampled_from([Kind.NUMBER, Kind.NUMBER, Kind.OPEN_TEXT, Kind.INSTRUCTION, Kind.CONSENT]))
        rule = draw(st.none() | _rules(earlier)) if earlier else None
        questions.append(Question(f"q{number}", kind, {}, is_required=draw(st.booleans()), when=rule))
    return _questionnaire(*questions)


GIVEN = st.builds(Given, VALUES) | st.sampled_from([Given(None), Given(None, is_answered=False)])


def _some_answers(questionnaire):
    return st.dictionaries(st.sampled_from([question.code for question in questionnaire.questions]), GIVEN)


@given(st.data())
def test_every_interview_ends_and_never_asks_twice(data):
    questionnaire = data.draw(questionnaires())
    given_answers, asked = {}, []

    while (code := next_unanswered(questionnaire, given_answers)) is not None:
        asked.append(code)
        given_answers[code] = data.draw(GIVEN)

    assert len(asked) == len(set(asked)) <= len(questionnaire.questions)
    assert set(asked) == set(path_of(questionnaire, given_answers))
    assert is_complete(questionnaire, given_answers) or is_refused(questionnaire, given_answers)


@given(st.data())
def test_the_path_keeps_the_order_and_holds_no_question_twice(data):
    questionnaire = data.draw(questionnaires())
    path = path_of(questionnaire, data.draw(_some_answers(questionnaire)))

    order = [question.code for question in questionnaire.questions]
    assert list(path) == sorted(set(path), key=order.index)
    assert path


@given(st.data())
def test_answers_off_the_path_change_nothing(data):
    questionnaire = data.draw(questionnaires())
    kept = data.draw(_some_answers(questionnaire))

    path = path_of(questionnaire, kept)
    counted = {code: answer for code, answer in kept.items() if code in path}

    assert path_of(questionnaire, counted) == path
    assert next_unanswered(questionnaire, counted) == next_unanswered(questionnaire, kept)
    assert share_answered(questionnaire, counted) == share_answered(questionnaire, kept)
    assert is_complete(questionnaire, counted) == is_complete(questionnaire, kept)


@given(st.data())
def test_resuming_asks_the_same_question_whatever_the_order_the_answers_are_read_in(data):
    questionnaire = data.draw(questionnaires())
    given_answers = data.draw(_some_answers(questionnaire))
    after = data.draw(st.none() | st.sampled_from([question.code for question in questionnaire.questions]))

    read_again = dict(data.draw(st.permutations(list(given_answers.items()))))

    assert next_unanswered(questionnaire, read_again, after=after) == next_unanswered(
        questionnaire, given_answers, after=after
    )


@given(st.data())
def test_what_comes_next_is_on_the_path_and_open(data):
    questionnaire = data.draw(questionnaires())
    given_answers = data.draw(_some_answers(questionnaire))
    after = data.draw(st.none() | st.sampled_from([question.code for question in questionnaire.questions]))

    code = next_unanswered(questionnaire, given_answers, after=after)

    assert code is None or (code in path_of(questionnaire, given_answers) and code not in given_answers)


@given(questionnaires())
def test_the_random_questionnaires_only_look_back(questionnaire):
    assert not [problem for problem in problems_of(questionnaire) if "look back" in problem or "unknown" in problem]


@pytest.mark.parametrize(
    ("given_answers", "codes", "values"),
    [
        (FULL, {"price_1", "staff"}, {"price_1": 4, "staff": 5}),
        (answers(hello=True, consent="yes", price_1=4), {"price_1"}, {"price_1": 4}),
        # The staff are asked for later.
        (answers(hello=True, consent="yes", price_1=4), {"price_1", "staff"}, None),
        # A question before it may still lead to another.
        (answers(hello=True, consent="yes", price_1=4, staff=5), {"price_1", "staff"}, None),
        # Asked of nobody who was content.
        (FULL, {"overall", "wrong"}, {"overall": 4}),
        (FULL | answers(overall=2), {"overall", "wrong"}, None),
        (FULL | answers(staff=None), {"staff"}, {"staff": None}),
    ],
)
def test_the_values_of_some_questions_are_known_once_all_of_them_were_asked(given_answers, codes, values):
    assert values_of(SHORT, given_answers, codes) == values
