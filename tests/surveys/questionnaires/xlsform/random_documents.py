"""Questionnaires of every kind, made by chance, in the one form that XLSForm gives back."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from surveys.questionnaires.document import READ_OUT
from surveys.questionnaires.document import Kind

LANGUAGES = ("fa", "en")
# What a person writes: a workbook drops spaces at the ends and cannot hold control characters.
WORDS = st.text(
    st.sampled_from("ابپ یک‌دو abc XYZ 123 ؟،.!'\"=+-@[]<>&\n\u200c"), min_size=1, max_size=40
).map(lambda text: f"x{text}y")  # fmt: skip
LINES = WORDS.map(lambda text: " ".join(text.split()))
TEXTS = st.fixed_dictionaries(dict.fromkeys(LANGUAGES, WORDS))
PROBE = st.fixed_dictionaries(dict.fromkeys(LANGUAGES, LINES))
DAYS = st.dates().map(str)
ASKED = sorted(set(Kind) - READ_OUT)
NUMBERS = st.integers(-1000, 1000)


@st.composite
def documents(draw: Any) -> dict[str, Any]:
    """The plain data of a questionnaire that can be asked."""
    earlier: list[dict[str, Any]] = []
    sections = []
    for number in range(draw(st.integers(1, 3))):
        questions = [draw(question(f"q{number}_{place}", earlier)) for place in range(draw(st.integers(1, 3)))]
        sections.append(
            {
                "code": f"s{number}" if draw(st.booleans()) else f"q{number}_0",
                "dimension": draw(st.sampled_from([None, "price", "quality", "service", "overall"])),
                "title": draw(TEXTS),
                "questions": questions,
            }
        )
        if not any("when" in one or one["kind"] == Kind.CONSENT for one in questions) and draw(st.booleans()):
            sections[-1]["shuffled"] = True
    closing = {"code": "meta", "kind": "closing", "text": draw(TEXTS)}
    asked = {"code": "certain", "kind": "yes_no", "text": draw(TEXTS)}
    sections.append({"code": "end", "title": draw(TEXTS), "questions": [asked, closing]})
    shares = draw(st.sampled_from([{}, {"partial_from": 30}, {"partial_from": 40, "complete_from": 80}]))
    return {"title": draw(TEXTS), "languages": list(LANGUAGES), "sections": sections, **shares}


@st.composite
def question(draw: Any, code: str, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    kind = draw(st.sampled_from([*ASKED, Kind.INSTRUCTION, Kind.INTRODUCTION]))
    one: dict[str, Any] = {"code": code, "kind": kind, "text": draw(TEXTS)}
    if draw(st.booleans()):
        one["hint"] = draw(TEXTS)
    if kind not in READ_OUT:
        one["required"] = draw(st.booleans())
        one["probes"] = draw(st.lists(PROBE, max_size=2))
        one["message"] = draw(st.one_of(st.just({}), TEXTS))
    one |= draw(_OF_KIND.get(kind, st.just({})))
    if earlier and draw(st.booleans()):
        one["when"] = draw(rule(earlier))
    if kind not in READ_OUT:
        earlier.append(one)
    return one


@st.composite
def rule(draw: Any, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    conditions = draw(st.lists(condition(earlier), min_size=1, max_size=3))
    return {"any" if len(conditions) > 1 and draw(st.booleans()) else "all": conditions}


@st.composite
def condition(draw: Any, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    asked = draw(st.sampled_from(earlier))
    operators = ["answered", *_OPERATORS.get(asked["kind"], ["=", "!=", "<", "<=", ">", ">=", "in"])]
    operator = draw(st.sampled_from(operators))
    told = {"question": asked["code"], "is": operator}
    if operator == "answered":
        return told
    value = values(asked)
    return {**told, "value": draw(st.lists(value, min_size=2, max_size=3) if operator == "in" else value)}


def values(asked: dict[str, Any]) -> Any:
    if "choices" in asked:
        return st.sampled_from([choice["code"] for choice in asked["choices"]])
    fixed = {Kind.DATE: DAYS, Kind.OPEN_TEXT: LINES.map(lambda text: text.replace("'", "’").replace('"', "”"))}
    if asked["kind"] in {Kind.YES_NO, Kind.CONSENT}:
        return st.sampled_from(["yes", "no"])
    return fixed.get(asked["kind"], NUMBERS)


_OPERATORS = {
    Kind.CHOICE_MANY: ["has"],
    **dict.fromkeys((Kind.CHOICE_ONE, Kind.YES_NO, Kind.CONSENT, Kind.OPEN_TEXT), ("=", "!=", "in")),
}


@st.composite
def _choices(draw: Any, *, many: bool) -> dict[str, Any]:
    choices: list[dict[str, Any]] = [{"code": f"c{place}", "text": draw(TEXTS)} for place in range(3)]
    if draw(st.booleans()):
        choices[-1]["fixed"] = True
    if many and draw(st.booleans()):
        choices[0]["exclusive"] = True
    return {"choices": choices, **({"shuffled": True} if draw(st.booleans()) else {})}


def _span(values: Any, lowest: str, highest: str) -> Any:
    ends = st.lists(values, min_size=2, max_size=2).map(sorted)
    return ends.flatmap(
        lambda pair: st.sampled_from([{}, {lowest: pair[0]}, {highest: pair[1]}, {lowest: pair[0], highest: pair[1]}])
    )


def _labels(count: int) -> Any:
    return st.fixed_dictionaries(dict.fromkeys(LANGUAGES, st.lists(WORDS, min_size=count, max_size=count))).map(
        lambda labels: {"labels": labels}
    )


_OF_KIND = {
    Kind.CHOICE_ONE: _choices(many=False),
    Kind.CHOICE_MANY: _choices(many=True),
    Kind.NUMBER: _span(NUMBERS, "minimum", "maximum"),
    Kind.AMOUNT: _span(st.integers(0, 10**9), "minimum", "maximum"),
    Kind.DATE: _span(DAYS, "earliest", "latest") | st.just({"latest": "today"}),
    Kind.OPEN_TEXT: st.sampled_from([{}, {"word_limit": 20}]),
    Kind.RATING: _labels(5),
    Kind.EFFORT: _labels(2),
}
