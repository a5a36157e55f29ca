"""Findings as sentences in both languages."""

from dataclasses import replace

import pytest

from config.languages import speaking
from surveys.authoring.advising import advice_on
from tests.surveys.questionnaires.samples import short_questionnaire


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("fa", "نظرسنجی به زبان انگلیسی نام ندارد."), ("en", "The survey has no name in English.")],
)
def test_a_finding_names_the_language_as_the_page_does(app, language, sentence):
    nameless = replace(short_questionnaire(), title={"fa": "نام"})

    with speaking(language):
        said = [one.sentence for one in advice_on(nameless)]

    assert sentence in said
