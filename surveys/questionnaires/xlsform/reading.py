"""A workbook to a questionnaire, or every reason why it cannot become one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from surveys.questionnaires.checking import problems_of
from surveys.questionnaires.errors import QuestionnaireError
from surveys.questionnaires.reading import unfinished
from surveys.questionnaires.xlsform import reasons
from surveys.questionnaires.xlsform.columns import OTHER_SHEETS
from surveys.questionnaires.xlsform.columns import SHARES
from surveys.questionnaires.xlsform.columns import look_over
from surveys.questionnaires.xlsform.findings import FILE
from surveys.questionnaires.xlsform.findings import Finding
from surveys.questionnaires.xlsform.findings import Findings
from surveys.questionnaires.xlsform.findings import RefusedFormError
from surveys.questionnaires.xlsform.lists import lists_of
from surveys.questionnaires.xlsform.names import code_of
from surveys.questionnaires.xlsform.outline import Outline
from surveys.questionnaires.xlsform.rows import Workbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from surveys.questionnaires.document import Questionnaire
    from surveys.questionnaires.xlsform.rows import Row
    from surveys.questionnaires.xlsform.sheets import Sheets

_LONGEST_TITLE = 200
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_ABOUT = re.compile(r"(question|section) '([^']*)'")


@dataclass(frozen=True)
class Form:
    """A questionnaire out of a workbook, and the name it goes by.

    `problems` are what is still to be mended before it can be asked, a missing translation for example; `remarks` are
    what its writer should know.
    """

    slug: str
    questionnaire: Questionnaire
    problems: tuple[Finding, ...]
    remarks: tuple[Finding, ...]


def form_of(sheets: Sheets, file_name: str) -> Form:
    """The questionnaire in `sheets`, perhaps unfinished. Raises RefusedFormError with every reason."""
    findings = Findings()
    _ensure_there_is_a_survey(sheets)
    for name in OTHER_SHEETS:
        if sheets.rows.get(name):
            findings.refuse(name, 0, reasons.SHEET_NOT_SUPPORTED)
    book = Workbook(sheets, findings)
    look_over(book.settings, findings)
    titles, shares = _titles(book, file_name), _shares(book.settings, findings)
    outline = Outline(book.languages, titles, lists_of(book.rows("choices"), findings), findings)
    for row in book.rows("survey"):
        look_over(row, findings)
        outline.add(row)
    outline.end()
    if not book.languages:
        findings.refuse("survey", 0, reasons.NO_SHEET)
    if not findings.reasons and sheets.problem:
        findings.refuse(FILE, 0, reasons.NOT_VALID, problem=sheets.problem)
    if findings.reasons:
        raise RefusedFormError(sorted(findings.reasons, key=lambda finding: (finding.sheet, finding.row)))
    document = {"title": titles, "languages": book.languages, "sections": outline.sections, **shares}
    questionnaire = _taken(document, outline.rows_of)
    return Form(
        slug_of(book.settings.get("form_id") or file_name.rpartition(".")[0]),
        questionnaire,
        tuple(_placed(problems_of(questionnaire), outline.rows_of)),
        tuple(findings.remarks),
    )


def whole(form: Form) -> Form:
    """The form, if it can be asked as it is. Raises RefusedFormError with what is still to be mended."""
    if form.problems:
        raise RefusedFormError(form.problems)
    return form


def slug_of(name: str) -> str:
    """The name of a survey in addresses, the same when it can be one."""
    return name if _SLUG.fullmatch(name) else code_of(name, "survey")


def _ensure_there_is_a_survey(sheets: Sheets) -> None:
    """Without these nothing else can be said."""
    findings = Findings()
    if not sheets.rows.get("survey"):
        findings.refuse("survey", 0, reasons.NO_SHEET)
        raise RefusedFormError(findings.reasons)
    headings = {heading.strip().lower() for heading in sheets.headings.get("survey", [])}
    for column, others in (("type", {"command"}), ("name", {"tag"})):
        if not headings & {column, *others}:
            findings.refuse("survey", 1, reasons.NO_COLUMN, column=column)
    if findings.reasons:
        raise RefusedFormError(findings.reasons)


def _titles(book: Workbook, file_name: str) -> dict[str, str]:
    title = book.settings.get("form_title") or book.settings.get("form_id") or file_name.rpartition(".")[0]
    named = book.settings.text("hamseda_title")
    return {language: named.get(language, title or "—")[:_LONGEST_TITLE] for language in book.languages}


def _shares(settings: Row, findings: Findings) -> dict[str, int]:
    shares = {}
    for column, key in SHARES.items():
        value = settings.get(column)
        if re.fullmatch(r"[0-9]{1,3}", value):
            shares[key] = int(value)
        elif value:
            findings.refuse(settings.sheet, settings.number, reasons.NUMBER_WANTED, column=column, value=value)
    return shares


def _taken(document: dict[str, Any], rows_of: Mapping[tuple[str, str], int]) -> Questionnaire:
    try:
        return unfinished(document)
    except QuestionnaireError as error:
        raise RefusedFormError(_placed(error.problems, rows_of)) from error


def _placed(problems: Sequence[str], rows_of: Mapping[tuple[str, str], int]) -> list[Finding]:
    """What the house has against a questionnaire, at the rows it comes from."""
    findings = []
    for problem in problems:
        about = _ABOUT.match(problem)
        row = rows_of.get((about.group(1), about.group(2)), 0) if about else 0
        findings.append(Finding("survey" if row else FILE, row, reasons.IN_DOCUMENT, {"problem": problem}))
    return findings
