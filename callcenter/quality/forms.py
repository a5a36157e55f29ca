"""The form of a review, from what the browser sent."""

from __future__ import annotations

import re

from werkzeug.datastructures import MultiDict

from callcenter.quality.reviewing import Card
from callcenter.quality.reviewing import Comment
from callcenter.quality.scoring import Item
from callcenter.quality.scoring import Mark
from config.errors import InvalidInputError
from config.text import to_ascii_digits

# 1:23, or 1:02:03 in a long talk.
MOMENT = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")
LONGEST_ID = len(str(2**62))


def card_of(form: MultiDict[str, str]) -> Card:
    """The filled-in scorecard. Raises InvalidInputError (field `comments`) for a time that is none."""
    marks = {item: Mark(form[item]) for item in Item if form.get(item) in set(Mark)}
    return Card(marks, form.get("is_fabricated") == "1", form.get("note", ""), _comments(form))


def rows_of(form: MultiDict[str, str]) -> list[tuple[str, str, str]]:
    """The lines for comments as they were typed: recording, moment and text of each that has a text."""
    lists = (form.getlist(f"comment_{name}") for name in ("recording", "moment", "text"))
    return [row for row in zip(*lists, strict=False) if row[2].strip()]


def _comments(form: MultiDict[str, str]) -> list[Comment]:
    return [
        Comment(
            text,
            second_of(moment),
            int(number) if number.isascii() and number.isdecimal() and len(number) < LONGEST_ID else None,
        )
        for number, moment, text in rows_of(form)
    ]


def second_of(moment: str) -> int | None:
    """The second that `1:23` is, in any digits; None for nothing. Raises InvalidInputError (field `comments`)."""
    typed = to_ascii_digits(moment).strip()
    if not typed:
        return None
    found = MOMENT.fullmatch(typed)
    if found is None:
        raise InvalidInputError("comments", f"{typed[:20]!r} is no moment")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return (hours * 60 + minutes) * 60 + seconds
