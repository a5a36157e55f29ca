"""Surveys, their versions, and the questions that answers point to."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlalchemy import ForeignKey
from sqlalchemy import String
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import str40
from config.database import str200


class VersionState(StrEnum):
    """A draft may change; a published version never does; a closed one takes no new interviews."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class Survey(Base):
    """A club's survey, whatever its version."""

    __tablename__ = "surveys"
    __table_args__ = (UniqueConstraint("club_id", "slug"),)

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    slug: Mapped[str40]
    name: Mapped[str200]
    created_at: Mapped[created_at]


class SurveyVersion(Base):
    """One wording of a survey. `document` holds the questionnaire; a trigger refuses a change once published.

    `presses` are the last buttons that were pressed in a draft's editor: the name of the request, and what was open
    after it (kind, code).
    """

    __tablename__ = "survey_versions"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[intpk]
    club_id: Mapped[club_fk] = mapped_column(index=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(default=VersionState.DRAFT)
    document: Mapped[dict[str, Any]]
    presses: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[created_at]
    published_at: Mapped[datetime | None]


class VersionQuestion(Base):
    """A question of a published version, written at publication so that answers and counts can point to it."""

    __tablename__ = "version_questions"
    __table_args__ = (UniqueConstraint("version_id", "code"),)

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_versions.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str40]
    dimension: Mapped[str | None] = mapped_column(String(40))
