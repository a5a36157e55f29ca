"""Two texts beside each other, word by word: what stayed, what went and what came. Pure."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise
from itertools import takewhile
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable
    from collections.abc import Sequence

# difflib looks at each pair of equal words once for every run it finds. So many looks are a tenth of a second; a text
# of 300 ordinary words needs fewer.
MOST_LOOKS = 1_000_000
_ENDS_SENTENCE = re.compile(r"[.!?؟:؛;…]$")


class Piece(NamedTuple):
    """Words of both texts that belong together: the same in both, or those that went and those that came for them."""

    gone: Sequence[str]
    new: Sequence[str]
    is_same: bool


def pieces(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    """Both texts in one order, piece by piece.

    What both begin and end with is the same in any case. The words between are compared one by one; where that would
    take too long, sentence by sentence; and where that would too, they count as new altogether.
    """
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    ends = [Piece(words, words, is_same=True) for words in (old[:head], old[len(old) - tail :])]
    return [piece for piece in (ends[0], *_between(before, after), ends[1]) if piece.gone or piece.new]


def _between(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    if _looks(old, new) <= MOST_LOOKS:
        return [Piece(old[a:b], new[c:d], same) for same, a, b, c, d in _spans(old, new)]
    sentences = _sentences(old), _sentences(new)
    if _looks(*sentences) <= MOST_LOOKS:
        return [
            Piece(_words(sentences[0][a:b]), _words(sentences[1][c:d]), same) for same, a, b, c, d in _spans(*sentences)
        ]
    return [Piece(old, new, is_same=False)]


def _spans(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[bool, int, int, int, int]]:
    # autojunk would leave out the most frequent words of a long text.
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(tag == "equal", a, b, c, d) for tag, a, b, c, d in codes]


def _looks(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How often difflib looks at a pair at most."""
    there = Counter(new)
    return (len(old) + sum(there[one] for one in old)) * min(len(old), len(new))


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _sentences(words: Sequence[str]) -> list[tuple[str, ...]]:
    ends = [place for place, word in enumerate(words, 1) if _ENDS_SENTENCE.search(word)]
    places = [0, *ends, *([len(words)] if not ends or ends[-1] < len(words) else [])]
    return [tuple(words[a:b]) for a, b in pairwise(places)]


def _words(sentences: Sequence[tuple[str, ...]]) -> list[str]:
    return [word for sentence in sentences for word in sentence]
