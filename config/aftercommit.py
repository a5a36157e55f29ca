"""Work that leaves the house only once the transaction that caused it has committed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import event

from config.database import db

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

KEY = "hamseda_after_commit"


def after_commit(action: Callable[[], None]) -> None:
    """Run `action` once the session's transaction has committed; a rollback forgets it."""
    db.session.info.setdefault(KEY, []).append(action)


def together_after_commit(action: Callable[[list[Any]], None], item: object) -> None:
    """Run `action` once, after the commit, with the items of all such calls; in the turn of the first of them."""
    waiting = db.session.info.setdefault(KEY, [])
    for one in waiting:
        if isinstance(one, _Together) and one.action is action:
            one.items.append(item)
            return
    waiting.append(_Together(action, [item]))


@dataclass
class _Together:
    action: Callable[[list[Any]], None]
    items: list[Any]

    def __call__(self) -> None:
        """Do it."""
        self.action(self.items)


def forget() -> None:
    """Drop what was to follow the commit of the current transaction."""
    db.session.info.pop(KEY, None)


def _run(session: Session) -> None:
    # The session tells of a released savepoint in the same way; nothing has left the transaction then.
    if session.in_nested_transaction():
        return
    for action in session.info.pop(KEY, []):
        action()


def _forget(session: Session, *_: Any) -> None:
    if session.in_nested_transaction():
        return
    session.info.pop(KEY, None)


def init_app() -> None:
    """Listen to the session once; listening again is harmless."""
    for name, listener in (("after_commit", _run), ("after_rollback", _forget)):
        if not event.contains(db.session, name, listener):
            event.listen(db.session, name, listener)
