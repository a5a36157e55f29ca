"""Operators, every state they were in, the reasons for which they pause, and what supervisors told them to do."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import String
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import str40
from config.database import user_fk
from config.settings import FIRST_LINE


class OperatorState(StrEnum):
    """What an operator is doing. `away`: the browser is gone, but nobody signed off."""

    OFF = "off"
    READY = "ready"
    PREVIEW = "preview"
    DIALLING = "dialling"
    ON_CALL = "on_call"
    WRAP_UP = "wrap_up"
    PAUSED = "paused"
    AWAY = "away"


class Operator(Base):
    """A user who calls, the extension of their phone, and the name of the line that it is on."""

    __tablename__ = "operators"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    extension: Mapped[str40] = mapped_column(unique=True)
    line: Mapped[str40] = mapped_column(default=FIRST_LINE)
    state: Mapped[OperatorState] = mapped_column(default=OperatorState.OFF)
    state_reason: Mapped[str | None] = mapped_column(String(40))
    state_since: Mapped[created_at]
    seen_at: Mapped[datetime | None]


class PauseReason(Base):
    """Why somebody may pause, in the order of the desk's keys.

    One list for the house: an operator may work for several clubs, and is paid once. A reason is switched off, never
    deleted, so that the past keeps its words.
    """

    __tablename__ = "pause_reasons"

    code: Mapped[str40] = mapped_column(primary_key=True)
    name_fa: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    is_paid: Mapped[bool]
    is_offered: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int]


class StateChange(Base):
    """One stay in one state; times are sums of these rows. `until` is empty while it lasts.

    `reason` of a pause is the code of a PauseReason. `is_paid` is written with the pause, because the list may change.
    """

    __tablename__ = "operator_state_changes"
    __table_args__ = (
        Index("ix_operator_state_changes_operator_since", "operator_id", "since"),
        CheckConstraint("(state = 'paused') = (is_paid IS NOT NULL)", name="only_pauses_are_paid"),
    )

    id: Mapped[intpk]
    operator_id: Mapped[int] = mapped_column(ForeignKey("operators.user_id"))
    state: Mapped[OperatorState]
    reason: Mapped[str | None] = mapped_column(String(40))
    is_paid: Mapped[bool | None]
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class OrderKind(StrEnum):
    """What a supervisor can make an operator do."""

    PAUSE = "pause"
    SIGN_OFF = "sign_off"


class SupervisorOrder(Base):
    """Who told whom to do what, and when. `done_at` is empty until the operator's call and its outcome are done."""

    __tablename__ = "supervisor_orders"
    __table_args__ = (
        Index("ix_supervisor_orders_operator", "operator_id", "id"),
        CheckConstraint("(kind = 'pause') = (reason IS NOT NULL)", name="only_pauses_have_a_reason"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    operator_id: Mapped[int] = mapped_column(ForeignKey("operators.user_id"))
    given_by: Mapped[user_fk]
    kind: Mapped[OrderKind]
    reason: Mapped[str | None] = mapped_column(ForeignKey("pause_reasons.code"))
    given_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
