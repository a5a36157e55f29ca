"""The life of a version, and the database that guards a published one."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from config.database import db
from config.database import utcnow
from surveys.questionnaires import library
from surveys.questionnaires import publishing
from surveys.questionnaires import queries
from surveys.questionnaires.errors import NotDraftError
from surveys.questionnaires.errors import NotPublishedError
from surveys.questionnaires.errors import QuestionnaireError
from surveys.questionnaires.errors import VersionNotFoundError
from surveys.questionnaires.models import VersionState
from surveys.questionnaires.reading import from_dict
from tests.surveys.questionnaires.samples import short
from tests.surveys.questionnaires.samples import short_questionnaire
from tests.surveys.questionnaires.samples import texts


@pytest.fixture
def draft(club):
    return publishing.draft(club, slug="visit", questionnaire=short_questionnaire(), now=utcnow())


@pytest.fixture
def published(club, draft):
    publishing.publish(club, draft, now=utcnow())
    db.session.commit()
    return draft


def test_publishing_writes_the_questions_in_their_order(club, published):
    assert list(queries.question_ids(published)) == [one.code for one in short_questionnaire().questions]
    assert queries.version_line(club, published).state is VersionState.PUBLISHED
    assert queries.questionnaire_of(club, published) == short_questionnaire()


def test_only_published_versions_are_offered(club, published):
    second = publishing.revise(club, published, questionnaire=short_questionnaire(), now=utcnow())

    assert [(line.id, line.number) for line in queries.published(club)] == [(published, 1)]
    assert [line.id for line in queries.versions(club)] == [second, published]


def test_a_draft_may_change_and_a_published_version_may_not(club, draft):
    changed = from_dict(short(staff={"text": texts("other")}))
    publishing.change(club, draft, questionnaire=changed)
    publishing.publish(club, draft, now=utcnow())

    assert queries.questionnaire_of(club, draft) == changed
    with pytest.raises(NotDraftError):
        publishing.change(club, draft, questionnaire=short_questionnaire())
    with pytest.raises(NotDraftError):
        publishing.publish(club, draft, now=utcnow())


def test_a_revision_is_a_new_version_of_the_same_survey(club, published):
    revised = publishing.revise(club, published, questionnaire=short_questionnaire(), now=utcnow())

    line = queries.version_line(club, revised)
    assert (line.number, line.state) == (2, VersionState.DRAFT)
    with pytest.raises(NotPublishedError):
        publishing.revise(club, revised, questionnaire=short_questionnaire(), now=utcnow())


def test_a_closed_version_takes_no_new_interviews_and_closing_again_is_harmless(club, published):
    publishing.close(club, published)
    publishing.close(club, published)
    db.session.commit()

    assert queries.version_line(club, published).state is VersionState.CLOSED
    assert queries.published(club) == []


def test_a_draft_cannot_be_closed(club, draft):
    with pytest.raises(NotPublishedError):
        publishing.close(club, draft)


def test_a_draft_may_be_unfinished_but_is_not_published_so(club):
    broken = short_questionnaire()
    broken = type(broken)(broken.title, broken.languages, broken.sections[:-1])
    draft = publishing.draft(club, slug="visit", questionnaire=broken, now=utcnow())

    with pytest.raises(QuestionnaireError, match="end with a question of kind closing"):
        publishing.publish(club, draft, now=utcnow())
    assert queries.published(club) == []


def test_another_clubs_version_does_not_exist_here(factories, published):
    other = factories.club().id

    for act in (
        lambda: publishing.close(other, published),
        lambda: queries.questionnaire_of(other, published),
        lambda: queries.version_line(other, published),
    ):
        with pytest.raises(VersionNotFoundError):
            act()
    assert queries.versions(other) == []


def test_a_ready_made_survey_is_published_once_for_each_club(club, factories):
    first = publishing.publish_ready(club, "recent_visit", now=utcnow())
    again = publishing.publish_ready(club, "recent_visit", now=utcnow())
    elsewhere = publishing.publish_ready(factories.club().id, "recent_visit", now=utcnow())

    assert again == first
    assert elsewhere != first
    assert queries.questionnaire_of(club, first) == library.load("recent_visit")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE survey_versions SET document = '{}' WHERE id = :id",
        "UPDATE survey_versions SET number = 7 WHERE id = :id",
        "UPDATE survey_versions SET state = 'draft' WHERE id = :id",
        "DELETE FROM survey_versions WHERE id = :id",
        "UPDATE version_questions SET kind = 'number' WHERE version_id = :id",
        "DELETE FROM version_questions WHERE version_id = :id",
    ],
)
def test_the_database_refuses_a_change_of_a_published_version(published, statement):
    with pytest.raises(IntegrityError):
        db.session.execute(text(statement), {"id": published})
    db.session.rollback()


def test_the_database_refuses_to_replace_a_published_version(club, published):
    columns = "id, club_id, survey_id, number, state, created_at"
    row = f"survey_versions (document, {columns}) SELECT CAST('{{}}' AS json), {columns} FROM survey_versions"
    replace = {
        "sqlite": f"INSERT OR REPLACE INTO {row.replace('CAST', '').replace(' AS json', '')} WHERE id = :id",
        "postgresql": f"INSERT INTO {row} WHERE id = :id ON CONFLICT (id) DO UPDATE SET document = '{{}}'",
    }

    with pytest.raises(IntegrityError):
        db.session.execute(text(replace[db.engine.dialect.name]), {"id": published})
    db.session.rollback()

    assert queries.questionnaire_of(club, published) == short_questionnaire()


def test_a_survey_is_called_as_its_last_published_wording(club, published):
    renamed = short_questionnaire()
    renamed = type(renamed)(texts("renamed"), renamed.languages, renamed.sections)
    second = publishing.revise(club, published, questionnaire=renamed, now=utcnow())
    assert queries.version_line(club, second).name == texts("title")["fa"]

    publishing.publish(club, second, now=utcnow())

    assert queries.version_line(club, published).name == texts("renamed")["fa"]
