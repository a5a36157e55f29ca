"""XLSForms like those that people publish: what becomes of them, and how a refusal names its place."""

from __future__ import annotations

import pytest

from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Kind
from surveys.questionnaires.xlsform import tongues
from surveys.questionnaires.xlsform.reading import form_of
from surveys.questionnaires.xlsform.sheets import Sheets
from tests.surveys.questionnaires.xlsform.books import read
from tests.surveys.questionnaires.xlsform.books import refused

# A household form of the kind that comes with survey tools: two languages, groups, skip rules, things of the device.
HOUSEHOLD = """
| survey  |                        |              |                                  |                             |          |                                        |                      |                         |            |
|         | type                   | name         | label::English (en)              | label::French (fr)          | required | relevant                               | constraint           | constraint_message      | appearance |
|         | start                  | start        |                                  |                             |          |                                        |                      |                         |            |
|         | deviceid               | deviceid     |                                  |                             |          |                                        |                      |                         |            |
|         | note                   | intro        | Hello, we ask about water.       | Bonjour, il s'agit de l'eau.|          |                                        |                      |                         |            |
|         | select_one yn          | Consent      | Do you agree?                    | Acceptez-vous ?             | yes      |                                        |                      |                         | minimal    |
|         | begin group            | Household    | The household                    | Le menage                   |          | ${Consent} = 'yes'                     |                      |                         |            |
|         | integer                | HH-Size      | How many people live here?       | Combien de personnes ?      | yes      |                                        | . > 0 and . < 31     | From 1 to 30            |            |
|         | select_one source      | source       | Where does the water come from?  | D'ou vient l'eau ?          | yes      |                                        |                      |                         |            |
|         | text                   | source_other | Which other source?              | Quelle autre source ?       |          | ${source} = '96'                       |                      |                         |            |
|         | begin group            | use          | Use                              | Usage                       |          |                                        |                      |                         |            |
|         | select_multiple usage  | usage        | What is it used for?             | Pour quel usage ?           |          | ${source} != '3' and ${HH-Size} >= 2   | not(selected(., 'none') and count-selected(.) > 1) |  |  |
|         | text                   | why          | Why not for drinking?            | Pourquoi ?                  |          | not(${source} = '1') and selected(${usage}, 'wash') | |                 |            |
|         | end group              |              |                                  |                             |          |                                        |                      |                         |            |
|         | end group              |              |                                  |                             |          |                                        |                      |                         |            |
|         | range                  | rate         | From 0 to 10?                    | De 0 a 10 ?                 |          |                                        |                      |                         |            |
|         | note                   | bye          | Thank you.                       | Merci.                      |          |                                        |                      |                         |            |
| choices |                        |              |                                  |                             |          |                                        |                      |                         |            |
|         | list_name              | name         | label::English (en)              | label::French (fr)          |          |                                        |                      |                         |            |
|         | yn                     | yes          | Yes                              | Oui                         |          |                                        |                      |                         |            |
|         | yn                     | no           | No                               | Non                         |          |                                        |                      |                         |            |
|         | source                 | 1            | Tap                              | Robinet                     |          |                                        |                      |                         |            |
|         | source                 | 3            | River                            | Riviere                     |          |                                        |                      |                         |            |
|         | source                 | 96           | Other                            | Autre                       |          |                                        |                      |                         |            |
|         | usage                  | drink        | Drinking                         | Boire                       |          |                                        |                      |                         |            |
|         | usage                  | wash         | Washing                          | Laver                       |          |                                        |                      |                         |            |
|         | usage                  | none         | None                             | Aucun                       |          |                                        |                      |                         |            |
| settings|                        |              |                                  |                             |          |                                        |                      |                         |            |
|         | form_title             | form_id      | default_language                 | style                       |          |                                        |                      |                         |            |
|         | Water Points           | Water Points v2 | English (en)                  | pages                       |          |                                        |                      |                         |            |
"""  # noqa: E501 - a table

HEADINGS = {"survey": ["type", "name", "label"]}
HEAD = (
    "| survey |\n"
    "| | type | name | label | relevant | constraint | required | parameters | hamseda_kind | calculation |\n"
)
LISTS = (
    "| choices |\n| | list_name | name | label |\n| | yn | yes | Yes |\n| | yn | no | No |\n"
    "| | ab | a | A |\n| | ab | b | B |\n"
)


def form(*rows: str, end: str = "| | note | bye | Goodbye |\n", lists: str = LISTS) -> str:
    return HEAD + "".join(f"| | {row} |\n" for row in rows) + end + lists


