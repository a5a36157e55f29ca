"""Setting the scene: which members come first."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.house import House

# Ahead of everybody else, callbacks included.
FIRST = 1
NEXT_WITH_DIGIT = """
UPDATE queue_entries SET priority = ? WHERE id = (
    SELECT e.id FROM queue_entries e
    JOIN members m ON m.id = e.member_id JOIN clubs c ON c.id = e.club_id
    WHERE c.slug = 'demo' AND e.state = 'waiting' AND e.priority <> ? AND e.due_at <= datetime('now')
      AND m.phone LIKE '%' || ? ORDER BY e.id LIMIT 1)
"""


def bring_forward(house: House, digits: Sequence[int]) -> None:
    """Put a waiting member for each last digit at the head of the demo club's queue."""
    with contextlib.closing(sqlite3.connect(house.home / "hamseda.db", timeout=30)) as connection, connection:
        for digit in digits:
            changed = connection.execute(NEXT_WITH_DIGIT, (FIRST, FIRST, str(digit))).rowcount
            assert changed == 1, f"no member whose number ends in {digit} waits"
