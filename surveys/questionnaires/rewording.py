"""How much of what is read aloud is new in a version, by its words. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surveys.questionnaires.wordwise import pieces

if TYPE_CHECKING:
    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire


def share_changed(before: Questionnaire, after: Questionnaire) -> float:
    """The share (0 to 1) of the words of both that the other does not have, in the language where it is largest.

    Question by question, by their codes: one that only moved has not changed, a new one is new as a whole. What only
    the operator reads is not counted.
    """
    languages = sorted({*before.languages, *after.languages})
    return max((_share(before, after, language) for language in languages), default=0.0)


def _share(before: Questionnaire, after: Questionnaire, language: str) -> float:
    same = total = 0
    for code in {**before.by_code, **after.by_code}:
        old, new = _words(before.by_code.get(code), language), _words(after.by_code.get(code), language)
        total += len(old) + len(new)
        same += 2 * sum(len(piece.new) for piece in pieces(old, new) if piece.is_same)
    return 1 - same / total if total else 0.0


def _words(question: Question | None, language: str) -> list[str]:
    if question is None:
        return []
    choices = [choice.text.get(language, "") for choice in question.choices]
    return " ".join([question.text.get(language, ""), *choices, *question.labels.get(language, ())]).split()