def test_a_form_of_the_field_becomes_a_questionnaire_in_both_languages():
    found = read(HOUSEHOLD)

    questionnaire = found.questionnaire
    assert found.slug == "water_points_v2"
    assert questionnaire.title == {"en": "Water Points", "fr": "Water Points"}
    assert [(one.code, one.kind) for one in questionnaire.questions] == [
        ("intro", Kind.INTRODUCTION),
        ("consent", Kind.YES_NO),
        ("hh_size", Kind.NUMBER),
        ("source", Kind.CHOICE_ONE),
        ("source_other", Kind.OPEN_TEXT),
        ("usage", Kind.CHOICE_MANY),
        ("why", Kind.OPEN_TEXT),
        ("rate", Kind.NUMBER),
        ("bye", Kind.CLOSING),
    ]
    assert [section.code for section in questionnaire.sections] == ["section_1", "household", "section_3"]


def test_its_rules_bounds_and_marks_are_ours():
    asked = read(HOUSEHOLD).questionnaire.by_code

    told = {code: [(one.question, one.operator, one.value) for one in asked[code].when.conditions] for code in
            ("hh_size", "source_other", "usage", "why")}  # fmt: skip
    assert told == {
        "hh_size": [("consent", "=", "yes")],
        "source_other": [("consent", "=", "yes"), ("source", "=", "c_96")],
        "usage": [("consent", "=", "yes"), ("source", "!=", "c_3"), ("hh_size", ">=", 2)],
        "why": [("consent", "=", "yes"), ("source", "!=", "c_1"), ("usage", "has", "wash")],
    }
    assert (asked["hh_size"].minimum, asked["hh_size"].maximum) == (1, 30)
    assert asked["hh_size"].is_required
    assert not asked["usage"].is_required
    assert [choice.code for choice in asked["usage"].choices if choice.is_exclusive] == ["none"]
    assert (asked["rate"].minimum, asked["rate"].maximum) == (1, 10)


def test_what_is_different_here_is_said():
    remarks = [remark.line() for remark in read(HOUSEHOLD).remarks]

    assert "survey, row 2: start is what a telephone notes by itself; it was left out. Calls note their own times." in (
        remarks
    )
    assert "survey, row 7: The name HH-Size is hh_size here: codes are in small Latin letters and at most 40 long." in (
        remarks
    )
    assert any(one.startswith("survey: The column appearance says how a telephone shows the form") for one in remarks)
    assert "settings, row 2: The setting style was left out." in remarks
    assert "survey, row 11: Here a rule that says “not” holds only when the question was answered." in remarks


def test_a_form_without_languages_is_persian_when_it_is_written_so():
    found = read("| survey |\n| | type | name | label |\n| | text | word | چه می‌گویید؟ |\n| settings |\n"
                 "| | form_title |\n| | حرف |\n")  # fmt: skip

    questionnaire = found.questionnaire
    assert questionnaire.languages == ("fa",)
    assert questionnaire.title == {"fa": "حرف"}
    assert [one.kind for one in questionnaire.questions] == [Kind.OPEN_TEXT, Kind.CLOSING]
    assert questionnaire.questions[-1].text["fa"].startswith("خیلی لطف کردید")
    assert "a short thank-you was added" in found.remarks[-1].line()


