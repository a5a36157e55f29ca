"""What other rooms may know of surveys."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import Text
from sqlalchemy import cast
from sqlalchemy import select

from config.database import db
from config.kept import kept
from surveys.questionnaires.errors import VersionNotFoundError
from surveys.questionnaires.models import Survey
from surveys.questionnaires.models import SurveyVersion
from surveys.questionnaires.models import VersionQuestion
from surveys.questionnaires.models import VersionState
from surveys.questionnaires.reading import from_dict

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy import Select

    from surveys.questionnaires.document import Questionnaire


@dataclass(frozen=True)
class VersionLine:
    """A version in a list: its survey with the name, and the version's number."""

    id: int
    name: str
    number: int
    state: VersionState
    survey_id: int
    published_at: datetime | None


def versions(club_id: int) -> list[VersionLine]:
    """All versions of the club's surveys, by survey and newest first."""
    return [_line(row) for row in db.session.execute(_lines(club_id))]


def versions_of(club_id: int, survey_id: int) -> list[VersionLine]:
    """All versions of one survey, newest first."""
    return [_line(row) for row in db.session.execute(_lines(club_id).where(SurveyVersion.survey_id == survey_id))]


def published(club_id: int) -> list[VersionLine]:
    """The versions that take interviews, by survey and newest first."""
    rows = db.session.execute(_lines(club_id).where(SurveyVersion.state == VersionState.PUBLISHED))
    return [_line(row) for row in rows]


def issued(club_id: int) -> list[VersionLine]:
    """The versions that were ever published, closed ones too, by survey and newest first."""
    rows = db.session.execute(_lines(club_id).where(SurveyVersion.state != VersionState.DRAFT))
    return [_line(row) for row in rows]


def version_line(club_id: int, version_id: int) -> VersionLine:
    """One version. Raises VersionNotFoundError."""
    row = db.session.execute(_lines(club_id).where(SurveyVersion.id == version_id)).one_or_none()
    if row is None:
        raise VersionNotFoundError(f"club {club_id} has no survey version {version_id}")
    return _line(row)


def version_of(club_id: int, slug: str, number: int | None = None) -> VersionLine:
    """A version of the survey `slug`: that `number`, else the newest published one, else the newest.

    Raises VersionNotFoundError.
    """
    rows = [_line(row) for row in db.session.execute(_lines(club_id).where(Survey.slug == slug))]
    wanted = [row for row in rows if number in {None, row.number}]
    wanted.sort(key=lambda row: row.state is not VersionState.PUBLISHED)
    if not wanted:
        sought = "" if number is None else f"version {number} of a "
        raise VersionNotFoundError(f"the club has no {sought}survey {slug!r}")
    return wanted[0]


def questionnaire_of(club_id: int, version_id: int) -> Questionnaire:
    """The wording of a version. Raises VersionNotFoundError."""
    document = db.session.scalar(
        select(cast(SurveyVersion.document, Text)).where(
            SurveyVersion.club_id == club_id, SurveyVersion.id == version_id
        )
    )
    if document is None:
        raise VersionNotFoundError(f"club {club_id} has no survey version {version_id}")
    return _read(document)


@kept(SurveyVersion)
def questionnaire_to_show(club_id: int, version_id: int) -> Questionnaire:
    """As `questionnaire_of`; what was read is kept for some seconds."""
    return questionnaire_of(club_id, version_id)


def question_ids(version_id: int) -> dict[str, int]:
    """The ids of a published version's questions by their codes, in the order of asking; answers point to them."""
    rows = db.session.execute(
        select(VersionQuestion.code, VersionQuestion.id)
        .where(VersionQuestion.version_id == version_id)
        .order_by(VersionQuestion.position)
    )
    return {row.code: row.id for row in rows}


# Reading takes longer than all else in saving an answer, and the same wording is asked thousands of times.
@lru_cache(maxsize=64)
def _read(document: str) -> Questionnaire:
    return from_dict(json.loads(document))


def _lines(club_id: int) -> Select[int, str, int, VersionState, int, datetime | None]:
    version = SurveyVersion
    return (
        select(version.id, Survey.name, version.number, version.state, version.survey_id, version.published_at)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(SurveyVersion.club_id == club_id)
        .order_by(Survey.name, Survey.id, SurveyVersion.number.desc())
    )


def _line(row: Row[int, str, int, VersionState, int, datetime | None]) -> VersionLine:
    return VersionLine(row.id, row.name, row.number, row.state, row.survey_id, row.published_at)
