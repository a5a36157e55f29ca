"""The ready-made surveys that come with the house."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from surveys.questionnaires.errors import ReadySurveyNotFoundError
from surveys.questionnaires.reading import from_dict

if TYPE_CHECKING:
    from surveys.questionnaires.document import Questionnaire

# The one that fits any shop.
GENERAL = "recent_visit"
_FOLDER = Path(__file__).parent / "ready"


def slugs() -> list[str]:
    """The names of the ready-made surveys."""
    return sorted(path.stem for path in _FOLDER.glob("*.json"))


def titles(language: str) -> list[tuple[str, str]]:
    """The ready-made surveys for a menu: (name, title in that language), the most general one first."""
    named = [(slug, load(slug).title[language]) for slug in slugs()]
    return sorted(named, key=lambda one: (one[0] != GENERAL, one[1]))


def load(slug: str) -> Questionnaire:
    """The ready-made survey of that name. Raises ReadySurveyNotFoundError."""
    if slug not in slugs():
        raise ReadySurveyNotFoundError(f"there is no ready-made survey {slug!r}; there are {', '.join(slugs())}")
    return _read(slug)


# They change with the version of the house only.
@cache
def _read(slug: str) -> Questionnaire:
    return from_dict(json.loads((_FOLDER / f"{slug}.json").read_text(encoding="utf-8")))
