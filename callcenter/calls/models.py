"""Calls and the events that happened to them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import String
from sqlalchemy import Text
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import partial_index
from config.database import str16
from config.database import str40
from config.settings import FIRST_LINE


class CallState(StrEnum):
    """Where the line stands, as the tracker reads it from Asterisk's events."""

    REQUESTED = "requested"
    DIALLING = "dialling"
    OPERATOR_RINGING = "operator_ringing"
    MEMBER_DIALLING = "member_dialling"
    MEMBER_RINGING = "member_ringing"
    CONNECTED = "connected"
    ENDED = "ended"
    FAILED = "failed"


class LineStatus(StrEnum):
    """What became of the member's line. Asterisk's word, apart from the survey's outcome."""

    ANSWERED = "answered"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    REJECTED = "rejected"
    WRONG_NUMBER = "wrong_number"
    NUMBER_CHANGED = "number_changed"
    CONGESTION = "congestion"
    NOT_DIALLED = "not_dialled"
    FAILED = "failed"


class DispositionSource(StrEnum):
    """Who said what came of the call."""

    LINE = "line"
    OPERATOR = "operator"


class Call(Base):
    """One request to connect an operator with a member, over the line of that name.

    `channel_id` is ours and is Asterisk's Uniqueid of the operator's leg. `member_dialled_at` is set when the member's
    line was really dialled: only then is the call an attempt. `disposition` is the AAPOR code, written once.

    `wants_mute` and `wants_hold` are what the operator pressed last, at `wish_at`; `is_muted` and `is_on_hold` what the
    line did. A wish that came to nothing is taken back and `has_wish_failed` until the next one.

    `passed_at` is when the call came to its operator from another one, and `leg_id` the leg that is the operator's
    since then, if that was during the talk.
    """

    __tablename__ = "calls"
    __table_args__ = (
        # An operator has one open call at a time.
        partial_index("uq_calls_open_operator", "operator_id", unique=True, where="ended_at IS NULL"),
        partial_index("uq_calls_open_entry", "entry_id", unique=True, where="ended_at IS NULL"),
        Index("ix_calls_entry", "entry_id", "id"),
        Index("ix_calls_operator_requested", "operator_id", "requested_at"),
        # Those that came from other operators are few; the last of them may be an operator's last call.
        partial_index("ix_calls_operator_passed", "operator_id", "passed_at", where="passed_at IS NOT NULL"),
        # How often a member's phone rang lately, over all campaigns.
        Index("ix_calls_member_dialled", "member_id", "member_dialled_at"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("queue_entries.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    operator_id: Mapped[int] = mapped_column(ForeignKey("operators.user_id"))
    phone: Mapped[str16]
    extension: Mapped[str40]
    line: Mapped[str40] = mapped_column(default=FIRST_LINE)
    channel_id: Mapped[str40] = mapped_column(unique=True)
    state: Mapped[CallState] = mapped_column(default=CallState.REQUESTED)
    line_status: Mapped[LineStatus | None]
    hangup_cause: Mapped[int | None]
    failure: Mapped[str | None] = mapped_column(Text)
    requested_at: Mapped[created_at]
    sent_at: Mapped[datetime | None]
    member_dialled_at: Mapped[datetime | None]
    connected_at: Mapped[datetime | None]
    hangup_requested_at: Mapped[datetime | None]
    wants_mute: Mapped[bool] = mapped_column(default=False)
    is_muted: Mapped[bool] = mapped_column(default=False)
    wants_hold: Mapped[bool] = mapped_column(default=False)
    is_on_hold: Mapped[bool] = mapped_column(default=False)
    wish_at: Mapped[datetime | None]
    has_wish_failed: Mapped[bool] = mapped_column(default=False)
    passed_at: Mapped[datetime | None]
    leg_id: Mapped[str | None] = mapped_column(String(40))
    ended_at: Mapped[datetime | None]
    disposition: Mapped[str | None] = mapped_column(String(8))
    disposition_source: Mapped[DispositionSource | None]
    disposed_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(1000), default="")


class CallEvent(Base):
    """What the line did, as it was told to us. Append-only."""

    __tablename__ = "call_events"
    __table_args__ = (Index("ix_call_events_call", "call_id", "id"),)

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    kind: Mapped[str40]
    payload: Mapped[dict[str, Any]]
    at: Mapped[created_at]
