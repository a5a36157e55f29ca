"""Writing in the editor as its page does."""

from __future__ import annotations

from config.database import db
from config.database import utcnow
from surveys.authoring import drafts
from surveys.questionnaires.document import Questionnaire
from tests.surveys.questionnaires.samples import short_questionnaire

JSON = {"Accept": "application/json"}


def draft_of(club_id, questionnaire=None):
    version_id = drafts.begin(club_id, questionnaire or short_questionnaire(), now=utcnow())
    db.session.commit()
    return version_id


def words(club_id, version_id) -> Questionnaire:
    db.session.expire_all()
    return drafts.wording(club_id, version_id).questionnaire


def seen(club_id, version_id, code):
    return drafts.mark_of(words(club_id, version_id).by_code[code])


def marks(club_id, version_id):
    """What the forms of the survey and of its sections have seen."""
    survey = words(club_id, version_id)
    return {"survey": drafts.mark_of(survey)} | {
        f"sections/{section.code}": drafts.mark_of(section) for section in survey.sections
    }


def save(client, version_id, code, **fields):
    return post(client, version_id, f"questions/{code}", **fields)


def post(client, version_id, place, **fields):
    return client.post(f"/surveys/versions/{version_id}/{place}", data=fields, headers=JSON)
