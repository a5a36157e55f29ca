"""Surveys as spreadsheets in a manager's browser: taken over, refused with reasons, written again."""

from __future__ import annotations

import io

import pytest

from config.accounts.access import Role
from config.database import db
from config.database import utcnow
from surveys.authoring import drafts
from surveys.authoring import listing
from surveys.questionnaires import library
from surveys.questionnaires import queries
from surveys.questionnaires.models import VersionState
from surveys.questionnaires.publishing import publish_ready
from surveys.questionnaires.xlsform import cells
from surveys.questionnaires.xlsform import file
from surveys.questionnaires.xlsform import sheets
from surveys.questionnaires.xlsform.reading import form_of
from surveys.questionnaires.xlsform.writing import workbook_of
from tests.surveys.questionnaires.xlsform.books import SMALL
from tests.surveys.questionnaires.xlsform.books import xlsx

CLINIC = workbook_of(library.load("clinic"), slug="clinic")


@pytest.fixture
def club(client, factories, sign_in):
    of = factories.club()
    sign_in(client, factories.user(Role.MANAGER, [of], language="fa"))
    return of.id


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    """The process of its own has its own test."""
    monkeypatch.setattr(
        file.apart, "read", lambda data, name: sheets.of_plain(cells.plain(data, sheets.suffix_of(data, name)))
    )


def give(client, data, name="form.xlsx", **fields):
    return client.post("/surveys/xlsform", data={"file": (io.BytesIO(data), name), **fields})


def test_a_form_becomes_the_draft_of_a_new_survey(client, club):
    answer = give(client, CLINIC)

    (line,) = queries.versions(club)
    assert answer.location == f"/surveys/versions/{line.id}/check"
    assert (line.name, line.number, line.state) == ("درمانگاه و مطب", 1, VersionState.DRAFT)
    assert queries.questionnaire_of(club, line.id) == library.load("clinic")


def test_or_the_next_version_of_one_that_has_no_draft(client, club):
    publish_ready(club, "clinic", now=utcnow())
    db.session.commit()
    survey_id = listing.surveys(club)[0].id

    give(client, CLINIC, survey=survey_id)
    again = give(client, CLINIC, survey=survey_id)

    assert [line.number for line in queries.versions(club)] == [2, 1]
    assert again.status_code == 409
    assert "پیش‌نویس دارد" in again.text


def test_every_reason_against_a_form_is_read_in_the_language_of_the_page(client, club):
    bad = xlsx(survey=[*SMALL["survey"][:2], ["image", "photo", "A photo"], ["decimal", "weight", "How much?"]])

    answer = give(client, bad, "بد.xlsx")

    assert answer.status_code == 422
    assert "نوع image پشتیبانی نمی‌شود" in answer.text
    assert "نوع decimal پشتیبانی نمی‌شود" in answer.text
    assert queries.versions(club) == []


def test_what_is_different_here_is_said_beside_the_draft(client, club):
    answer = give(client, xlsx(survey=SMALL["survey"][:2]))

    assert answer.status_code == 200
    assert "تشکری کوتاه" in answer.text
    assert len(queries.versions(club)) == 1


def test_a_form_that_lacks_a_translation_is_a_draft_to_be_finished(client, club):
    rows = [["type", "name", "label::fa", "label::en"], ["text", "a", "الف؟", "A?"], ["note", "bye", "خدانگهدار", ""]]

    answer = give(client, xlsx(survey=rows))

    assert answer.status_code == 302
    assert "bye" not in drafts.wording(club, queries.versions(club)[0].id).questionnaire.by_code["bye"].text


@pytest.mark.parametrize(
    ("data", "name"), [(b"", ""), (b"", "a.xlsx"), (b"no workbook", "a.xlsx"), (b"%PDF", "a.pdf"), (b"a,b", "a.csv")]
)
def test_what_is_no_form_is_refused(client, club, data, name):
    assert give(client, data, name).status_code == 422


def test_a_version_is_downloaded_as_a_workbook(client, club):
    version_id = publish_ready(club, "clinic", now=utcnow())
    db.session.commit()

    answer = client.get(f"/surveys/versions/{version_id}/xlsform")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="clinic-1.xlsx"'
    found = form_of(sheets.of_plain(cells.plain(answer.data, ".xlsx")), "x.xlsx")
    assert found.questionnaire == library.load("clinic")


def test_an_unfinished_draft_shows_what_is_to_be_mended_instead(client, club):
    client.post("/surveys", data={"title": "تازه", "from": "", "languages": ["fa", "en"]})
    version_id = queries.versions(club)[0].id

    answer = client.get(f"/surveys/versions/{version_id}/xlsform")

    assert answer.location == f"/surveys/versions/{version_id}/check"


def test_another_clubs_version_is_not_there(client, club, factories):
    foreign = publish_ready(factories.club().id, "clinic", now=utcnow())
    db.session.commit()

    assert client.get(f"/surveys/versions/{foreign}/xlsform").status_code == 404
