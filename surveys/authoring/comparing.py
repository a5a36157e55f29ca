"""What changed between two versions: questions added, removed, moved, and the words that changed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from surveys.authoring.texts import texts_of
from surveys.questionnaires.wordwise import pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire
    from surveys.questionnaires.rules import Rule


class Fate(StrEnum):
    """What became of a question."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class Said(StrEnum):
    """Whether words stayed, went or came."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Rewritten:
    """Words of one part in one language: runs of words that stayed, went or came."""

    part: str
    language: str
    runs: tuple[tuple[Said, str], ...]


@dataclass(frozen=True)
class Change:
    """What changed of one question. `rules` are its rule before and now where they differ.

    `settings`: something else than words and rule changed too, such as its kind or whether an answer is needed.
    """

    code: str
    fate: Fate
    question: Question
    rewritten: tuple[Rewritten, ...] = ()
    rules: tuple[Rule | None, Rule | None] | None = None
    settings: bool = False


def changes(before: Questionnaire, after: Questionnaire) -> list[Change]:
    """All changes in the order of the later version; what was removed comes at the end."""
    languages = tuple(dict.fromkeys([*after.languages, *before.languages]))
    stayed = [question.code for question in before.questions if question.code in after.by_code]
    moved = _moved(stayed, [question.code for question in after.questions if question.code in before.by_code])
    found = []
    for question in after.questions:
        old = before.by_code.get(question.code)
        if old is None:
            found.append(Change(question.code, Fate.ADDED, question))
        elif old != question:
            found.append(_change(old, question, languages))
        elif question.code in moved:
            found.append(Change(question.code, Fate.MOVED, question))
    gone = [question for question in before.questions if question.code not in after.by_code]
    return [*found, *(Change(question.code, Fate.REMOVED, question) for question in gone)]


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The codes that left the order which most of them kept."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return set(after) - {code for block in blocks for code in before[block.a : block.a + block.size]}


def _change(old: Question, new: Question, languages: tuple[str, ...]) -> Change:
    words = {name: getattr(old, name) for name in ("text", "hint", "probes", "choices", "labels", "message", "when")}
    marks = [[(one.code, one.is_exclusive, one.is_fixed) for one in question.choices] for question in (old, new)]
    return Change(
        code=new.code,
        fate=Fate.CHANGED,
        question=new,
        rewritten=_rewritten(old, new, languages),
        rules=(old.when, new.when) if old.when != new.when else None,
        settings=replace(new, **words) != old or marks[0] != marks[1],
    )


def _rewritten(old: Question, new: Question, languages: tuple[str, ...]) -> tuple[Rewritten, ...]:
    before = {(part.name, part.code): part.words for part in texts_of(old, languages)}
    after = {(part.name, part.code): part.words for part in texts_of(new, languages)}
    pairs = [
        (key[0], language, before.get(key, {}).get(language, ""), after.get(key, {}).get(language, ""))
        for key in dict.fromkeys([*after, *before])
        for language in languages
    ]
    return tuple(Rewritten(part, language, runs(was, now)) for part, language, was, now in pairs if was != now)


def runs(was: str, now: str) -> tuple[tuple[Said, str], ...]:
    """The words of both texts in one order, each run marked as the same, gone or new."""
    said: list[tuple[Said, Sequence[str]]] = []
    for gone, new, is_same in pieces(was.split(), now.split()):
        said += [(Said.SAME, new)] if is_same else [(Said.GONE, gone), (Said.NEW, new)]
    return tuple((kind, " ".join(words)) for kind, words in said if words)
