"""The list of a club's surveys with their versions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlalchemy import select

from config.database import db
from surveys.questionnaires.models import Survey
from surveys.questionnaires.models import SurveyVersion
from surveys.questionnaires.models import VersionQuestion
from surveys.questionnaires.models import VersionState

if TYPE_CHECKING:
    from typing import Any


@dataclass(frozen=True)
class ListedVersion:
    """One version in the list; `count` is how many steps it has."""

    id: int
    number: int
    state: VersionState
    created_at: datetime
    published_at: datetime | None
    count: int


@dataclass(frozen=True)
class ListedSurvey:
    """One survey in the list, its newest version first."""

    id: int
    slug: str
    name: str
    versions: tuple[ListedVersion, ...]

    @property
    def newest(self) -> ListedVersion:
        """The version that was begun last."""
        return self.versions[0]

    @property
    def draft(self) -> ListedVersion | None:
        """The version that is being written, or None."""
        return next((version for version in self.versions if version.state is VersionState.DRAFT), None)


def surveys(club_id: int) -> list[ListedSurvey]:
    """All surveys of the club by name."""
    rows = db.session.execute(
        select(
            Survey.id,
            Survey.slug,
            Survey.name,
            SurveyVersion.id.label("version_id"),
            SurveyVersion.number,
            SurveyVersion.state,
            SurveyVersion.created_at,
            SurveyVersion.published_at,
        )
        .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .where(Survey.club_id == club_id)
        .order_by(Survey.name, Survey.id, SurveyVersion.number.desc())
    ).all()
    counts = _counts(club_id)
    return [
        ListedSurvey(
            key.id,
            key.slug,
            key.name,
            tuple(
                ListedVersion(
                    row.version_id, row.number, row.state, row.created_at, row.published_at, counts[row.version_id]
                )
                for row in group
            ),
        )
        for key, group in ((rows_of[0], rows_of) for rows_of in _by_survey(rows))
    ]


def _by_survey(rows: Any) -> list[list[Any]]:
    return [list(group) for _id, group in groupby(rows, key=lambda row: row.id)]


def _counts(club_id: int) -> Counter[int]:
    """How many steps each version has: of a draft from its words, of another from its rows."""
    written = db.session.execute(
        select(VersionQuestion.version_id, func.count())
        .where(VersionQuestion.club_id == club_id)
        .group_by(VersionQuestion.version_id)
    )
    counts: Counter[int] = Counter()
    for version_id, count in written:
        counts[version_id] = count
    drafts = db.session.execute(
        select(SurveyVersion.id, SurveyVersion.document).where(
            SurveyVersion.club_id == club_id, SurveyVersion.state == VersionState.DRAFT
        )
    )
    for version_id, document in drafts:
        counts[version_id] = sum(len(section["questions"]) for section in document.get("sections", []))
    return counts