def test_our_own_columns_say_what_xlsform_has_no_word_for():
    found = read(
        "| survey |\n"
        "| | type | name | label | hamseda_kind | hamseda_dimension | hamseda_shuffled | hamseda_word_limit |\n"
        "| | begin_group | price | The price | | price | yes | |\n"
        "| | select_one five | paid | What you paid? | rating | | | |\n"
        "| | integer | spent | How much? | amount | | | |\n"
        "| | end_group | | | | | | |\n"
        "| | text | word | A word? | | | | 20 |\n"
        "| | note | bye | Bye | | | | |\n"
        "| choices |\n| | list_name | name | label |\n"
        + "".join(f"| | five | {step} | word {step} |\n" for step in range(1, 6))
    ).questionnaire

    assert (found.sections[0].dimension, found.sections[0].is_shuffled) == (Dimension.PRICE, True)
    assert found.by_code["paid"].labels["en"] == ("word 1", "word 2", "word 3", "word 4", "word 5")
    assert found.by_code["spent"].kind is Kind.AMOUNT
    assert found.by_code["word"].word_limit == 20


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        (form("image | photo | A photo"), "survey, row 2: The type image is not supported"),
        (form("geopoint | place | Where?"), "survey, row 2: The type geopoint is not supported"),
        (form("rank ab | best | Rank them"), "survey, row 2: The type rank ab is not supported"),
        (form("select_one_from_file a.csv | x | Which?"), "survey, row 2: The type select_one_from_file a.csv is not"),
        (form("calculate | sum | | | | | | | 1 + 1"), "survey, row 2: The column calculation is not supported"),
        (form("decimal | weight | How much?"), "survey, row 2: The type decimal is not supported"),
        (form("select_one ab or_other | x | Which?"), "survey, row 2: or_other is not supported"),
        (form("begin repeat | child | Child", "text | n | Name?", "end repeat"), "survey, row 2: Repeated groups"),
        (form("begin group | g | G", "text | n | Name?"), "survey, row 2: The group that begins here does not end"),
        (form("text | n | Name?", "end group"), "survey, row 3: A group ends here that did not begin"),
        (form("text | n | Name?", "text | n | Again?"), "survey, row 3: The name n is used twice"),
        (form("text | | Name?"), "survey, row 2: The name is missing"),
        (form("text | n |"), "survey, row 2: The label is missing"),
        (form("| n | Name?"), "survey, row 2: The type is missing"),
        (form("text | n | Name?", "note | x | Hello ${n}"), "survey, row 3: The text names the answer to another"),
        (form("select_one zz | x | Which?"), "survey, row 2: There is no list zz on the sheet choices"),
        (form("text | n | Name? | ${later} = 1"), "survey, row 2: There is no earlier question later"),
        (form("text | n | Name? | ${n"), "survey, row 2: The expression cannot be read from “${n” on"),
        (form("text | n | Name? | 1 +"), "survey, row 2: The expression cannot be read from “+” on"),
        (form("integer | a | A?", "text | n | N? | ${a} + 1 > 2"), "survey, row 3: The expression cannot be read"),
        (form("integer | a | A?", "text | n | N? | ${a} = 'x'"), "survey, row 3: The answer to a is a number"),
        (form("integer | a | A?", "text | n | N? | ${a} = ''"), "survey, row 3: A rule cannot ask whether a was left"),
        (form("select_one ab | a | A?", "text | n | N? | ${a} = 'c'"), "survey, row 3: c is no choice of a"),
        (form("select_multiple ab | a | A?", "text | n | N? | ${a} = 'a'"), "survey, row 3: a may have several"),
        (
            form("select_multiple ab | a | A?", "text | n | N? | not(selected(${a}, 'a'))"),
            "survey, row 3: That a choice was not among several cannot be a rule",
        ),
        (
            form("integer | a | A?", "text | n | N? | ${a} > 1 and (${a} < 9 or ${a} = 12)"),
            "survey, row 3: The rule mixes and with or",
        ),
        (form("text | n | N? | pulldata('a','b','c','d') = 1"), "survey, row 2: The function pulldata is not"),
        (form("text | n | N? | | regex(., '[a-z]+')"), "survey, row 2: This constraint is not supported"),
        (form("text | n | N? | | . > 3"), "survey, row 2: This constraint is not supported"),
        (form("integer | n | N? | | . != 3"), "survey, row 2: This constraint is not supported"),
        (form("text | n | N? | | | maybe"), "survey, row 2: required is yes or no, not maybe"),
        (form("range | n | N? | | | | start=0 end=1 step=0.1"), "survey, row 2: A range goes from one whole number"),
        (form("select_one ab | n | N? | | | | seed=4"), "survey, row 2: The parameter seed=4 is not supported"),
        (form("select_one ab | n | N? | | | | | rating"), "survey, row 2: A question of kind rating needs the choices"),
        (form("text | n | N? | | | | | rating"), "survey, row 2: A question of kind rating cannot have the type text"),
        (form("text | n | N? | | | | | stars"), "survey, row 2: hamseda_kind has no stars"),
        (form("text | n | Name {x}?"), "survey, row 2: question 'n', text: {x} is unknown"),
        (form("integer | n | N? | | . > 9 and . < 3"), "survey, row 2: question 'n': minimum 10 is above maximum 2"),
        (form("text | n | N?", lists="| choices |\n| | list_name | name | label |\n| | l | a | |\n"), "choices, row 2"),
        ("| survey |\n| | type | label |\n| | text | N? |\n", "survey, row 1: The column name is missing"),
        ("| choices |\n| | list_name | name | label |\n| | l | a | A |\n", "survey: The sheet is missing or empty"),
        ("| survey |\n| | type | name | label::Klingon |\n| | text | n | N? |\n", "survey, row 1: The language of the"),
        ("| survey |\n| | type | name | label::sw |\n| | text | n | N? |\n", "survey: The form must end with a note"),
        ("| survey |\n| | type | name | label |\n| | note | n | Hello. |\n", "sections: write at least one question"),
        (form("text | n | N?") + "| entities |\n| | list_name | label |\n| | trees | x |\n", "entities: This sheet is"),
    ],
)
def test_what_is_not_supported_is_refused_with_sheet_row_and_reason(tables, reason):
    reasons = refused(tables)

    assert [one for one in reasons if one.startswith(reason)], reasons


