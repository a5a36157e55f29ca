"""The rows of a workbook with headings that mean the same under one name, and texts by language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.questionnaires.xlsform import reasons
from surveys.questionnaires.xlsform import tongues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surveys.questionnaires.xlsform.findings import Findings
    from surveys.questionnaires.xlsform.sheets import Sheets

# Texts that come in several languages; all other columns hold one value.
TEXTS = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message", "hamseda_title"})
_SAME = {
    "survey": {"caption": "label", "relevance": "relevant", "constraining_message": "constraint_message",
               "readonly": "read_only", "calculate": "calculation", "command": "type", "tag": "name"},
    "choices": {"caption": "label", "value": "name"},
    "settings": {"set_form_title": "form_title", "set_form_id": "form_id"},
}  # fmt: skip
# Blanks are taken off afterwards: beside the name in the pattern, they would be tried in every division.
_REFERENCE = re.compile(r"\$\{([^{}]*)\}")
# An old workbook may hold what no database takes.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# The language of a text whose heading names none.
UNNAMED = ""


@dataclass(frozen=True)
class Row:
    """One row: its number in the spreadsheet, its single values, and its texts by column and language."""

    sheet: str
    number: int
    values: dict[str, str]
    texts: dict[str, dict[str, str]]

    def get(self, column: str) -> str:
        """The value in a column, empty when there is none."""
        return self.values.get(column, "")

    def text(self, column: str) -> dict[str, str]:
        """The text in a column by language."""
        return self.texts.get(column, {})


class Workbook:
    """The rows of the sheets, and the languages they are written in (the default first)."""

    def __init__(self, sheets: Sheets, findings: Findings) -> None:
        self._findings = findings
        self._raw = {name: list(_rows(sheets, name, findings)) for name in ("survey", "choices", "settings")}
        self.settings = self._raw["settings"][0] if self._raw["settings"] else Row("settings", 2, {}, {})
        self.languages, self._unnamed = self._find_languages()

    def rows(self, sheet: str) -> list[Row]:
        """The rows of a sheet, with the language of texts that do not name it."""
        return [self._named(row) for row in self._raw[sheet]]

    def _find_languages(self) -> tuple[list[str], str]:
        labels = [row.text("label") for name in ("survey", "choices") for row in self._raw[name]]
        unnamed = " ".join(label[UNNAMED] for label in labels if UNNAMED in label)
        default = tongues.code_of(self.settings.get("default_language"))
        plain = default or tongues.guessed(unnamed)
        used = dict.fromkeys(language or plain for label in labels for language in label)
        return sorted(used, key=lambda language: language != default), plain

    def _named(self, row: Row) -> Row:
        texts = {}
        for column, text in row.texts.items():
            named = {language: words for language, words in text.items() if language != UNNAMED}
            # A note to the operator without a language is for all of them; what is read out is in one.
            unnamed = [self._unnamed] if column == "label" else self.languages
            texts[column] = {language: text[UNNAMED] for language in unnamed if UNNAMED in text} | named
            for words in texts[column].values():
                for name in _REFERENCE.findall(words):
                    self._findings.refuse(row.sheet, row.number, reasons.ANSWER_IN_TEXT, name=name.strip())
        return Row(row.sheet, row.number, row.values, texts)


def _rows(sheets: Sheets, sheet: str, findings: Findings) -> Iterator[Row]:
    unknown: set[str] = set()
    for number, cells in enumerate(sheets.rows.get(sheet, []), 2):
        values: dict[str, str] = {}
        texts: dict[str, dict[str, str]] = {}
        for heading, written in cells.items():
            cell = _UNSTORABLE.sub("", written).strip()
            column, language = tongues.parted(heading)
            column = _SAME[sheet].get(column, column)
            code = UNNAMED if language is None else tongues.code_of(language)
            if column not in TEXTS:
                values[column] = cell
            elif code is None:
                unknown.add(heading)
            elif cell:
                texts.setdefault(column, {})[code] = cell
        if values or texts:
            yield Row(sheet, number, values, texts)
    for heading in sorted(unknown):
        findings.refuse(sheet, 1, reasons.UNKNOWN_LANGUAGE, column=heading)
