"""Which line a row is on. The lines are those of the settings; a row may name one that is configured no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from config.settings import FIRST_LINE

if TYPE_CHECKING:
    from config.settings import Settings


def names() -> Sequence[str]:
    """All lines, the first one's name first."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.line_names


def known(name: str) -> str:
    """The line that a row is on: what names a line that is gone is on the first."""
    return name if name in names() else FIRST_LINE


@dataclass(frozen=True)
class Here:
    """The line that this process holds, and the names of those that are not the first: what statements are made for."""

    name: str
    others: tuple[str, ...]

    def has(self, column: InstrumentedAttribute[str]) -> ColumnElement[Any]:
        """The condition on the column that names the line of a row."""
        return column == self.name if self.name != FIRST_LINE else column.not_in(self.others)


def is_on(column: InstrumentedAttribute[str], name: str) -> ColumnElement[bool]:
    """The same, as a condition on the column that names the line."""
    return Here(name, tuple(names()[1:])).has(column)


def here() -> Here:
    """The line that this process holds."""
    return Here(current_app.config["LINE"], tuple(names()[1:]))