def test_headings_may_be_in_capitals_or_in_their_long_form():
    found = read(
        "| Survey |\n| | TYPE | Name | LABEL::EN | bind::relevant | bind:jr:constraintMsg | bind::constraint |\n"
        "| | int | age | How old? | | From 1 | . >= 1 |\n| | string | why | Why? | ${age} > 9 | | |\n"
        "| | note | bye | Bye | | | |\n"
    ).questionnaire

    assert (found.by_code["age"].minimum, found.by_code["age"].message) == (1, {"en": "From 1"})
    assert found.by_code["why"].when is not None


def test_all_reasons_are_told_at_once_and_each_once():
    reasons = refused(form("image | photo | A photo", "text | why | Why? | ${photo} != ''", "decimal | w | How much?"))

    assert [one.partition(":")[0] for one in reasons] == ["survey, row 2", "survey, row 4"]


def test_reasons_come_in_the_order_of_the_rows():
    reasons = refused(form("decimal | w | How much?", "note | x | Hello ${w}", "image | p | A photo"))

    assert [one.partition(":")[0] for one in reasons] == ["survey, row 2", "survey, row 3", "survey, row 4"]


def test_a_missing_translation_is_named_at_its_row():
    reasons = refused(
        "| survey |\n| | type | name | label::fa | label::en |\n| | text | a | الف؟ | A? |\n| | text | b | ب؟ | |\n"
        "| | note | bye | خدانگهدار | Bye |\n"
    )

    assert reasons == ["survey, row 3: question 'b', text: the text in 'en' is missing; translate it"]


def test_blanks_without_end_cost_nothing():
    blanks = " " * 3900
    row = {"type": "text", "name": "a", "label": "${" + blanks + "x"}

    book = form_of(Sheets(rows={"survey": [row]}, headings=HEADINGS), "x")

    assert book.questionnaire.by_code["a"].text == {"en": row["label"]}
    assert tongues.parted(f"note{blanks}{blanks}of mine") == ("note_of_mine", None)


@pytest.mark.parametrize("number", ["'inf'", "'nan'", "'1e999'", "9" * 400, "9" * 400 + ".5"])
def test_numbers_that_are_none_are_refused(number):
    (reason,) = refused(form("integer | a | How many? |", f"text | b | Why? | ${{a}} > {number}"))

    assert reason.startswith("survey, row 3: ")


def test_a_bound_that_is_no_number_is_refused():
    assert refused(form(f"integer | a | How many? | | . < {'9' * 400}.5"))[0].startswith("survey, row 2: ")


def test_what_no_database_takes_is_left_out():
    book = form_of(
        Sheets(rows={"survey": [{"type": "text", "name": "a", "label": "كم\x00\ud800؟"}]}, headings=HEADINGS), "x"
    )

    assert book.questionnaire.by_code["a"].text == {"fa": "كم؟"}


def test_a_share_that_is_no_number_is_refused_at_its_place():
    settings = "| settings |\n| | form_id | hamseda_complete_from |\n| | x | most |\n"

    assert refused(form("text | a | Why?") + settings) == [
        "settings, row 2: hamseda_complete_from is a whole number, not most."
    ]


def test_a_word_without_an_end_is_looked_at_once():
    """Rows far beyond what a file may hold: in time by the square of their length this would take an hour."""
    row = {"type": "select_one yn", "name": "a", "label": "A", "parameters": "a" * 300_000}
    choices = [{"list_name": "yn", "name": name, "label": name} for name in ("yes", "no")]

    found = form_of(Sheets({"survey": [row], "choices": choices}, HEADINGS), "form.xlsx")

    assert [question.code for question in found.questionnaire.questions] == ["a", "thanks"]
