"""AAPOR's outcome codes for a telephone sample of named persons, and the rates made of them.

Standard Definitions, 10th edition (2023): the code table with its symbols, and RR1-6, COOP1-4, REF1-3, CON1-3.
Counts may be weighted sums; a rate whose denominator is zero is None, never 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Symbol(StrEnum):
    """The groups into which the rates put the codes."""

    COMPLETE = "I"
    PARTIAL = "P"
    REFUSAL = "R"
    NON_CONTACT = "NC"
    OTHER = "O"
    UNKNOWN_UNIT = "UH"
    UNKNOWN_RESPONDENT = "UR"
    UNKNOWN_OTHER = "UO"
    NOT_ELIGIBLE = "NE"


CONTACTED = (Symbol.COMPLETE, Symbol.PARTIAL, Symbol.REFUSAL, Symbol.OTHER)
UNKNOWN = (Symbol.UNKNOWN_UNIT, Symbol.UNKNOWN_RESPONDENT, Symbol.UNKNOWN_OTHER)


@dataclass(frozen=True)
class Outcome:
    """What one code means.

    `is_temporary`: another attempt may follow it. `is_contacted`: a person was spoken to. `is_eligible`: it proves
    that the number is the member's.
    """

    code: str
    symbol: Symbol
    is_temporary: bool
    is_contacted: bool
    is_eligible: bool


# code: symbol and flags: t temporary, c contacted, e eligible.
_TABLE = {
    "1.1": "I ce", "1.2": "P ce",
    "2.10": "R ce", "2.11": "R ce", "2.111": "R c", "2.112": "R ce", "2.12": "R ce",
    "2.20": "NC te", "2.21": "NC te", "2.22": "NC te", "2.221": "NC te", "2.222": "NC te",
    "2.30": "O ce", "2.31": "O ce", "2.32": "O ce", "2.33": "O ce", "2.331": "O c", "2.332": "O ce", "2.333": "O ce",
    "2.34": "O tce", "2.35": "O tce", "2.36": "O tce",
    "3.10": "UH t", "3.11": "UH t", "3.12": "UH t", "3.13": "UH t", "3.14": "UH t", "3.15": "UH t", "3.16": "UH t",
    "3.161": "UH t",
    "3.20": "UR tc", "3.21": "UR tc", "3.30": "UO tc", "3.90": "UO c", "3.91": "UO c",
    "4.10": "NE c", "4.20": "NE ", "4.30": "NE ", "4.31": "NE t", "4.32": "NE ", "4.33": "NE t",
    "4.40": "NE ", "4.41": "NE ", "4.43": "NE ", "4.44": "NE ", "4.45": "NE ", "4.46": "NE ",
    "4.50": "NE c", "4.51": "NE c", "4.52": "NE c", "4.53": "NE c", "4.70": "NE c", "4.80": "NE c", "4.90": "NE ",
}  # fmt: skip


def _read(code: str, text: str) -> Outcome:
    symbol, flags = text.split(" ")
    return Outcome(code, Symbol(symbol), "t" in flags, "c" in flags, "e" in flags)


OUTCOMES: Mapping[str, Outcome] = {code: _read(code, text) for code, text in _TABLE.items()}

# All kinds of refusal, breaking off among them.
REFUSALS = tuple(code for code, outcome in OUTCOMES.items() if outcome.symbol is Symbol.REFUSAL)

COMPLETE = "1.1"
PARTIAL = "1.2"
REFUSAL = "2.11"
BREAK_OFF = "2.12"
NON_CONTACT = "2.20"
NEVER_AVAILABLE = "2.21"
MEMBER_MACHINE = "2.22"
DEAD = "2.31"
UNABLE = "2.32"
LANGUAGE = "2.332"
INAUDIBLE = "2.34"
MISCELLANEOUS = "2.36"
NOT_ATTEMPTED = "3.11"
BUSY = "3.12"
NO_ANSWER = "3.13"
MACHINE = "3.14"
TECHNICAL = "3.16"
NOT_CONFIRMED = "3.20"
WRONG_PERSON = "3.90"
NOT_IN_SAMPLE = "4.10"
NON_WORKING = "4.31"
NUMBER_CHANGED = "4.41"
QUOTA_FULL = "4.80"

Counts = Mapping[Symbol, float]
Eligibility = float | Mapping[Symbol, float]


@dataclass(frozen=True)
class Rates:
    """The outcome rates as shares (0 to 1), with the `e` they were made with; None where undefined."""

    e: float | None
    rr1: float | None
    rr2: float | None
    rr3: float | None
    rr4: float | None
    rr5: float | None
    rr6: float | None
    coop1: float | None
    coop2: float | None
    coop3: float | None
    coop4: float | None
    ref1: float | None
    ref2: float | None
    ref3: float | None
    con1: float | None
    con2: float | None
    con3: float | None


def count_by_symbol(counts: Mapping[str, float]) -> dict[Symbol, float]:
    """Counts by code, added up by symbol. Raises KeyError for a code that the table does not have."""
    totals: dict[Symbol, float] = dict.fromkeys(Symbol, 0)
    for code, count in counts.items():
        totals[OUTCOMES[code].symbol] += count
    return totals


def count_codes(codes: Iterable[str]) -> dict[Symbol, float]:
    """How many of `codes` (one final code for each entry) fall under each symbol."""
    return count_by_symbol(Counter(codes))


def share_eligible(counts: Counts) -> float | None:
    """The share of the unknown cases taken for eligible, e = N5 / (N5 + NE).

    Proportional allocation (CASRO), the default of AAPOR's calculator; None when nothing is known of any case.
    """
    known = _known(counts)
    return _ratio(known, known + counts.get(Symbol.NOT_ELIGIBLE, 0))


def rates(counts: Counts, e: Eligibility | None = None) -> Rates:
    """The sixteen rates of the counts by symbol.

    `e` is the share of the unknown cases that is eligible, one number or one for each of UH, UR and UO; by default
    `share_eligible`. Raises ValueError when a share is outside 0 to 1.
    """
    basis = share_eligible(counts) if e is None else e
    complete, partial, refusal, other = (counts.get(symbol, 0) for symbol in CONTACTED)
    known, reached = _known(counts), complete + partial + refusal + other
    every = known + sum(counts.get(symbol, 0) for symbol in UNKNOWN)
    weighed = None if basis is None else known + _eligible_unknown(counts, basis)
    interviews = complete + partial
    return Rates(
        basis if isinstance(basis, float | int) else None,
        _ratio(complete, every), _ratio(interviews, every),
        _ratio(complete, weighed), _ratio(interviews, weighed),
        _ratio(complete, known), _ratio(interviews, known),
        _ratio(complete, reached), _ratio(interviews, reached),
        _ratio(complete, reached - other), _ratio(interviews, reached - other),
        _ratio(refusal, every), _ratio(refusal, weighed), _ratio(refusal, known),
        _ratio(reached, every), _ratio(reached, weighed), _ratio(reached, known),
    )  # fmt: skip


def _known(counts: Counts) -> float:
    """N5: the cases known to be eligible."""
    return sum(counts.get(symbol, 0) for symbol in (*CONTACTED, Symbol.NON_CONTACT))


def _eligible_unknown(counts: Counts, e: Eligibility) -> float:
    shares = {symbol: e[symbol] if isinstance(e, Mapping) else e for symbol in UNKNOWN}
    if not all(0 <= share <= 1 for share in shares.values()):
        raise ValueError(f"a share of eligible cases lies between 0 and 1: {e!r}")
    return sum(share * counts.get(symbol, 0) for symbol, share in shares.items())


def _ratio(part: float, whole: float | None) -> float | None:
    return part / whole if whole else None
