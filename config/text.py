"""Digits and letters, made one at the door: what people type in Persian, Arabic or Latin becomes one stored form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from config.errors import InvalidInputError

ZWNJ = "\u200c"

_DIGITS = {
    ord(digit): str(value) for zero in ("۰", "٠") for value, digit in enumerate(chr(ord(zero) + i) for i in range(10))
}
_PERSIAN_DIGITS = {ord(str(value)): chr(ord("۰") + value) for value in range(10)}
# Arabic yeh, alef maksura and kaf look alike in print but are other code points than Persian ones.
_LETTERS = {0x064A: "ی", 0x0649: "ی", 0x0643: "ک", 0x0640: None}
# Marks that only steer direction or are invisible; ZWNJ is not among them, Persian needs it.
_INVISIBLE = dict.fromkeys([0x200B, 0x200D, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Control characters and the separators of lines and paragraphs.
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029], " ")
# Halves of characters, which no encoding can write down.
_HALVES = dict.fromkeys(range(0xD800, 0xE000))
_STORED: dict[int, str | None] = {**_CONTROLS, **_INVISIBLE, **_LETTERS, **_HALVES}
_HARAKAT = dict.fromkeys([*range(0x064B, 0x0653), 0x0670])
_SEARCH_LETTERS = {
    ord("ۀ"): "ه",
    ord("ة"): "ه",
    ord("أ"): "ا",
    ord("إ"): "ا",
    ord("آ"): "ا",
    ord("ؤ"): "و",
    ord("ئ"): "ی",
}
_ID = re.compile(r"[0-9]{1,18}")
_NOT_IN_CODES = re.compile(r"[^a-z0-9]+")
LONGEST_CODE = 32
# What a spreadsheet would take for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def to_ascii_digits(text: str) -> str:
    """`text` with Persian and Arabic-Indic digits as ASCII ones."""
    return text.translate(_DIGITS)


def to_persian_digits(text: str) -> str:
    """`text` with ASCII digits as Persian ones."""
    return text.translate(_PERSIAN_DIGITS)


def is_id(text: str) -> bool:
    """Whether `text` can be the id of a row: ASCII digits, and no more than a column holds."""
    return _ID.fullmatch(text) is not None


def clean_text(text: str) -> str:
    """Text as it is stored: Persian letters for Arabic look-alikes, no invisible marks but ZWNJ, white space folded."""
    folded = unicodedata.normalize("NFC", text).translate(_STORED)
    return " ".join(folded.split()).strip(ZWNJ + " ")


def search_key(text: str) -> str:
    """The form under which text is found: cleaned, ASCII digits, lower case, no ZWNJ and no vowel marks."""
    key = clean_text(text).translate(_HARAKAT).translate(_SEARCH_LETTERS).replace(ZWNJ, "")
    return to_ascii_digits(key).casefold()


def like_pattern(text: str, escape: str = "\\") -> str:
    r"""A LIKE pattern (escape character `\`) that finds the search key of `text` anywhere."""
    key = search_key(text).replace(escape, escape * 2).replace("%", escape + "%").replace("_", escape + "_")
    return f"%{key}%"


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet runs as a formula: an apostrophe goes before a dangerous first character."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def named(typed: str, field: str, *, longest: int) -> str:
    """A name as it is stored. Raises InvalidInputError on `field` for none, or more than `longest` characters."""
    name = clean_text(typed)
    if not 0 < len(name) <= longest:
        raise InvalidInputError(field, f"a name has 1 to {longest} characters")
    return name


def new_code(words: str, *, taken: Iterable[str], otherwise: str) -> str:
    """A code made of English words, `otherwise` when there are none, that is not among those taken."""
    stem = _NOT_IN_CODES.sub("_", words.casefold()).strip("_")[:LONGEST_CODE] or otherwise
    codes = set(taken)
    number, code = 1, stem
    while code in codes:
        number += 1
        code = f"{stem}_{number}"
    return code
