"""The sheet of choices: lists by name, each choice with its code here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.questionnaires.xlsform import reasons
from surveys.questionnaires.xlsform.columns import look_over
from surveys.questionnaires.xlsform.names import Codes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from surveys.questionnaires.xlsform.findings import Findings
    from surveys.questionnaires.xlsform.rows import Row

_YES = {"yes", "true", "true()"}


@dataclass(frozen=True)
class Listed:
    """A choice as the workbook has it: its name there, its code here, its text by language."""

    name: str
    code: str
    text: Mapping[str, str]
    is_fixed: bool


def lists_of(rows: Sequence[Row], findings: Findings) -> dict[str, list[Listed]]:
    """The lists of choices by their names; what is wrong with a row goes into `findings`."""
    lists: dict[str, list[Listed]] = {}
    codes: dict[str, Codes] = {}
    for row in rows:
        look_over(row, findings)
        list_name, name = row.get("list_name"), row.get("name")
        if not list_name and not name:
            continue
        if not list_name or not name:
            findings.refuse(row.sheet, row.number, reasons.NO_NAME)
        elif not row.text("label"):
            findings.refuse(row.sheet, row.number, reasons.NO_LABEL)
        elif name in {one.name for one in lists.get(list_name, [])}:
            findings.refuse(row.sheet, row.number, reasons.NAME_TWICE, name=name)
        else:
            code = codes.setdefault(list_name, Codes("c")).give(name)
            is_fixed = row.get("hamseda_fixed").lower() in _YES
            lists.setdefault(list_name, []).append(Listed(name, code, row.text("label"), is_fixed))
    return lists
