"""What varies slowly and is only shown: read once, and kept for some seconds by each process.

Never for what decides, such as who may be called. A commit of this process that wrote to the tables forgets what was
read from them; what another process wrote shows when its time is over.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING
from typing import Any
from typing import Generic
from typing import ParamSpec
from typing import TypeVar

from sqlalchemy import event

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection
    from sqlalchemy import Engine

P = ParamSpec("P")
R = TypeVar("R")

SECONDS = 10.0
# More is a mistake in the key; then all is read anew.
MOST = 10_000
WRITTEN = "hamseda_written"
WRITING = {"INSERT": 2, "DELETE": 2, "UPDATE": 1}


class Kept(Generic[P, R]):
    """A function of hashable values that gives plain values (no rows), with what it gave lately."""

    def __init__(self, function: Callable[P, R], tables: frozenset[str]) -> None:
        self.tables = tables
        self._function = function
        self._values: dict[Any, tuple[float, R]] = {}

    def __call__(self, *args: P.args, **named: P.kwargs) -> R:
        """What the function gives, or gave within SECONDS."""
        # What is forgotten while it is being read goes with the values of then.
        key, values = (args, tuple(named.items())), self._values
        found = values.get(key)
        if found is not None and monotonic() - found[0] < SECONDS:
            return found[1]
        read_at, value = monotonic(), self._function(*args, **named)
        if len(values) >= MOST:
            values.clear()
        values[key] = (read_at, value)
        return value

    def forget(self) -> None:
        """Read all of it anew."""
        self._values = {}


_every: list[Kept[Any, Any]] = []


def kept(*models: type) -> Callable[[Callable[P, R]], Kept[P, R]]:
    """Keep what a function reads from the tables of these models."""
    tables = frozenset(model.__tablename__ for model in models)  # type: ignore[attr-defined]  # every model has it

    def keep(function: Callable[P, R]) -> Kept[P, R]:
        _every.append(Kept(function, tables))
        return _every[-1]

    return keep


def forget_all() -> None:
    """Read everything anew: the database is another one."""
    for one in _every:
        one.forget()


def watch(engine: Engine) -> None:
    """Forget what the commits of this engine make untrue."""
    event.listen(engine, "before_cursor_execute", _note)
    event.listen(engine, "commit", _forget)
    event.listen(engine, "rollback", _drop)


def _note(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    place = WRITING.get(statement[:6])
    if place is not None:
        connection.info.setdefault(WRITTEN, set()).add(statement.split(None, place + 1)[place].strip('"'))


def _forget(connection: Connection) -> None:
    written = connection.info.pop(WRITTEN, None)
    for one in _every if written else ():
        if not one.tables.isdisjoint(written):
            one.forget()


def _drop(connection: Connection) -> None:
    # Of one that was cut all is gone, this too.
    if not connection.invalidated:
        connection.info.pop(WRITTEN, None)
