"""What the desk reads of the calls and campaigns: the operator's call, the day's figures, what may be called now."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy import CompoundSelect
from sqlalchemy import Select
from sqlalchemy import and_
from sqlalchemy import bindparam
from sqlalchemy import case
from sqlalchemy import extract
from sqlalchemy import func
from sqlalchemy import select

from callcenter.calls.aapor import COMPLETE
from callcenter.calls.models import Call
from callcenter.campaigns.models import Campaign as CampaignRow
from callcenter.campaigns.models import CampaignState
from callcenter.campaigns.modes import Dialling
from callcenter.desk.errors import StaleDeskError
from callcenter.desk.parts import CallLine
from callcenter.desk.parts import Campaign
from callcenter.desk.parts import Figures
from callcenter.lines.belonging import is_on
from callcenter.lines.belonging import known
from callcenter.operators import queries as operators
from callcenter.training.gate import is_open_to
from config.accounts.models import Club
from config.calendar import midnight
from config.database import UtcDateTime
from config.database import db
from config.statements import run_plain
from surveys.interviews.counting import is_left_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callcenter.operators.shifts import Shift

_CALL_COLUMNS = [getattr(Call, name) for name in CallLine.__dataclass_fields__]


def last_call(operator_id: int, *, entry_id: int | None = None) -> CallLine | None:
    """The operator's latest call, or the latest one for an entry, be it made by them or come from another operator."""
    db.session.flush()
    values = {"operator": operator_id, "entry": entry_id}
    calls = [CallLine(*row) for row in run_plain(_last_calls(of_entry=entry_id is not None), values)]
    return max(calls, key=lambda call: max(call.requested_at, call.passed_at or call.requested_at), default=None)


@cache
def _last_calls(*, of_entry: bool) -> CompoundSelect[*tuple[Any, ...]]:
    """The one that was made last and the one that came last. Asked at nearly every request, so built once."""
    calls = select(*_CALL_COLUMNS).where(Call.operator_id == bindparam("operator", type_=BigInteger()))
    if of_entry:
        calls = calls.where(Call.entry_id == bindparam("entry", type_=BigInteger()))
    made = calls.order_by(Call.id.desc()).limit(1).subquery()
    came = calls.where(Call.passed_at.is_not(None)).order_by(Call.passed_at.desc()).limit(1).subquery()
    return select(made).union(select(came))


def own_call(operator_id: int, call_id: int) -> CallLine:
    """The operator's call of that id. Raises StaleDeskError for another's."""
    row = db.session.execute(_calls(operator_id).where(Call.id == call_id)).one_or_none()
    if row is None:
        raise StaleDeskError(f"Operator {operator_id} has no call {call_id}.")
    return CallLine(*row)


def _calls(operator_id: int) -> Select[*tuple[Any, ...]]:
    return select(*_CALL_COLUMNS).where(Call.operator_id == operator_id)


def figures(operator_id: int, *, zone: str, now: datetime) -> Figures:
    """The operator's day since midnight in `zone`; its calls are those in which a member's line was dialled."""
    row = run_plain(_figures(), {"operator": operator_id, "since": midnight(now, zone)}).one()
    average = None if row.average is None else float(row.average)
    return Figures(row.call_count, row.complete_count, row.rejected_count, average)


@cache
def _figures() -> Select[*tuple[Any, ...]]:
    """Asked at every refresh of every desk, so built once."""
    seconds = extract("epoch", Call.ended_at) - extract("epoch", Call.connected_at)
    is_complete, is_rejected = Call.disposition == COMPLETE, is_left_out(Call.entry_id)
    return select(
        func.count().label("call_count"),
        func.count(case((and_(is_complete, ~is_rejected), 1))).label("complete_count"),
        func.count(case((and_(is_complete, is_rejected), 1))).label("rejected_count"),
        func.avg(seconds).label("average"),
    ).where(
        Call.operator_id == bindparam("operator", type_=BigInteger()),
        Call.requested_at >= bindparam("since", type_=UtcDateTime()),
        Call.member_dialled_at.is_not(None),
    )


def shift(operator_id: int, *, call_count: int, zone: str, now: datetime) -> Shift:
    """Where the operator's time since midnight in `zone` went; `call_count` is that of `figures`."""
    since = midnight(now, zone)
    return operators.shifts([operator_id], since=since, now=now, calls={operator_id: call_count})[operator_id]


def campaign(campaign_id: int) -> Campaign:
    """A campaign with its club's name and time zone."""
    row, club = db.session.execute(
        select(CampaignRow, Club).join(Club, Club.id == CampaignRow.club_id).where(CampaignRow.id == campaign_id)
    ).one()
    dialling = Dialling(row.dialling_mode, row.decide_seconds, row.wrap_up_seconds)
    return Campaign(
        row.id, row.club_id, row.name, row.version_id, row.max_attempts, club.name, club.time_zone, dialling
    )


def campaign_names(campaign_ids: Sequence[int]) -> dict[int, str]:
    """The names of some campaigns by their ids."""
    rows = db.session.execute(select(CampaignRow.id, CampaignRow.name).where(CampaignRow.id.in_(campaign_ids)))
    return {row.id: row.name for row in rows}


def running_campaigns(club_ids: Sequence[int], *, operator_id: int, line: str, now: datetime) -> list[int]:
    """The ids of the running campaigns of some clubs that an operator on a telephone line may call for, whatever the
    hour.
    """
    rows = db.session.scalars(
        select(CampaignRow.id)
        .where(CampaignRow.club_id.in_(club_ids), CampaignRow.state == CampaignState.RUNNING)
        .where(is_on(CampaignRow.line, known(line)), is_open_to(operator_id, now=now))
        .order_by(CampaignRow.id)
    )
    return list(rows)
