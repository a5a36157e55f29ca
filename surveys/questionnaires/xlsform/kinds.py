"""What a row of the sheet survey asks for, as the parts of a question that depend on its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Any

from surveys.questionnaires.document import EFFORT_TOP
from surveys.questionnaires.document import NO
from surveys.questionnaires.document import RATING_TOP
from surveys.questionnaires.document import RECOMMEND_TOP
from surveys.questionnaires.document import YES
from surveys.questionnaires.document import Kind
from surveys.questionnaires.xlsform import reasons
from surveys.questionnaires.xlsform.bounds import BoundError
from surveys.questionnaires.xlsform.bounds import Bounds
from surveys.questionnaires.xlsform.bounds import bounds_of
from surveys.questionnaires.xlsform.expressions import ExpressionError
from surveys.questionnaires.xlsform.expressions import parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from surveys.questionnaires.xlsform.findings import Findings
    from surveys.questionnaires.xlsform.lists import Listed
    from surveys.questionnaires.xlsform.rows import Row

NOTE = "note"
# What a type asks for when the row does not say the kind.
KIND_OF = {
    NOTE: Kind.INSTRUCTION, "text": Kind.OPEN_TEXT, "integer": Kind.NUMBER, "range": Kind.NUMBER, "date": Kind.DATE,
    "select_one": Kind.CHOICE_ONE, "select_multiple": Kind.CHOICE_MANY,
}  # fmt: skip
TYPES_OF = {
    Kind.INTRODUCTION: {NOTE}, Kind.INSTRUCTION: {NOTE}, Kind.CLOSING: {NOTE}, Kind.CONSENT: {"select_one"},
    Kind.RATING: {"select_one"}, Kind.EFFORT: {"select_one"}, Kind.RECOMMEND: {"range", "integer"},
    Kind.YES_NO: {"select_one"}, Kind.CHOICE_ONE: {"select_one"}, Kind.CHOICE_MANY: {"select_multiple"},
    Kind.OPEN_TEXT: {"text"}, Kind.NUMBER: {"integer", "range"}, Kind.AMOUNT: {"integer"}, Kind.DATE: {"date"},
}  # fmt: skip
_SCALES = {Kind.RATING: RATING_TOP, Kind.EFFORT: EFFORT_TOP}
_BOUNDS = {
    Kind.NUMBER: {"minimum", "maximum"}, Kind.AMOUNT: {"minimum", "maximum"}, Kind.DATE: {"earliest", "latest"},
    Kind.CHOICE_MANY: {"alone"},
}  # fmt: skip
# Looked for where a word begins, not at every letter of a long one.
_PARAMETER = re.compile(r"(?<![\w-])([\w-]+)\s*=\s*([^\s,;=]+)")
_STANDARD_RANGE = {"start": "1", "end": "10", "step": "1"}


@dataclass(frozen=True)
class Type:
    """The type of a row and the list of choices it names."""

    name: str
    list_name: str = ""


@dataclass
class Parts:
    """What the kind of a question adds to it, as plain data; `codes` are the codes of its choices by their names."""

    kind: Kind
    fields: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)


def parts_of(row: Row, kind_of: Type, lists: Mapping[str, Sequence[Listed]], findings: Findings) -> Parts | None:
    """The parts of the question in `row`; None when there is a reason against it, which is in `findings`."""
    listed = lists.get(kind_of.list_name, [])
    if kind_of.list_name and not listed:
        findings.refuse(row.sheet, row.number, reasons.NO_LIST, list=kind_of.list_name)
        return None
    kind = _kind(row, kind_of, listed, findings)
    if kind is None:
        return None
    parts = Parts(kind)
    given = _parameters(row, kind, findings)
    bounds = _bounds(row, kind, given, findings)
    if bounds is None or not _choices(row, parts, listed, bounds, findings):
        return None
    parts.fields |= {
        name: getattr(bounds, name)
        for name in ("minimum", "maximum", "earliest", "latest")
        if name in _BOUNDS.get(kind, ()) and getattr(bounds, name) is not None
    }
    if given.get("randomize") == "true":
        parts.fields["shuffled"] = True
    return parts


def _kind(row: Row, kind_of: Type, listed: Sequence[Listed], findings: Findings) -> Kind | None:
    wanted = row.get("hamseda_kind")
    if not wanted:
        is_yes_no = kind_of.name == "select_one" and {one.name.lower() for one in listed} == {YES, NO}
        return Kind.YES_NO if is_yes_no else KIND_OF[kind_of.name]
    if wanted not in set(Kind):
        findings.refuse(row.sheet, row.number, reasons.UNKNOWN_KIND, value=wanted)
        return None
    kind = Kind(wanted)
    if kind_of.name not in TYPES_OF[kind]:
        findings.refuse(row.sheet, row.number, reasons.KIND_AND_TYPE, kind=kind, type=kind_of.name)
        return None
    return kind


def _parameters(row: Row, kind: Kind, findings: Findings) -> dict[str, str]:
    given = {key.lower(): value.lower() for key, value in _PARAMETER.findall(row.get("parameters"))}
    known = {"randomize"} if kind in {Kind.CHOICE_ONE, Kind.CHOICE_MANY} else set(_STANDARD_RANGE)
    for key in sorted(set(given) - known - {"rows"}):
        findings.refuse(row.sheet, row.number, reasons.PARAMETERS, value=f"{key}={given[key]}")
    return given


def _bounds(row: Row, kind: Kind, given: Mapping[str, str], findings: Findings) -> Bounds | None:
    bounds = Bounds()
    if row.get("type").strip().lower() == "range":
        span = _STANDARD_RANGE | dict(given)
        if not all(re.fullmatch(r"-?\d{1,9}", span[name]) for name in _STANDARD_RANGE) or span["step"] != "1":
            findings.refuse(row.sheet, row.number, reasons.RANGE_STEPS)
            return None
        bounds = Bounds(minimum=int(span["start"]), maximum=int(span["end"]))
    try:
        found = bounds_of(parse(row.get("constraint")), bounds) if row.get("constraint") else bounds
    except (BoundError, ExpressionError):
        findings.refuse(row.sheet, row.number, reasons.BOUND_NOT_SUPPORTED)
        return None
    if not _fit(kind, found):
        findings.refuse(row.sheet, row.number, reasons.BOUND_NOT_SUPPORTED)
        return None
    return found


def _fit(kind: Kind, bounds: Bounds) -> bool:
    if kind is Kind.RECOMMEND:
        return bounds in {Bounds(), Bounds(minimum=0, maximum=RECOMMEND_TOP)}
    used = {name for name, value in vars(bounds).items() if value not in (None, ())}
    return used <= _BOUNDS.get(kind, set())


def _choices(row: Row, parts: Parts, listed: Sequence[Listed], bounds: Bounds, findings: Findings) -> bool:
    if parts.kind in _SCALES:
        return _scale(row, parts, listed, findings)
    if parts.kind in {Kind.CONSENT, Kind.YES_NO} and {one.name.lower() for one in listed} != {YES, NO}:
        findings.refuse(row.sheet, row.number, reasons.SCALE, kind=parts.kind, first=YES, last=NO)
        return False
    if parts.kind in {Kind.CHOICE_ONE, Kind.CHOICE_MANY}:
        parts.codes = {one.name: one.code for one in listed}
        if not set(bounds.alone) <= set(parts.codes):
            findings.refuse(row.sheet, row.number, reasons.BOUND_NOT_SUPPORTED)
            return False
        parts.fields["choices"] = [_choice(one, bounds) for one in listed]
    return True


def _choice(one: Listed, bounds: Bounds) -> dict[str, Any]:
    marks = {"exclusive": one.name in bounds.alone, "fixed": one.is_fixed}
    return {"code": one.code, "text": dict(one.text), **{name: True for name, is_set in marks.items() if is_set}}


def _scale(row: Row, parts: Parts, listed: Sequence[Listed], findings: Findings) -> bool:
    top = _SCALES[parts.kind]
    steps = {one.name: one.text for one in listed}
    if set(steps) != {str(step) for step in range(1, top + 1)}:
        findings.refuse(row.sheet, row.number, reasons.SCALE, kind=parts.kind, first=1, last=top)
        return False
    worded = range(1, top + 1) if parts.kind is Kind.RATING else (1, top)
    languages = {language for text in steps.values() for language in text}
    parts.fields["labels"] = {
        language: [steps[str(step)].get(language, "") for step in worded] for language in sorted(languages)
    }
    return True
