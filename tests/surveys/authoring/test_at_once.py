"""Several managers press the same button in one moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from config.database import begin_writing
from config.database import db
from config.database import utcnow
from surveys.authoring import drafts
from surveys.authoring import listing
from surveys.authoring.errors import DraftThereError
from surveys.questionnaires import library
from surveys.questionnaires import publishing
from surveys.questionnaires.publishing import publish_ready
from tests.support.beside import beside

SURVEY = library.load("clinic")
MANY = 4


@pytest.fixture
def at_once(app, club):
    """Do something in several transactions that begin together; what each of them gave or was refused with."""

    def do(act):
        together = threading.Barrier(MANY)

        def run(_number):
            with app.app_context():
                together.wait(timeout=120)
                begin_writing()
                try:
                    given = act()
                except DraftThereError as error:
                    given = error.code
                db.session.commit()
                return given

        db.session.commit()
        with ThreadPoolExecutor(MANY) as pool:
            return list(pool.map(run, range(MANY)))

    return do


def numbers(club):
    return [version.number for survey in listing.surveys(club) for version in survey.versions]


def test_who_writes_the_next_version_at_once_writes_the_same_one(at_once, club):
    version_id = publish_ready(club, "clinic", now=utcnow())

    begun = at_once(lambda: drafts.revise(club, version_id, now=utcnow()))

    assert len(set(begun)) == 1
    assert numbers(club) == [2, 1]


def test_of_files_given_at_once_as_the_next_version_one_is_taken(at_once, club):
    publish_ready(club, "clinic", now=utcnow())
    survey_id = listing.surveys(club)[0].id

    begun = at_once(lambda: drafts.begin_next(club, survey_id, SURVEY, now=utcnow()))

    assert begun.count("draft_there") == MANY - 1
    assert numbers(club) == [2, 1]


def test_new_surveys_of_one_name_begun_at_once_are_all_there(at_once, club):
    begun = at_once(lambda: drafts.begin(club, SURVEY, now=utcnow()))

    assert len(set(begun)) == MANY
    assert numbers(club) == [1] * MANY


@pytest.mark.parametrize("migrated_app", ["postgresql"], indirect=True)
def test_a_draft_thrown_away_while_the_next_version_comes_leaves_the_survey(app, club):
    version_id = drafts.begin(club, SURVEY, now=utcnow())
    db.session.commit()
    [survey] = listing.surveys(club)

    publishing.draft(club, slug=survey.slug, questionnaire=SURVEY, now=utcnow())
    beside(app, lambda: publishing.discard(club, version_id))

    assert numbers(club) == [2]
