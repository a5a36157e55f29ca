"""The ready-made surveys that come with the house."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from surveys.questionnaires.errors import ReadySurveyNotFoundError
from surveys.questionnaires.reading import from_dict

if TYPE_CHECKING:
    from surveys.questionnaires.document import Questionnaire

_FOLDER = Path(__file__).parent / "ready"


def slugs() -> list[str]:
    """The names of the ready-made surveys."""
    return sorted(path.stem for path in _FOLDER.glob("*.json"))


def load(slug: str) -> Questionnaire:
    """The ready-made survey of that name. Raises ReadySurveyNotFoundError."""
    if slug not in slugs():
        raise ReadySurveyNotFoundError(f"there is no ready-made survey {slug!r}; there are {', '.join(slugs())}")
    return from_dict(json.loads((_FOLDER / f"{slug}.json").read_text(encoding="utf-8")))
