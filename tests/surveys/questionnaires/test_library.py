"""The ready-made surveys."""

from __future__ import annotations

import pytest

from surveys.questionnaires import library
from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Kind
from surveys.questionnaires.errors import ReadySurveyNotFoundError
from surveys.questionnaires.texts import fill


@pytest.mark.parametrize("slug", library.slugs())
def test_every_ready_made_survey_can_be_asked_in_persian_and_english(slug):
    questionnaire = library.load(slug)

    assert questionnaire.languages == ("fa", "en")


def test_the_survey_of_a_visit_asks_for_price_quality_service_and_overall():
    questionnaire = library.load("recent_visit")

    rated = {questionnaire.section_of[one.code].dimension for one in questionnaire.questions if one.kind is Kind.RATING}
    assert rated == set(Dimension)
    assert questionnaire.questions[0].kind is Kind.INTRODUCTION
    assert questionnaire.questions[1].kind is Kind.CONSENT
    assert len([one for one in questionnaire.questions if one.when is None]) == 11


@pytest.mark.parametrize("language", ["fa", "en"])
def test_no_credit_is_promised_when_there_is_none(language):
    closing = library.load("recent_visit").questions[-1].text[language]

    assert "23,000" in fill(closing, {"club": "لمیز", "credit": "23,000"})
    assert len(fill(closing, {"club": "لمیز"})) < 90


def test_an_unknown_survey_is_refused_by_name():
    with pytest.raises(ReadySurveyNotFoundError, match="no ready-made survey 'nothing'; there are recent_visit"):
        library.load("nothing")
