"""Which interviews are reviewed. Pure: the same interview, salt and share always give the same."""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256

PERCENT = 100
_BUCKETS = 2**32


class Reason(StrEnum):
    """Why an interview is reviewed."""

    NEWCOMER = "newcomer"
    RANDOM = "random"


def lot(response_id: int, salt: str) -> float:
    """The lot of an interview, from 0 up to 1: a hash of its number, which nobody guesses without the club's salt."""
    digest = sha256(f"{salt}:{response_id}".encode()).digest()
    return int.from_bytes(digest[:4]) / _BUCKETS


def reason(
    response_id: int, *, salt: str, share_percent: int, newcomer_count: int, completed_before: int
) -> Reason | None:
    """Why an interview is reviewed, or None. `completed_before` is how many its operator completed in the club before.

    The lot is drawn for each interview apart, so every operator has the same share, however many they lead.
    """
    if completed_before < newcomer_count:
        return Reason.NEWCOMER
    return Reason.RANDOM if lot(response_id, salt) < share_percent / PERCENT else None
