"""When the exchange may be asked once more for what it has not confirmed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Hashable

AGAIN_SECONDS = 3.0


class Asked:
    """What was asked for last and when, each by its subject (a call, a leg, a row) and the wish about it."""

    def __init__(self) -> None:
        self._at: dict[tuple[Hashable, Hashable], float] = {}

    def is_time(self, subject: Hashable, wish: Hashable = None, *, once: bool = False) -> bool:
        """Whether to ask for it now, which counts as asked: the first time, and while it is not `once`, every 3 s."""
        now = time.monotonic()
        asked_at = self._at.get((subject, wish))
        if asked_at is not None and (once or now - asked_at < AGAIN_SECONDS):
            return False
        self._at[subject, wish] = now
        return True

    def forget_all_but(self, subjects: Collection[Hashable]) -> None:
        """Remember nothing of what wants nothing any more."""
        self._at = {key: at for key, at in self._at.items() if key[0] in subjects}

    def clear(self) -> None:
        """Everything may be asked for again at once."""
        self._at.clear()
