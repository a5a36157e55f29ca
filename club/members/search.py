"""How members are found: the key stored beside each member, and what a typed text may mean. Pure."""

from __future__ import annotations

import re

from config.text import like_pattern
from config.text import search_key

LONGEST_KEY = 500
_NOT_DIGITS = re.compile(r"[^0-9]")
_PHONE_LIKE = re.compile(r"\+?[0-9][0-9 ()\-]*")
# How a number may begin when people dial it, before the part that all writings share.
_DIALLED_PREFIX = re.compile(r"^(0098|0)")
FEWEST_PHONE_DIGITS = 3


def member_key(first_name: str, last_name: str, external_id: str | None) -> str:
    """The folded name and external id under which a member is found."""
    return search_key(f"{first_name} {last_name} {external_id or ''}")[:LONGEST_KEY]


def name_patterns(text: str) -> list[str]:
    """One LIKE pattern (escape: backslash) for each word of `text`: all must be found, in any order."""
    return [like_pattern(word) for word in search_key(text).split()]


def phone_patterns(text: str) -> list[str]:
    """LIKE patterns of the E.164 numbers that `text` may be a part of, none when it is no part of a number."""
    key = search_key(text)
    digits = _NOT_DIGITS.sub("", key)
    if not _PHONE_LIKE.fullmatch(key) or len(digits) < FEWEST_PHONE_DIGITS:
        return []
    # 0912… is most likely the beginning of a number as people dial it, but may stand in its middle too.
    rest = _DIALLED_PREFIX.sub("", digits)
    return [f"%{digits}%"] if rest == digits else [f"+98{rest}%", f"%{digits}%"]
