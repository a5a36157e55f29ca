"""What is written is read back without loss, and pyxform, which other tools use, has nothing against it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings

from surveys.questionnaires import library
from surveys.questionnaires.errors import QuestionnaireError
from surveys.questionnaires.reading import from_dict
from surveys.questionnaires.reading import unfinished
from surveys.questionnaires.xlsform import cells
from surveys.questionnaires.xlsform.reading import form_of
from surveys.questionnaires.xlsform.sheets import of_plain
from surveys.questionnaires.xlsform.writing import workbook_of
from tests.surveys.questionnaires.samples import SHORT
from tests.surveys.questionnaires.samples import question
from tests.surveys.questionnaires.samples import section
from tests.surveys.questionnaires.xlsform.random_documents import documents


def sheets_of(questionnaire):
    return of_plain(cells.plain(workbook_of(questionnaire, slug="short", version=3), ".xlsx"))


@pytest.mark.parametrize("slug", library.slugs())
def test_a_ready_made_survey_comes_back_as_it_was(slug):
    questionnaire = library.load(slug)

    form = form_of(sheets_of(questionnaire), f"{slug}.xlsx")

    assert form.questionnaire == questionnaire
    assert form.remarks == ()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_any_questionnaire_comes_back_as_it_was(document):
    questionnaire = from_dict(document)
    sheets = sheets_of(questionnaire)

    form = form_of(sheets, "x.xlsx")

    assert sheets.problem == ""
    assert form.questionnaire == questionnaire
    assert form.slug == "short"


def test_a_sentence_is_never_a_formula():
    document = {**SHORT, "title": {"fa": "=1+1", "en": "@SUM(A1)"}}

    form = form_of(sheets_of(from_dict(document)), "x.xlsx")

    assert form.questionnaire.title == {"fa": "=1+1", "en": "@SUM(A1)"}


def test_questions_with_the_same_choices_share_a_list():
    sheets = sheets_of(from_dict(SHORT))

    assert {row["list_name"] for row in sheets.rows["choices"]} == {"yes_no", "price_1_list"}


def test_an_unfinished_draft_is_not_written():
    draft = unfinished({**SHORT, "sections": SHORT["sections"][:-1]})

    with pytest.raises(QuestionnaireError, match="end with a question of kind closing"):
        workbook_of(draft, slug="x")


def test_a_group_does_not_take_the_name_of_a_question():
    document = {**SHORT, "sections": [section("hello", question("hello", "yes_no")), SHORT["sections"][-1]]}

    rows = sheets_of(from_dict(document)).rows["survey"]

    assert [(row["type"], row["name"]) for row in rows[:2]] == [
        ("begin_group", "hello_section"),
        ("select_one yes_no", "hello"),
    ]
