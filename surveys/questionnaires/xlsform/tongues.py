"""The languages of a workbook: headings such as `label::Persian (fa)`, and texts without a language."""

from __future__ import annotations

import re

# How headings name the languages that we write ourselves; others are written by their code.
NAMES = {"fa": "Persian (fa)", "en": "English (en)", "ar": "Arabic (ar)", "ku": "Kurdish (ku)", "tr": "Turkish (tr)"}
_KNOWN = {
    "persian": "fa", "farsi": "fa", "فارسی": "fa", "english": "en", "arabic": "ar", "kurdish": "ku", "turkish": "tr",
    "french": "fr", "français": "fr", "francais": "fr", "spanish": "es", "español": "es", "german": "de",
    "portuguese": "pt", "swahili": "sw", "hindi": "hi", "nepali": "ne", "urdu": "ur", "dari": "prs", "pashto": "ps",
}  # fmt: skip
_CODE_AT_END = re.compile(r"\(([A-Za-z]{2,3})(?:[-_][A-Za-z]{2,4})?\)\s*$")
_CODE = re.compile(r"[A-Za-z]{2,3}")
_ARABIC_LETTER = re.compile(r"[\u0620-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]")
# The long form of some headings, `bind::relevant`, and what is meant by it.
_LONG = re.compile(r"(?:bind|body|control)\s*::?(.+)", re.IGNORECASE)
_JAVA_ROSA = {"jr:constraintmsg": "constraint_message", "jr:requiredmsg": "required_message"}
_HEADING = re.compile(r"([^:]+)::?(.+)")


def parted(heading: str) -> tuple[str, str | None]:
    """The column of a heading and its language as written, or None: `label::Persian (fa)` is label and Persian (fa)."""
    # Blanks are taken off outside of the patterns: a long row of them would be tried in every division.
    heading = heading.strip()
    long = _LONG.fullmatch(heading)
    if long:
        meant = long.group(1).strip()
        heading = _JAVA_ROSA.get(meant.lower(), meant)
    match = _HEADING.fullmatch(heading)
    column, language = (match.group(1), match.group(2).strip()) if match else (heading, None)
    return re.sub(r"[\s-]+", "_", column.strip().lower()), language


def heading(column: str, language: str) -> str:
    """The heading of a column in one language."""
    return f"{column}::{NAMES.get(language, language)}"


def code_of(written: str) -> str | None:
    """The code of a language as people write it: Persian (fa), Persian, fa; None when it is not known."""
    match = _CODE_AT_END.search(written)
    if match:
        return match.group(1).lower()
    known = _KNOWN.get(written.strip().lower())
    if known is None and _CODE.fullmatch(written.strip()):
        return written.strip().lower()
    return known


def guessed(text: str) -> str:
    """The language of a text that does not say it: Persian when it has such letters, else English."""
    return "fa" if _ARABIC_LETTER.search(text) else "en"
