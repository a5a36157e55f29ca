"""Which line a row is on. The lines are those of the settings; a row may name one that is configured no more."""

from __future__ import annotations

from collections.abc import Sequence
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


def is_on(column: InstrumentedAttribute[str], name: str) -> ColumnElement[bool]:
    """The same, as a condition on the column that names the line."""
    return column == name if name != FIRST_LINE else column.not_in(names()[1:])


def is_here(column: InstrumentedAttribute[str]) -> ColumnElement[Any]:
    """Whether a row is on the line that this process holds."""
    return is_on(column, current_app.config["LINE"])
