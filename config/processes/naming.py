"""Things named by text, for the tables of the roof that the ground floor may read but not import."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def named(path: str) -> Any:
    """The thing called "package.module:name"."""
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)
