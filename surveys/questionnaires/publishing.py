"""The life of a version: drafted, published (and from then on fixed), revised into the next one, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlalchemy import select

from config.accounts.models import Club
from config.database import db
from surveys.questionnaires import library
from surveys.questionnaires.errors import NotDraftError
from surveys.questionnaires.errors import NotPublishedError
from surveys.questionnaires.errors import SurveyNotFoundError
from surveys.questionnaires.errors import VersionNotFoundError
from surveys.questionnaires.models import Survey
from surveys.questionnaires.models import SurveyVersion
from surveys.questionnaires.models import VersionQuestion
from surveys.questionnaires.models import VersionState
from surveys.questionnaires.reading import from_dict
from surveys.questionnaires.reading import unfinished
from surveys.questionnaires.writing import for_json

if TYPE_CHECKING:
    from datetime import datetime

    from surveys.questionnaires.document import Questionnaire


# Several people may press buttons while the answer to one of them is lost on its way.
MOST_PRESSES = 50


def draft(club_id: int, *, slug: str, questionnaire: Questionnaire, now: datetime) -> int:
    """Write the questionnaire as a new draft of the club's survey `slug`, made if there is none.

    Gives the version's id. A draft may be unfinished: it is checked when it is published.
    """
    lock_names(club_id)
    survey = db.session.scalar(select(Survey).where(Survey.club_id == club_id, Survey.slug == slug))
    if survey is None:
        survey = Survey(club_id=club_id, slug=slug, name=_name(questionnaire) or slug, created_at=now)
        db.session.add(survey)
        db.session.flush()
    return _next_version(survey, questionnaire, now)


def lock_names(club_id: int) -> None:
    """Let nobody else begin a survey of the club until this transaction ends: the names there are stay the same."""
    db.session.execute(select(Club.id).where(Club.id == club_id).with_for_update(key_share=True))


def lock(club_id: int, survey_id: int) -> str:
    """Let nobody else begin a version of a survey until this transaction ends; gives the survey's slug.

    Raises SurveyNotFoundError.
    """
    wanted = select(Survey.slug).where(Survey.id == survey_id, Survey.club_id == club_id)
    slug = db.session.scalar(wanted.with_for_update(key_share=True))
    if slug is None:
        raise SurveyNotFoundError(f"club {club_id} has no survey {survey_id}")
    return slug


def open_draft(club_id: int, version_id: int) -> Questionnaire:
    """The wording of a draft, which nobody else changes until this transaction ends.

    Raises NotDraftError, VersionNotFoundError.
    """
    version = _version(club_id, version_id)
    _ensure_is_draft(version)
    return unfinished(version.document)


def presses(club_id: int, version_id: int) -> dict[str, tuple[str, str]]:
    """The last presses of buttons in a draft's editor, and what was open after each. Raises VersionNotFoundError."""
    return {name: (kind, code) for name, kind, code in _version(club_id, version_id).presses or ()}


def note_press(club_id: int, version_id: int, name: str, opened: tuple[str, str]) -> None:
    """Remember a press, beside the last ones of others. Raises VersionNotFoundError."""
    version = _version(club_id, version_id)
    version.presses = [*(version.presses or ())[1 - MOST_PRESSES :], [name, *opened]]


def discard(club_id: int, version_id: int) -> None:
    """Throw a draft away, and its survey if there is no other version. Raises NotDraftError, VersionNotFoundError."""
    wanted = select(SurveyVersion.survey_id).where(SurveyVersion.id == version_id, SurveyVersion.club_id == club_id)
    survey_id = db.session.scalar(wanted)
    if survey_id is not None:
        # Nobody begins another version while we look whether there is one.
        lock(club_id, survey_id)
    version = _version(club_id, version_id)
    _ensure_is_draft(version)
    survey = db.session.get_one(Survey, version.survey_id)
    db.session.delete(version)
    db.session.flush()
    if db.session.scalar(select(func.count()).where(SurveyVersion.survey_id == survey.id)) == 0:
        db.session.delete(survey)
    db.session.flush()


def change(club_id: int, version_id: int, *, questionnaire: Questionnaire) -> None:
    """Replace the wording of a draft, which may be unfinished. Raises NotDraftError, VersionNotFoundError."""
    version = _version(club_id, version_id)
    _ensure_is_draft(version)
    version.document = for_json(questionnaire)
    if version.number == 1:
        _rename(version, questionnaire)


