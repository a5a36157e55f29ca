"""The forms of the quota page: what people choose and type becomes facets with their parts, and targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcenter.quotas import cells
from club.members.facets import Facet
from config.errors import InvalidInputError
from config.text import clean_text
from config.text import is_id
from config.text import to_ascii_digits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import MultiDict

    from callcenter.quotas.cells import Part
    from callcenter.quotas.questions import QuotaQuestion

LONGEST_NUMBER = 9
GENDERS = ("female", "male")
TARGET = "target-"
ANSWER = "answer-"


def axes(form: MultiDict[str, str]) -> dict[str, list[Part]]:
    """The parts of each facet that were chosen; a facet without any does not count. Raises InvalidInputError (age)."""
    return {
        Facet.BRANCH: [[_whole("facets", text)] for text in form.getlist(Facet.BRANCH)],
        Facet.TIER: [[_whole("facets", text)] for text in form.getlist(Facet.TIER)],
        Facet.CITY: [[clean_text(text)] for text in form.getlist(Facet.CITY)],
        Facet.GENDER: [[text] for text in form.getlist(Facet.GENDER) if text in GENDERS],
        Facet.AGE: _ranges(Facet.AGE, form.get(Facet.AGE, "")),
    }


def answers(form: MultiDict[str, str], asked: Mapping[str, QuotaQuestion]) -> dict[str, list[Part]]:
    """The parts of each question that were chosen or typed. Raises InvalidInputError on `answer-<code>`."""
    found: dict[str, list[Part]] = {}
    for code, question in asked.items():
        typed = form.getlist(f"{ANSWER}{code}")
        found[code] = [[one] for one in typed] if question.choices else _ranges(f"{ANSWER}{code}", "".join(typed))
    return {code: parts for code, parts in found.items() if parts}


def target(form: MultiDict[str, str]) -> int:
    """The target for each new cell. Raises InvalidInputError."""
    return _whole("target", form.get("target", ""))


def targets(form: MultiDict[str, str]) -> dict[int, int]:
    """The target of each cell in the table, by the cell's id. Raises InvalidInputError on `target-<id>`."""
    names = [name for name in form if name.startswith(TARGET) and is_id(name.removeprefix(TARGET))]
    return {int(name.removeprefix(TARGET)): _whole(name, form[name]) for name in names}


def _ranges(field: str, text: str) -> list[Part]:
    if not text.strip():
        return []
    try:
        return list(cells.ranges(text))
    except ValueError as error:
        raise InvalidInputError(field, f"{text[:40]!r} are no ranges") from error


def _whole(field: str, text: str) -> int:
    typed = to_ascii_digits(text).strip()
    if not (typed.isdecimal() and len(typed) <= LONGEST_NUMBER):
        raise InvalidInputError(field, f"{text[:40]!r} is not a whole number")
    return int(typed)
