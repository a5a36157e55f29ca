"""A questionnaire as an XLSForm workbook: reading it back gives the same questionnaire, and other tools can use it.

What XLSForm has no word for stands in columns of our own, which other tools pass over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from surveys.questionnaires.checking import problems_of
from surveys.questionnaires.document import EFFORT_TOP
from surveys.questionnaires.document import NO
from surveys.questionnaires.document import RATING_TOP
from surveys.questionnaires.document import RECOMMEND_TOP
from surveys.questionnaires.document import YES
from surveys.questionnaires.document import Kind
from surveys.questionnaires.errors import QuestionnaireError
from surveys.questionnaires.xlsform import telling
from surveys.questionnaires.xlsform.columns import SHARES
from surveys.questionnaires.xlsform.tongues import NAMES
from surveys.questionnaires.xlsform.tongues import heading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire
    from surveys.questionnaires.document import Section

_TYPES = {
    Kind.OPEN_TEXT: "text", Kind.NUMBER: "integer", Kind.AMOUNT: "integer", Kind.DATE: "date", Kind.RECOMMEND: "range",
    Kind.CHOICE_MANY: "select_multiple",
}  # fmt: skip
_YES_NO = {YES: {"fa": "بله", "en": "Yes"}, NO: {"fa": "نه", "en": "No"}}
# In this order; a column that nobody uses is left out.
_TEXT_COLUMNS = ("label", "hint", "guidance_hint", "constraint_message")
_COLUMNS = (
    "type", "name", *_TEXT_COLUMNS, "required", "relevant", "constraint", "parameters", "hamseda_kind",
    "hamseda_dimension", "hamseda_shuffled", "hamseda_word_limit", "hamseda_code",
)  # fmt: skip
# A kind that its type tells by itself.
_TOLD = {Kind.CHOICE_ONE, Kind.CHOICE_MANY, Kind.OPEN_TEXT, Kind.NUMBER, Kind.DATE, Kind.YES_NO}


def workbook_of(questionnaire: Questionnaire, *, slug: str, version: int | None = None) -> bytes:
    """The bytes of an .xlsx file with the sheets survey, choices and settings.

    Raises QuestionnaireError for a draft that is not finished.
    """
    problems = problems_of(questionnaire)
    if problems:
        raise QuestionnaireError(problems)
    writer = _Writer(questionnaire)
    rows = [row for section in questionnaire.sections for row in writer.section(section)]
    settings = {
        "form_title": questionnaire.title[questionnaire.languages[0]],
        "form_id": slug,
        "version": str(version) if version else "",
        "default_language": NAMES.get(questionnaire.languages[0], questionnaire.languages[0]),
        **{heading("hamseda_title", language): text for language, text in questionnaire.title.items()},
        **{column: str(getattr(questionnaire, key) or "") for column, key in SHARES.items()},
    }
    # openpyxl, and numpy with it, take half a second to import: no process pays for them before somebody wants a file.
    from surveys.questionnaires.xlsform import book  # noqa: PLC0415

    listed = ("list_name", "name", "label", "hamseda_fixed")
    return book.of(
        survey=(_headings(_COLUMNS, questionnaire.languages), rows),
        choices=(_headings(listed, questionnaire.languages), writer.choices),
        settings=(list(settings), [settings]),
    )


class _Writer:
    def __init__(self, questionnaire: Questionnaire) -> None:
        self.choices: list[dict[str, str]] = []
        self._questionnaire = questionnaire
        self._lists: dict[Any, str] = {}
        # `meta` is a word of XLSForm's own, and a group and a question cannot share a name.
        self._taken = {"meta", *questionnaire.by_code}

    def section(self, section: Section) -> list[dict[str, str]]:
        name = section.code
        while name in self._taken:
            name = f"{name}_section"
        self._taken.add(name)
        group = {
            "type": "begin_group",
            "name": name,
            "hamseda_dimension": section.dimension or "",
            "hamseda_shuffled": "yes" if section.is_shuffled else "",
            "hamseda_code": "" if name == section.code else section.code,
            **_texts("label", section.title),
        }
        return [group, *(self._question(question) for question in section.questions), {"type": "end_group"}]

    def _question(self, question: Question) -> dict[str, str]:
        name = telling.name_of(question.code)
        return {
            "type": self._type(question),
            "name": name,
            **_texts("label", question.text),
            **_texts("hint", question.hint),
            **self._probes(question),
            **_texts("constraint_message", question.message),
            "required": "yes" if question.is_required and question.wants_answer else "",
            "relevant": telling.rule(question.when, self._questionnaire) if question.when else "",
            "constraint": telling.bounds(question),
            "parameters": _parameters(question),
            "hamseda_kind": "" if question.kind in _TOLD else question.kind.value,
            "hamseda_word_limit": str(question.word_limit or ""),
            "hamseda_code": "" if name == question.code else question.code,
        }

    def _probes(self, question: Question) -> dict[str, str]:
        return _texts(
            "guidance_hint",
            {
                language: "\n".join(probe[language] for probe in question.probes)
                for language in self._questionnaire.languages
                if question.probes
            },
        )

    def _type(self, question: Question) -> str:
        if not question.wants_answer:
            return "note"
        if question.kind in _TYPES and not question.choices:
            return _TYPES[question.kind]
        return f"{_TYPES.get(question.kind, 'select_one')} {self._list(question)}"

    def _list(self, question: Question) -> str:
        """The list of the question's choices, one for all questions with the same."""
        rows = [
            {"name": name, **_texts("label", text), "hamseda_fixed": "yes" if is_fixed else ""}
            for name, text, is_fixed in self._listed(question)
        ]
        key = tuple(tuple(row.items()) for row in rows)
        if key not in self._lists:
            self._lists[key] = "yes_no" if question.kind in {Kind.YES_NO, Kind.CONSENT} else f"{question.code}_list"
            self.choices += [{"list_name": self._lists[key], **row} for row in rows]
        return self._lists[key]

    def _listed(self, question: Question) -> list[tuple[str, Mapping[str, str], bool]]:
        languages = self._questionnaire.languages
        if question.kind in {Kind.YES_NO, Kind.CONSENT}:
            return [
                (name, {language: words.get(language, words["en"]) for language in languages}, False)
                for name, words in _YES_NO.items()
            ]
        if question.kind is Kind.RATING:
            steps = range(RATING_TOP)
            return [(str(step + 1), {one: question.labels[one][step] for one in languages}, False) for step in steps]
        if question.kind is Kind.EFFORT:
            between = [str(step) for step in range(2, EFFORT_TOP)]
            words = {one: [question.labels[one][0], *between, question.labels[one][1]] for one in languages}
            return [(str(step + 1), {one: words[one][step] for one in languages}, False) for step in range(EFFORT_TOP)]
        return [(choice.code, choice.text, choice.is_fixed) for choice in question.choices]


def _parameters(question: Question) -> str:
    if question.kind is Kind.RECOMMEND:
        return f"start=0 end={RECOMMEND_TOP} step=1"
    return "randomize=true" if question.is_shuffled else ""


def _texts(column: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {heading(column, language): text for language, text in texts.items()}


def _headings(columns: Sequence[str], languages: Sequence[str]) -> list[str]:
    return [
        title
        for column in columns
        for title in ([heading(column, one) for one in languages] if column in _TEXT_COLUMNS else [column])
    ]
