"""Words of members without the numbers that lead to them. Pure."""

from __future__ import annotations

import re

# Phone, card and account numbers: seven digits or more, of any script, with the usual marks between them.
_LONG_NUMBER = re.compile(r"\+?\d(?:[\s\-.()]{0,2}\d){6,}")
# Looked for where a word begins: within a long one without @ it would be looked for at every letter.
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+")
MASK = "•••"


def masked(text: str) -> str:
    """`text` with long numbers and e-mail addresses hidden; prices and dates are short enough to stay."""
    return _LONG_NUMBER.sub(MASK, _ADDRESS.sub(MASK, text))
