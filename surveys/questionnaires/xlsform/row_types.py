"""The column `type`: its many spellings, and why some types cannot be asked on the phone."""

from __future__ import annotations

import re
from typing import Any

from surveys.questionnaires.xlsform import reasons
from surveys.questionnaires.xlsform.columns import NOTED
from surveys.questionnaires.xlsform.kinds import KIND_OF
from surveys.questionnaires.xlsform.kinds import Type

BEGIN_GROUP, END_GROUP = "begin_group", "end_group"
_SAME = {
    "string": "text", "int": "integer", "select1": "select_one", "select_all_that_apply": "select_multiple",
    "select_one_from": "select_one", "select_all_that_apply_from": "select_multiple",
}  # fmt: skip
_SELECT = re.compile(r"(select[ _]one(?: from)?|select[ _]multiple|select1|select all that apply(?: from)?) (\S+)")
_REASONS = {
    "decimal": reasons.DECIMALS,
    **dict.fromkeys(("begin_repeat", "end_repeat", "begin_loop", "end_loop"), reasons.REPEATS),
}


def type_of(written: str) -> Type:
    """The type as we call it, with the list of choices that it names."""
    written = " ".join(written.split())
    select = _SELECT.match(written.lower())
    if select and not written[select.end() :].strip():
        name = select.group(1).replace(" ", "_")
        return Type(_SAME.get(name, name), written[select.start(2) :])
    name = written.lower().replace(" ", "_").replace("-", "_")
    return Type(_SAME.get(name, name))


def is_noted_by_device(kind_of: Type) -> bool:
    """Whether it is something that a telephone notes by itself, and nothing to ask."""
    return kind_of.name in NOTED


def reason_against(kind_of: Type) -> Any:
    """Why a question of this type cannot be asked; None when it can."""
    if kind_of.name in KIND_OF and bool(kind_of.list_name) is kind_of.name.startswith("select"):
        return None
    if kind_of.name.startswith("select") and "other" in kind_of.name:
        return reasons.OR_OTHER
    return _REASONS.get(kind_of.name, reasons.TYPE_NOT_SUPPORTED)
