"""What keeps a survey from being published, and what deserves a second look."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.authoring import acting
from surveys.authoring import starting
from surveys.authoring import timing
from surveys.authoring.reaching import never_asked
from surveys.authoring.review import What
from surveys.authoring.review import findings
from surveys.questionnaires import library
from surveys.questionnaires.checking import problems_of
from surveys.questionnaires.document import Kind
from surveys.questionnaires.reading import unfinished
from tests.surveys.questionnaires.samples import document
from tests.surveys.questionnaires.samples import question
from tests.surveys.questionnaires.samples import section
from tests.surveys.questionnaires.samples import short
from tests.surveys.questionnaires.samples import texts
from tests.surveys.questionnaires.samples import when

EXCLUSIVE = [{"code": code, "text": texts(code), "exclusive": True} for code in ("a", "b")]


def found(**changes):
    return {(one.what, one.question) for one in findings(unfinished(short(**changes)))}


@pytest.mark.parametrize("slug", library.slugs())
def test_a_ready_made_survey_has_nothing_to_mend_and_no_question_that_nobody_hears(slug):
    whats = {one.what for one in findings(library.load(slug))}

    assert not whats - {What.DIMENSION_EMPTY, What.TOO_LONG, What.QUESTION_LONG}


@pytest.mark.parametrize(
    ("what", "code", "changes"),
    [
        (What.TEXT_MISSING, "staff", {"staff": {"text": {"fa": "رفتار"}}}),
        (What.PART_MISSING, "staff", {"staff": {"hint": {"fa": "آرام"}}}),
        (What.PART_MISSING, "staff", {"staff": {"labels": {"fa": list("12345"), "en": ["1", "", "3", "4", "5"]}}}),
        (What.FEW_CHOICES, "staff", {"staff": {"kind": "choice_one", "labels": {}}}),
        (What.BOUNDS_CROSSED, "staff", {"staff": {"kind": "number", "labels": {}, "minimum": 3, "maximum": 2}}),
        (What.BOUNDS_CROSSED, "staff", {"staff": {"kind": "date", "earliest": "2025-02-01", "latest": "2025-01-01"}}),
        (What.ALL_EXCLUSIVE, "staff", {"staff": {"kind": "choice_many", "choices": EXCLUSIVE}}),
        (What.PART_MISSING, "staff", {"staff": {"probes": [{"fa": "یعنی چه؟"}]}}),
        (What.PLACEHOLDER_UNKNOWN, "staff", {"staff": {"text": texts("{name}")}}),
        (What.CLOSING_NOT_LAST, "hello", {"hello": {"kind": "closing"}}),
        (What.CLOSING_NOT_LAST, "thanks", {"thanks": {"when": when("staff", "answered")}}),
        (What.NO_CLOSING, "", {"thanks": {"kind": "instruction"}}),
        (What.RULE_LOOKS_FORWARD, "staff", {"staff": {"when": when("overall", "answered")}}),
        (What.RULE_LOOKS_NOWHERE, "staff", {"staff": {"when": when("hello", "answered")}}),
        (What.RULE_LOOKS_NOWHERE, "staff", {"staff": {"when": when("gone", "answered")}}),
        (What.RULE_UNFINISHED, "staff", {"staff": {"when": when("consent", "=")}}),
        (What.NEVER_ASKED, "staff", {"staff": {"when": when("consent", "=", "no")}}),
        (What.SAME_WORDS, "staff", {"staff": {"text": texts("price_1")}}),
        (What.QUESTION_LONG, "staff", {"staff": {"text": texts("word " * 50)}}),
        (What.DIMENSION_EMPTY, "", {}),
        (What.NO_INTRODUCTION, "", {"hello": {"kind": "instruction"}}),
        (What.NO_CONSENT, "", {"consent": {"kind": "yes_no"}}),
    ],
)
def test_each_mistake_is_found_where_it_is(what, code, changes):
    assert (what, code) in found(**changes)


def test_a_random_order_keeps_rules_and_consent_out():
    survey = unfinished(short(price_2={"when": when("price_1", "answered")}))
    sections = tuple(replace(section, is_shuffled=True) for section in survey.sections)
    whats = {(one.what, one.question) for one in findings(replace(survey, sections=sections))}

    assert {(What.RULE_SHUFFLED, "price_2"), (What.CONSENT_SHUFFLED, "consent")} <= whats


def test_what_keeps_from_publishing_comes_first():
    kinds = [one.is_advice for one in findings(unfinished(short(staff={"text": {"fa": "رفتار"}})))]

    assert kinds == sorted(kinds)
    assert kinds[0] is False


@given(
    st.lists(
        st.tuples(
            st.integers(0, 8),
            st.sampled_from(["up", "down", "remove", "duplicate", "add-section", *(f"add:{kind}" for kind in Kind)]),
        ),
        max_size=12,
    )
)
def test_a_draft_without_must_findings_can_be_published(acts):
    survey = unfinished(short())
    for place, do in acts:
        if not survey.questions:
            break
        code = survey.questions[place % len(survey.questions)].code
        survey, _open = acting.act(survey, ("question", code), do)

    mended = all(one.is_advice for one in findings(survey))

    assert mended == (problems_of(survey) == [])


CAFE = document(
    section(
        "all",
        question("consent", "consent"),
        question("came", "choice_one", choices=[{"code": c, "text": texts(c)} for c in ("in", "out", "home")]),
        question("wait", "rating", when=when("came", "=", "in")),
        question("why", "open_text", when=when("wait", "<=", 2)),
        question("times", "number", minimum=1, maximum=9),
        question("last", "yes_no"),
        question("end", "closing"),
    )
)


@pytest.mark.parametrize(
    ("rule", "is_reached"),
    [
        (when("came", "!=", "in"), True),
        ({"all": [when("came", "=", "in")["all"][0], when("came", "=", "out")["all"][0]]}, False),
        ({"any": [when("came", "=", "in")["all"][0], when("came", "=", "out")["all"][0]]}, True),
        ({"all": [when("wait", "answered")["all"][0], when("came", "=", "home")["all"][0]]}, False),
        ({"all": [when("why", "answered")["all"][0], when("wait", ">", 2)["all"][0]]}, False),
        ({"all": [when("why", "answered")["all"][0], when("wait", "!=", 1)["all"][0]]}, True),
        (when("wait", ">", 5), False),
        (when("wait", "in", [7, 8]), False),
        (when("times", ">", 9), False),
        (when("times", ">=", 9), True),
        (when("consent", "=", "no"), False),
        ({"any": [when("consent", "=", "no")["all"][0], when("times", "=", 5)["all"][0]]}, True),
    ],
)
def test_a_question_is_never_asked_when_no_answers_lead_to_it(rule, is_reached):
    survey = unfinished(CAFE)
    asked = unfinished({**CAFE, "sections": [{**CAFE["sections"][0], "questions": [
        {**one, "when": rule} if one["code"] == "last" else one for one in CAFE["sections"][0]["questions"]
    ]}]})  # fmt: skip

    assert never_asked(survey) == []
    assert never_asked(asked) == ([] if is_reached else ["last"])


def test_a_chain_of_sixty_branching_rules_is_looked_through_at_once():
    asked = [question("q0", "yes_no")]
    for n in range(1, 60):
        rule = {"any": [when(f"q{m}", "=", "yes")["all"][0] for m in range(n)]}
        asked.append(question(f"q{n}", "yes_no", when=rule))

    assert never_asked(unfinished(document(section("all", *asked)))) == []


def test_a_survey_of_the_usual_length_takes_some_minutes():
    minutes = timing.minutes_of(library.load("recent_visit"))

    assert 2 < minutes < 5


def test_the_pace_of_past_interviews_corrects_the_estimate_within_bounds():
    assert timing.pace_of([(6.0, 4.0)] * 4) == 1.0
    assert timing.pace_of([(6.0, 4.0)] * 5) == 1.5
    assert timing.pace_of([(60.0, 4.0)] * 9) == timing.SLOWEST


def test_a_blank_survey_says_what_is_still_missing():
    blank = starting.blank("کافه", ("fa", "en"))

    whats = {one.what for one in findings(blank)}
    assert What.TITLE_MISSING in whats
    assert What.DIMENSION_EMPTY in whats
    assert What.SECTION_EMPTY in whats
    assert What.NO_CLOSING not in whats
    named = replace(blank, title={"fa": "کافه", "en": "Café"})
    assert all(one.is_advice for one in findings(named)) == (problems_of(named) == [])
