"""Where the files of the recordings are."""

from __future__ import annotations

from pathlib import Path

from flask import current_app


def folder() -> Path:
    """The folder in which the exchange leaves its files."""
    found: Path = current_app.config["SETTINGS"].recordings
    return found


def path_of(where: Path, name: str) -> Path:
    """The file of that name."""
    return where / f"{name}.wav"
