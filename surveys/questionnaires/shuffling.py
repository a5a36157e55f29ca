"""Random orders that stay: the same seed gives the same order, today and in years. Pure."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Protocol
from typing import TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection

SEEDS = 2**31


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


_Things = TypeVar("_Things", bound=_Coded)


def in_order_of(seed: int, things: tuple[_Things, ...], stays: Collection[str]) -> tuple[_Things, ...]:
    """`things` in the order of a seed; those whose code `stays` keep their places."""
    # By hash and not by a generator of random numbers: no library's next version may change what a member was asked.
    moving = iter(sorted((one for one in things if one.code not in stays), key=lambda one: _place(seed, one.code)))
    return tuple(one if one.code in stays else next(moving) for one in things)


def _place(seed: int, code: str) -> bytes:
    return sha256(f"{seed} {code}".encode()).digest()
