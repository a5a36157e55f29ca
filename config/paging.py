"""Long lists in pages, each found by the key where the one before ended: the last page is as quick as the first."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from typing import Generic
from typing import TypeVar

from sqlalchemy import Row
from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from config.database import db

PAGE_SIZE = 50
Line = TypeVar("Line")
Rows = Sequence[Row[*tuple[Any, ...]]]


@dataclass(frozen=True)
class Page(Generic[Line]):
    """One page of a list; `following` is the key of the next one, None at the end."""

    lines: list[Line]
    following: int | None


def descending(
    query: Select[*tuple[Any, ...]],
    key: InstrumentedAttribute[int],
    *,
    before: int | None,
    to_lines: Callable[[Rows], list[Line]],
) -> Page[Line]:
    """The rows with the largest keys, or with the largest below `before`; `key` is a column of the query."""
    if before is not None:
        query = query.where(key < before)
    return _page(query.order_by(key.desc()), key, to_lines)


def ascending(
    query: Select[*tuple[Any, ...]],
    key: InstrumentedAttribute[int],
    *,
    after: int | None,
    to_lines: Callable[[Rows], list[Line]],
) -> Page[Line]:
    """The rows with the smallest keys, or with the smallest above `after`; `key` is a column of the query."""
    if after is not None:
        query = query.where(key > after)
    return _page(query.order_by(key), key, to_lines)


def _page(
    query: Select[*tuple[Any, ...]], key: InstrumentedAttribute[int], to_lines: Callable[[Rows], list[Line]]
) -> Page[Line]:
    rows = db.session.execute(query.limit(PAGE_SIZE + 1)).all()
    shown = rows[:PAGE_SIZE]
    return Page(to_lines(shown), shown[-1]._mapping[key] if len(rows) > PAGE_SIZE else None)
