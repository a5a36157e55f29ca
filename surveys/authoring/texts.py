"""All that is written in a question, part by part. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from surveys.questionnaires.document import Question


@dataclass(frozen=True)
class Part:
    """Words of a question in each language. `name`: text, hint, probe, choice, label or message; `code` tells those
    of one name apart.
    """

    name: str
    words: Mapping[str, str]
    code: str = ""


def texts_of(question: Question, languages: Iterable[str]) -> Iterator[Part]:
    """The question's words in their order."""
    yield Part("text", question.text)
    if question.hint:
        yield Part("hint", question.hint)
    for number, probe in enumerate(question.probes, 1):
        yield Part("probe", probe, code=str(number))
    for choice in question.choices:
        yield Part("choice", choice.text, code=choice.code)
    if question.labels:
        known = tuple(languages)
        for place in range(max(len(words) for words in question.labels.values())):
            words = {code: one[place] for code in known if place < len(one := question.labels.get(code, ()))}
            yield Part("label", words, code=str(place + 1))
    if question.message:
        yield Part("message", question.message)
