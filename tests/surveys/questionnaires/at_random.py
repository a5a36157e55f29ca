"""Random questionnaires that can be asked, of every kind of question, and random answers to them."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from surveys.questionnaires.document import Kind
from surveys.questionnaires.rules import ORDERED
from surveys.questionnaires.rules import WITHOUT_VALUE
from tests.surveys.questionnaires.samples import document
from tests.surveys.questionnaires.samples import question
from tests.surveys.questionnaires.samples import section
from tests.surveys.questionnaires.samples import texts

ENDS = {"fa": ["سخت", "آسان"], "en": ["hard", "easy"]}
CODES = ("tea", "milk", "juice", "none")
KINDS = [kind.value for kind in Kind if kind is not Kind.CLOSING]
READ_OUT = ("introduction", "instruction")
DAYS = st.dates(date(2024, 1, 1), date(2025, 11, 20)).map(date.isoformat)
OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "in", "has", "answered")
VALUES = {
    "consent": st.sampled_from(["yes", "yes", "yes", "no"]),
    "rating": st.integers(1, 5),
    "recommend": st.integers(0, 10),
    "effort": st.integers(1, 7).map(str),
    "yes_no": st.sampled_from(["yes", "no"]),
    "choice_one": st.sampled_from(CODES),
    "choice_many": st.lists(st.sampled_from(CODES[:3]), min_size=1, unique=True) | st.just(["none"]),
    "open_text": st.sampled_from(["خوب", "نه بد نه خوب"]),
    "number": st.integers(0, 9).map(str),
    "amount": st.integers(0, 9_000_000).map("{:,}".format),
    "date": DAYS,
}
FIELDS = {
    "effort": {"labels": ENDS},
    "open_text": {"word_limit": 4, "probes": [texts("probe")]},
    "number": {"minimum": 0, "maximum": 9},
    "amount": {"maximum": 90_000_000},
    "date": {"latest": "today"},
}


@st.composite
def documents(draw):
    """A document that from_dict takes; in a third of the sections the questions come in a random order."""
    sections, asked = [], []
    for place in range(draw(st.integers(1, 3))):
        is_shuffled = draw(st.sampled_from([True, False, False]))
        kinds = [kind for kind in KINDS if not (is_shuffled and kind == "consent")]
        questions = []
        for number in range(draw(st.integers(1, 5))):
            earlier = asked if is_shuffled else [*asked, *questions]
            questions.append(draw(_question(f"q{place}_{number}", kinds, earlier)))
        asked += questions
        sections.append({**section(f"s{place}", *questions), "shuffled": is_shuffled})
    must = question("must", "rating")
    return document(*sections, section("last", must, question("thanks", "closing")))


@st.composite
def _question(draw, code, kinds, earlier):
    kind = draw(st.sampled_from(kinds))
    fields = dict(FIELDS.get(kind, {}))
    if kind.startswith("choice"):
        choices = [{"code": one, "text": texts(one)} for one in CODES]
        choices[-1] |= {"exclusive": True} if kind == "choice_many" else {"fixed": True}
        fields |= {"choices": choices, "shuffled": draw(st.booleans())}
    asked = [one for one in earlier if one["kind"] not in READ_OUT]
    if asked and draw(st.booleans()):
        every = draw(st.sampled_from(["all", "any"]))
        fields["when"] = {every: draw(st.lists(_conditions(asked), min_size=1, max_size=2))}
    return question(code, kind, required=draw(st.booleans()), **fields)


@st.composite
def _conditions(draw, asked):
    about = draw(st.sampled_from(asked))
    has_choices = about["kind"].startswith("choice")
    operator = draw(st.sampled_from([one for one in OPERATORS if not (has_choices and one in ORDERED)]))
    condition = {"question": about["code"], "is": operator}
    if operator in WITHOUT_VALUE:
        return condition
    if operator in ORDERED:
        return {**condition, "value": draw(DAYS if about["kind"] == "date" else st.integers(0, 10))}
    one = st.sampled_from(CODES) if has_choices else st.sampled_from(["yes", "no"]) | st.integers(0, 10)
    return {**condition, "value": draw(st.lists(one, min_size=1, max_size=3) if operator == "in" else one)}


def answers_to(question):
    """Something that is an answer to this question: its status and its value."""
    if not question.wants_answer:
        return st.just(("answered", None))
    given = VALUES[question.kind].map(lambda value: ("answered", value))
    if question.kind is Kind.CONSENT:
        return given
    return st.one_of(given, given, given, st.sampled_from([("dont_know", None), ("refused", None)]))
