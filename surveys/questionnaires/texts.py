"""The words read out: placeholders filled with the member's facts.

`{member}` is replaced by its value. A part in double brackets, `[[ on {purchase_day}]]`, is left out whole when a
value in it is missing, so that a sentence stays right for a member of whom less is known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from collections.abc import Mapping

# What the values are, for those who write texts and those who fill them.
PLACEHOLDERS: dict[str, str] = {
    "member": "the member's name as one addresses them",
    "first_name": "the member's first name",
    "tier": "the member's tier",
    "city": "the member's city",
    "branch": "the name of the branch",
    "purchase_day": "the day of the last purchase in words",
    "purchase_items": "what was bought",
    "purchase_amount": "what was paid: grouped Toman, without the unit",
    "credit": "the credit for this interview: grouped Toman, without the unit",
    "operator": "the operator's name",
    "club": "the name of the business",
}

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Without "[[" inside: else a row of them would be read to its end from each of them.
_OPTIONAL = re.compile(r"\[\[((?:(?!\[\[|\]\]).)*)\]\]", re.DOTALL)


def placeholders_in(text: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(_PLACEHOLDER.findall(text))


def needed_in(text: str) -> frozenset[str]:
    """The names in braces without which the text cannot be read out."""
    return placeholders_in(_OPTIONAL.sub("", text))


def plain(text: str) -> str:
    """`text` without what is said to some only, and with dots where a member's facts come."""
    return _PLACEHOLDER.sub("…", _OPTIONAL.sub("", text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with its placeholders filled from `values`; a missing one outside double brackets becomes nothing."""

    def keep_or_drop(match: re.Match[str]) -> str:
        part = match.group(1)
        return part if all(values.get(name) for name in placeholders_in(part)) else ""

    kept = _OPTIONAL.sub(keep_or_drop, text)
    filled = _PLACEHOLDER.sub(lambda match: values.get(match.group(1), ""), kept)
    return re.sub(r" {2,}", " ", filled).strip()


def values_in(language: str, placeholders: Mapping[str, Any]) -> dict[str, str]:
    """The values for one language. A value is a text, or a mapping of language to text; None and "" are left out."""
    chosen = {name: value.get(language) if isinstance(value, dict) else value for name, value in placeholders.items()}
    return {name: str(value) for name, value in chosen.items() if value not in (None, "")}