def publish(club_id: int, version_id: int, *, now: datetime) -> None:
    """Fix a draft for ever and write its questions, so that answers and counts can point to them.

    Raises NotDraftError, QuestionnaireError, VersionNotFoundError.
    """
    version = _version(club_id, version_id)
    _ensure_is_draft(version)
    questionnaire = from_dict(version.document)
    # The questions come first: once the version is published the database refuses to touch either.
    db.session.add_all(_question_rows(version, questionnaire))
    db.session.flush()
    version.state = VersionState.PUBLISHED
    version.published_at = now
    version.presses = None
    _rename(version, questionnaire)
    db.session.flush()


def revise(club_id: int, version_id: int, *, questionnaire: Questionnaire, now: datetime) -> int:
    """A new draft of the same survey after a published or closed version; gives the new version's id.

    Raises NotPublishedError (a draft is changed, not revised), VersionNotFoundError.
    """
    version = _version(club_id, version_id)
    _ensure_is_no_draft(version)
    return _next_version(db.session.get_one(Survey, version.survey_id), questionnaire, now)


def close(club_id: int, version_id: int) -> None:
    """Let a published version take no new interviews; closing it again changes nothing.

    Raises NotPublishedError, VersionNotFoundError.
    """
    version = _version(club_id, version_id)
    _ensure_is_no_draft(version)
    version.state = VersionState.CLOSED


def publish_ready(club_id: int, slug: str, *, now: datetime) -> int:
    """Publish the ready-made survey `slug` for a club and give the version's id.

    Asked again with the same wording it gives the published version there is. Raises ReadySurveyNotFoundError.
    """
    questionnaire = library.load(slug)
    latest = db.session.scalar(
        select(SurveyVersion)
        .join(Survey)
        .where(Survey.club_id == club_id, Survey.slug == slug, SurveyVersion.state == VersionState.PUBLISHED)
        .order_by(SurveyVersion.number.desc())
        .limit(1)
    )
    if latest is not None and latest.document == for_json(questionnaire):
        return latest.id
    version_id = draft(club_id, slug=slug, questionnaire=questionnaire, now=now)
    publish(club_id, version_id, now=now)
    return version_id


def _name(questionnaire: Questionnaire) -> str:
    """The title in the first language that has one; empty when there is none."""
    return next((questionnaire.title[code] for code in questionnaire.languages if questionnaire.title.get(code)), "")


def _rename(version: SurveyVersion, questionnaire: Questionnaire) -> None:
    """A survey is called as the wording that is asked: its first draft's title, then that of the last published."""
    survey = db.session.get_one(Survey, version.survey_id)
    survey.name = _name(questionnaire) or survey.name


def _next_version(survey: Survey, questionnaire: Questionnaire, now: datetime) -> int:
    lock(survey.club_id, survey.id)
    last = db.session.scalar(select(func.max(SurveyVersion.number)).where(SurveyVersion.survey_id == survey.id))
    version = SurveyVersion(
        club_id=survey.club_id,
        survey_id=survey.id,
        number=(last or 0) + 1,
        document=for_json(questionnaire),
        created_at=now,
    )
    db.session.add(version)
    db.session.flush()
    return version.id


def _question_rows(version: SurveyVersion, questionnaire: Questionnaire) -> list[VersionQuestion]:
    return [
        VersionQuestion(
            club_id=version.club_id,
            version_id=version.id,
            position=position,
            code=question.code,
            kind=question.kind.value,
            dimension=questionnaire.section_of[question.code].dimension,
        )
        for position, question in enumerate(questionnaire.questions, 1)
    ]


def _version(club_id: int, version_id: int) -> SurveyVersion:
    version = db.session.scalar(
        select(SurveyVersion).where(SurveyVersion.id == version_id, SurveyVersion.club_id == club_id).with_for_update()
    )
    if version is None:
        raise VersionNotFoundError(f"club {club_id} has no survey version {version_id}")
    return version


def _ensure_is_draft(version: SurveyVersion) -> None:
    if version.state is not VersionState.DRAFT:
        raise NotDraftError(f"survey version {version.id} is {version.state}")


def _ensure_is_no_draft(version: SurveyVersion) -> None:
    if version.state is VersionState.DRAFT:
        raise NotPublishedError(f"survey version {version.id} is a draft")
