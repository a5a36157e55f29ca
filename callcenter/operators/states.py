"""What an operator is doing, as a row for each stay in a state."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta

from sqlalchemy import ColumnElement
from sqlalchemy import and_
from sqlalchemy import bindparam
from sqlalchemy import insert
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy import update

from callcenter.operators import orders
from callcenter.operators import pauses
from callcenter.operators.models import Operator
from callcenter.operators.models import OperatorState
from callcenter.operators.models import StateChange
from config.accounts.models import Membership
from config.database import db
from config.errors import NotFoundError
from config.live import publish_after_commit
from config.statements import run_plain

# The desk shows itself every few seconds; silent for this long, the browser is gone.
AWAY_AFTER = timedelta(seconds=90)
# A heartbeat is written at most this often: it is a row per operator.
HEARTBEAT = timedelta(seconds=15)
# Who is on the line is not away, whatever the browser does: the line tells what happens there. Who pauses has said so.
MAY_GO_AWAY = (OperatorState.READY, OperatorState.PREVIEW, OperatorState.WRAP_UP)
FOLLOWS_THE_LINE = frozenset({OperatorState.DIALLING, OperatorState.ON_CALL})
# Silent for this long, somebody is signed off and their member waits for another. A computer starts again in less,
# and it is less than the lease. A pause may be long, and its screen switched off; no meal takes two hours.
SIGN_OFF_AFTER = {OperatorState.AWAY: timedelta(minutes=10), OperatorState.PAUSED: timedelta(hours=2)}
# Why such a person is off the queue.
SILENT = "silent"
# Why somebody who was with a member is not any more.
HANDED_OVER = "handed_over"

# Written once: everybody's every step goes through here, the line's as well.
IS_STAY = StateChange.operator_id == bindparam("operator"), StateChange.until.is_(None)
END_STAY = update(StateChange).where(*IS_STAY).values(until=bindparam("at"))
BEGIN_STAY = insert(StateChange).values(
    {name: bindparam(name) for name in ("operator_id", "state", "reason", "is_paid", "since")}
)
CLUBS = select(Membership.club_id).where(Membership.user_id == bindparam("operator"))


def change(operator_id: int, state: OperatorState, *, reason: str | None = None, now: datetime) -> None:
    """Move the operator into `state`; the stay in the state before ends `now`. The same state again changes nothing.

    `reason` is the code of a pause's reason. Raises NotFoundError when this person does not call, InvalidInputError
    (field `reason`) for a pause without a reason from the list.
    """
    operator = _get(operator_id)
    if operator.state is state and operator.state_reason == reason:
        return
    is_paid = pauses.is_paid(reason) if state is OperatorState.PAUSED else None
    run_plain(END_STAY, {"operator": operator_id, "at": now})
    stay = {"operator_id": operator_id, "state": state, "reason": reason, "is_paid": is_paid, "since": now}
    run_plain(BEGIN_STAY, stay)
    operator.state, operator.state_reason, operator.state_since = state, reason, now
    if state is OperatorState.OFF:
        # What a supervisor wanted of this shift is not for the next one.
        orders.settle(operator_id, now=now)
    db.session.flush()
    _tell(operator_id, state)


def follow_line(operator_id: int, state: OperatorState, *, now: datetime) -> None:
    """Move the operator as their call went; who went off or is with the next member already is not pulled back."""
    if _get(operator_id).state in FOLLOWS_THE_LINE:
        change(operator_id, state, now=now)


def see(operator_id: int, *, now: datetime) -> bool:
    """Note that the operator's screen is open; who was taken for away is back where they were.

    Says whether anything was written, so that a screen that only looks need not commit.
    """
    operator = _get(operator_id)
    is_back = operator.state is OperatorState.AWAY
    if not is_back and operator.seen_at is not None and now - operator.seen_at < HEARTBEAT:
        return False
    operator.seen_at = now
    if is_back:
        change(operator_id, OperatorState(operator.state_reason or OperatorState.OFF), now=now)
    return True


def go_away(*, now: datetime) -> list[int]:
    """Mark those as away whose screen has been silent too long, keeping where they were; gives their ids."""
    silent = db.session.execute(
        select(Operator.user_id, Operator.state)
        .where(Operator.state.in_(MAY_GO_AWAY), Operator.seen_at < now - AWAY_AFTER)
        .order_by(Operator.user_id)
    ).all()
    for operator_id, state in silent:
        change(operator_id, OperatorState.AWAY, reason=state.value, now=now)
    return [operator_id for operator_id, _ in silent]


def too_long_silent(*, now: datetime) -> list[int]:
    """The ids of those who are to be signed off because nobody has heard of them."""
    return list(db.session.scalars(select(Operator.user_id).where(_is_silent(now)).order_by(Operator.user_id)))


def is_too_long_silent(operator_id: int, *, now: datetime) -> bool:
    """Whether this one is still silent; locks the row, so that coming back waits for what follows."""
    query = select(Operator.user_id).where(Operator.user_id == operator_id, _is_silent(now))
    return db.session.scalar(query.with_for_update()) is not None


def _is_silent(now: datetime) -> ColumnElement[bool]:
    return or_(
        *(
            and_(Operator.state == state, or_(Operator.seen_at < now - limit, Operator.seen_at.is_(None)))
            for state, limit in SIGN_OFF_AFTER.items()
        )
    )


def _get(operator_id: int) -> Operator:
    operator = db.session.get(Operator, operator_id)
    if operator is None:
        raise NotFoundError(f"There is no operator {operator_id}.")
    return operator


def _tell(operator_id: int, state: OperatorState) -> None:
    news = {"kind": "operator", "operator_id": operator_id, "state": state.value}
    publish_after_commit(f"operator:{operator_id}", news)
    for club_id in run_plain(CLUBS, {"operator": operator_id}).scalars():
        publish_after_commit(f"floor:{club_id}", news)
