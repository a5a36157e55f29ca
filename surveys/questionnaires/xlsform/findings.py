"""What is to be said about a workbook: reasons to refuse it, and remarks on what is different here."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Any

from config.errors import InvalidInputError
from config.languages import speaking

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

# What belongs to the file and not to one of its sheets.
FILE = ""


@dataclass(frozen=True)
class Finding:
    """A sentence about one place; `row` is as the spreadsheet counts, 0 for a whole sheet."""

    sheet: str
    row: int
    reason: Any
    values: Mapping[str, Any] = field(default_factory=dict)

    def sentence(self) -> str:
        """In the language of the page."""
        return str(self.reason) % dict(self.values)

    def line(self) -> str:
        """With its place, in English: for terminals and logs."""
        place = ", ".join(part for part in (self.sheet, f"row {self.row}" if self.row else "") if part)
        with speaking("en"):
            sentence = self.sentence()
        return f"{place}: {sentence}" if place else sentence


class RefusedFormError(InvalidInputError):
    """A workbook that cannot become a questionnaire; `findings` are all reasons."""

    code = "xlsform_refused"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("file", "; ".join(finding.line() for finding in findings))
        self.findings = tuple(findings)


class Findings:
    """Collects what is found on the way, so that everything is said at once."""

    def __init__(self) -> None:
        self.reasons: list[Finding] = []
        self.remarks: list[Finding] = []

    def refuse(self, sheet: str, row: int, reason: Any, **values: Any) -> None:
        """Note a reason against the form."""
        self.reasons.append(Finding(sheet, row, reason, values))

    def remark(self, sheet: str, row: int, reason: Any, **values: Any) -> None:
        """Note something that the writer of the form should know."""
        remark = Finding(sheet, row, reason, values)
        if remark not in self.remarks:
            self.remarks.append(remark)
