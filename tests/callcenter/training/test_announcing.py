from __future__ import annotations

import pytest

from callcenter.training import rules
from config.accounts.access import Role
from config.database import utcnow
from surveys.questionnaires import publishing
from surveys.questionnaires import queries as surveys
from surveys.questionnaires.reading import from_dict
from surveys.questionnaires.writing import for_json


@pytest.fixture
def draft(club, version):
    """A draft of the next version with other words for the first question: its id."""
    document = for_json(surveys.questionnaire_of(club.id, version))
    document["sections"][0]["questions"][0]["text"] = {"fa": "سلام. شروع کنیم؟", "en": "Hello. Shall we begin?"}
    return publishing.revise(club.id, version, questionnaire=from_dict(document), now=utcnow())


@pytest.mark.parametrize(("percent", "sentence"), [(0, "operators need a refresher"), (100, "certificates count on")])
def test_the_manager_reads_what_publishing_means_for_certificates(
    client, sign_in, factories, club, draft, percent, sentence
):
    rules.save(club.id, rules.Rules(change_percent=percent))
    sign_in(client, factories.user(Role.MANAGER, [club], language="en"))

    page = client.get(f"/surveys/versions/{draft}/check").text

    assert "of the words read aloud are new against version 1" in page
    assert sentence in page


def test_a_first_version_and_a_published_one_mean_nothing_new(client, sign_in, factories, club, version):
    first = publishing.draft(
        club.id, slug="other", questionnaire=surveys.questionnaire_of(club.id, version), now=utcnow()
    )
    sign_in(client, factories.user(Role.MANAGER, [club], language="en"))

    for one in (first, version):
        assert "words read aloud are new" not in client.get(f"/surveys/versions/{one}/check").text
