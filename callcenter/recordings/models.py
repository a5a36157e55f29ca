"""What is recorded, with whose consent, and all that happened to a recording."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import str40
from config.database import user_fk

DEFAULT_KEEP_DAYS = 90


class RecordingState(StrEnum):
    """Where a recording stands.

    `asked`: the exchange was asked for it. `running`: it confirmed. `withdrawn`: the member does not want it any more.
    `kept`: the file is there, with sound in it. `empty`: it has none. `missing`: there is no file. `deleted`: it was
    thrown away.
    """

    ASKED = "asked"
    RUNNING = "running"
    WITHDRAWN = "withdrawn"
    KEPT = "kept"
    EMPTY = "empty"
    MISSING = "missing"
    DELETED = "deleted"


class MomentKind(StrEnum):
    """What happened to a recording on the line."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    STOPPED = "stopped"


class DeletionReason(StrEnum):
    """Why a file was thrown away: the club's time is over, the member withdrew, or somebody pressed the button."""

    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    BY_HAND = "by_hand"


class RecordedCampaign(Base):
    """A campaign whose talks are recorded, if the member agrees; without a row nothing is."""

    __tablename__ = "recorded_campaigns"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True, autoincrement=False)
    club_id: Mapped[club_fk]
    user_id: Mapped[user_fk]
    since: Mapped[created_at]


class RecordingConsent(Base):
    """What a member said when asked in the interview of an entry. The latest word counts, until the entry is handed
    out again; none is ever changed.
    """

    __tablename__ = "recording_consents"
    __table_args__ = (Index("ix_recording_consents_entry", "entry_id", "id"),)

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    entry_id: Mapped[int] = mapped_column(ForeignKey("queue_entries.id"))
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), index=True)
    operator_id: Mapped[int] = mapped_column(ForeignKey("operators.user_id"))
    is_given: Mapped[bool]
    said_at: Mapped[created_at]


class Recording(Base):
    """The recording of one call. `name` is the file's, without its ending, and has nothing of the member in it.

    `wants_pause` is what the operator pressed last, `is_paused` what the exchange confirmed.
    """

    __tablename__ = "recordings"
    __table_args__ = (
        Index("ix_recordings_club_asked", "club_id", "asked_at"),
        Index("ix_recordings_state", "state", "id"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), unique=True)
    name: Mapped[str40] = mapped_column(unique=True)
    state: Mapped[RecordingState] = mapped_column(default=RecordingState.ASKED)
    asked_at: Mapped[created_at]
    started_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    wants_pause: Mapped[bool] = mapped_column(default=False)
    is_paused: Mapped[bool] = mapped_column(default=False)
    seconds: Mapped[float | None]
    size_bytes: Mapped[int | None]


class RecordingMoment(Base):
    """The exchange confirmed that a recording began, paused, went on or stopped; `operator_id` asked for it."""

    __tablename__ = "recording_moments"

    id: Mapped[intpk]
    recording_id: Mapped[int] = mapped_column(ForeignKey("recordings.id"), index=True)
    operator_id: Mapped[int] = mapped_column(ForeignKey("operators.user_id"))
    kind: Mapped[MomentKind]
    at: Mapped[created_at]


class RecordingPlay(Base):
    """Somebody played a recording; `last_at` is when the browser asked for more of it last."""

    __tablename__ = "recording_plays"
    __table_args__ = (Index("ix_recording_plays_recording", "recording_id", "user_id", "id"),)

    id: Mapped[intpk]
    recording_id: Mapped[int] = mapped_column(ForeignKey("recordings.id"))
    user_id: Mapped[user_fk]
    started_at: Mapped[created_at]
    last_at: Mapped[created_at]


class RecordingDeletion(Base):
    """A file was thrown away; without `user_id` by the clock."""

    __tablename__ = "recording_deletions"

    id: Mapped[intpk]
    recording_id: Mapped[int] = mapped_column(ForeignKey("recordings.id"), unique=True)
    reason: Mapped[DeletionReason]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[created_at]


class RecordingRule(Base):
    """How many days a club keeps its recordings; a club without a row keeps them DEFAULT_KEEP_DAYS."""

    __tablename__ = "recording_rules"
    __table_args__ = (CheckConstraint("keep_days BETWEEN 1 AND 3650", name="keep_days_sensible"),)

    club_id: Mapped[int] = mapped_column(ForeignKey("clubs.id"), primary_key=True, autoincrement=False)
    keep_days: Mapped[int] = mapped_column(default=DEFAULT_KEEP_DAYS)
