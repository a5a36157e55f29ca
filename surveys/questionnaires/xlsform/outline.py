"""The sheet survey from top to bottom: groups become sections, rows questions, and rules look back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Any

from surveys.questionnaires.document import READ_OUT
from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Kind
from surveys.questionnaires.xlsform import reasons
from surveys.questionnaires.xlsform.closing import THANKS
from surveys.questionnaires.xlsform.expressions import ExpressionError
from surveys.questionnaires.xlsform.expressions import Logic
from surveys.questionnaires.xlsform.expressions import parse
from surveys.questionnaires.xlsform.kinds import NOTE
from surveys.questionnaires.xlsform.kinds import parts_of
from surveys.questionnaires.xlsform.names import Codes
from surveys.questionnaires.xlsform.relevance import Asked
from surveys.questionnaires.xlsform.relevance import RelevanceError
from surveys.questionnaires.xlsform.relevance import rule_of
from surveys.questionnaires.xlsform.row_types import BEGIN_GROUP
from surveys.questionnaires.xlsform.row_types import END_GROUP
from surveys.questionnaires.xlsform.row_types import is_noted_by_device
from surveys.questionnaires.xlsform.row_types import reason_against
from surveys.questionnaires.xlsform.row_types import type_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from surveys.questionnaires.xlsform.findings import Findings
    from surveys.questionnaires.xlsform.kinds import Type
    from surveys.questionnaires.xlsform.lists import Listed
    from surveys.questionnaires.xlsform.rows import Row

_YES = {"yes", "true", "true()"}
_NO = {"", "no", "false", "false()"}


class Outline:
    """Takes the rows one by one; `sections` are the plain data of a questionnaire, `rows_of` tells where a code is."""

    def __init__(
        self,
        languages: Sequence[str],
        titles: Mapping[str, str],
        lists: Mapping[str, Sequence[Listed]],
        findings: Findings,
    ) -> None:
        self.sections: list[dict[str, Any]] = []
        self.rows_of: dict[tuple[str, str], int] = {}
        self._languages = languages
        self._titles = titles
        self._lists = lists
        self._findings = findings
        self._groups: list[tuple[Row, Any]] = []
        self._known: dict[str, Asked] = {}
        # Names that were refused already; rules about them are not refused again.
        self._lost: set[str] = set()
        self._names: set[str] = set()
        self._section_codes, self._question_codes = Codes("section"), Codes("q")
        self._is_outside = True

    def add(self, row: Row) -> None:
        """Take one row."""
        written = row.get("type")
        kind_of = type_of(written)
        reason = reason_against(kind_of)
        if not written:
            self._refuse(row, reasons.NO_TYPE)
        elif kind_of.name == BEGIN_GROUP:
            self._begin(row)
        elif kind_of.name == END_GROUP:
            self._end(row)
        elif is_noted_by_device(kind_of):
            self._findings.remark(row.sheet, row.number, reasons.FROM_DEVICE, type=written)
        elif reason is not None:
            self._lost.add(row.get("name"))
            self._refuse(row, reason, type=written)
        else:
            self._ask(row, kind_of)

    def end(self) -> None:
        """No more rows: name the notes at both ends, drop what is empty, and see to the closing."""
        for row, _rule in self._groups:
            self._refuse(row, reasons.GROUP_OPEN)
        self.sections = [section for section in self.sections if section["questions"]]
        questions = [question for section in self.sections for question in section["questions"]]
        if not questions:
            return
        marks = {question["code"]: question.pop("unmarked", False) for question in questions}
        first, last = questions[0], questions[-1]
        if marks[first["code"]] and len(questions) > 1:
            first["kind"] = Kind.INTRODUCTION
        if last["kind"] == Kind.INSTRUCTION and marks[last["code"]] and "when" not in last:
            last["kind"] = Kind.CLOSING
        if last["kind"] != Kind.CLOSING:
            self._close()

    def _begin(self, row: Row) -> None:
        if self._groups:
            self._findings.remark(row.sheet, row.number, reasons.NESTED_GROUP)
        else:
            title = row.text("label") or self._titles
            self._open(row, row.get("hamseda_code") or row.get("name"), title)
        self._groups.append((row, self._expression(row)))

    def _end(self, row: Row) -> None:
        if not self._groups:
            self._refuse(row, reasons.NO_GROUP_OPEN)
            return
        self._groups.pop()
        self._is_outside = not self._groups

    def _open(self, row: Row, name: str, title: Mapping[str, str]) -> None:
        dimension = row.get("hamseda_dimension") if self._is_group(row) else ""
        if dimension and dimension not in set(Dimension):
            self._refuse(row, reasons.UNKNOWN_DIMENSION, value=dimension)
            dimension = ""
        code = self._section_codes.give(name)
        self.rows_of["section", code] = row.number
        section: dict[str, Any] = {"code": code, "dimension": dimension or None, "title": dict(title), "questions": []}
        if self._is_group(row) and row.get("hamseda_shuffled").lower() in _YES:
            section["shuffled"] = True
        self.sections.append(section)
        self._is_outside = False

    def _is_group(self, row: Row) -> bool:
        return row.get("type").lower().startswith("begin")

    def _ask(self, row: Row, kind_of: Type) -> None:
        name = row.get("name")
        if not self._has_what_it_needs(row, name):
            self._lost.add(name)
            return
        parts = parts_of(row, kind_of, self._lists, self._findings)
        rule = self._rule(row)
        if parts is None:
            self._lost.add(name)
            return
        code = self._question_codes.give(row.get("hamseda_code") or name)
        if code != (row.get("hamseda_code") or name):
            self._findings.remark(row.sheet, row.number, reasons.CODE_CHANGED, name=name, code=code)
        self.rows_of["question", code] = row.number
        question = {"code": code, "kind": parts.kind, **self._words(row, parts.kind), **parts.fields, **rule}
        if kind_of.name == NOTE and not row.get("hamseda_kind"):
            question["unmarked"] = True
        if self._is_outside and not self._groups:
            self._open(row, f"section_{len(self.sections) + 1}", self._titles)
        self.sections[-1]["questions"].append(question)
        if parts.kind not in READ_OUT:
            self._known[name] = Asked(code, parts.kind, parts.codes)

    def _has_what_it_needs(self, row: Row, name: str) -> bool:
        if not name:
            self._refuse(row, reasons.NO_NAME)
        elif name in self._names:
            self._refuse(row, reasons.NAME_TWICE, name=name)
        elif not row.text("label"):
            self._refuse(row, reasons.NO_LABEL)
        else:
            self._names.add(name)
            return True
        return False

    def _words(self, row: Row, kind: Kind) -> dict[str, Any]:
        words: dict[str, Any] = {"text": row.text("label"), "hint": row.text("hint")}
        if row.text("constraint_message") and kind not in READ_OUT:
            words["message"] = row.text("constraint_message")
        if row.text("guidance_hint"):
            words["probes"] = self._probes(row)
        if row.get("hamseda_word_limit"):
            words["word_limit"] = self._number(row, "hamseda_word_limit")
        required = row.get("required").lower()
        if required not in _YES | _NO:
            self._refuse(row, reasons.REQUIRED_UNKNOWN, value=required)
        words["required"] = kind in READ_OUT or required in _YES
        return words

    def _probes(self, row: Row) -> list[dict[str, str]]:
        lines = {
            language: [line.strip() for line in text.splitlines() if line.strip()]
            for language, text in row.text("guidance_hint").items()
        }
        if len({len(one) for one in lines.values()}) > 1:
            self._refuse(row, reasons.PROBES_DIFFER)
            return []
        return [dict(zip(lines, probe, strict=True)) for probe in zip(*lines.values(), strict=True)]

    def _number(self, row: Row, column: str) -> int | None:
        value = row.get(column)
        if re.fullmatch(r"[0-9]{1,4}", value):
            return int(value)
        self._refuse(row, reasons.NUMBER_WANTED, column=column, value=value)
        return None

    def _expression(self, row: Row) -> Any:
        text = row.get("relevant")
        try:
            return parse(text) if text else None
        except ExpressionError as error:
            self._refuse(row, reasons.UNREADABLE, part=str(error))
            return None

    def _rule(self, row: Row) -> dict[str, Any]:
        """The question's own rule and those of the groups around it, as one."""
        own = self._expression(row)
        rules = [rule for _row, rule in self._groups if rule is not None] + ([own] if own is not None else [])
        if not rules:
            return {}
        try:
            found = rule_of(rules[0] if len(rules) == 1 else Logic("and", tuple(rules)), self._known)
        except RelevanceError as error:
            if error.values.get("name") not in self._lost:
                self._findings.refuse(row.sheet, row.number, error.reason, **error.values)
            return {}
        if found.is_narrower:
            self._findings.remark(row.sheet, row.number, reasons.ANSWERED_TOO)
        return {"when": found.rule}

    def _close(self) -> None:
        if not set(self._languages) <= set(THANKS):
            self._findings.refuse("survey", 0, reasons.NO_CLOSING)
            return
        self._findings.remark("survey", 0, reasons.CLOSING_ADDED)
        texts = {language: THANKS[language] for language in self._languages}
        closing = {"code": self._question_codes.give("thanks"), "kind": Kind.CLOSING, "text": texts}
        code = self._section_codes.give("closing")
        self.sections.append({"code": code, "dimension": None, "title": dict(self._titles), "questions": [closing]})

    def _refuse(self, row: Row, reason: Any, **values: Any) -> None:
        self._findings.refuse(row.sheet, row.number, reason, **values)
