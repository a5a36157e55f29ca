"""All that is written in a question, part by part. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from surveys.questionnaires.document import Question

_PLACEHOLDER = re.compile(r"\{\w+\}")
_OPTIONAL = re.compile(r"\[\[.*?\]\]")


@dataclass(frozen=True)
class Part:
    """Words of a question in each language. `name`: text, hint, choice or label; `code` tells the choices apart.

    `is_wanted`: it must be there in each language of the survey.
    """

    name: str
    words: Mapping[str, str]
    is_wanted: bool
    code: str = ""


def texts_of(question: Question, languages: Iterable[str]) -> Iterator[Part]:
    """The question's words in their order."""
    yield Part("text", question.text, is_wanted=True)
    if question.hint:
        yield Part("hint", question.hint, is_wanted=True)
    for choice in question.choices:
        yield Part("choice", choice.text, is_wanted=True, code=choice.code)
    if question.labels:
        known = tuple(languages)
        for place in range(max(len(words) for words in question.labels.values())):
            words = {code: one[place] for code in known if place < len(one := question.labels.get(code, ()))}
            yield Part("label", words, is_wanted=True, code=str(place + 1))


def plain(text: str) -> str:
    """A text without what is said to some only, and with dots where a member's facts come."""
    return _PLACEHOLDER.sub("…", _OPTIONAL.sub("", text))
