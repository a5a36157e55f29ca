"""Waiting for the web process to say that everything is there, without stopping to wait."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request

EVERY_SECONDS = 0.5
ANSWER_SECONDS = 1.5
# When something is still down after this long, the person is told what.
PATIENCE_SECONDS = 45.0


class ReadinessWatch:
    """Asks /readyz now and then until it says yes; `look` is called from the supervisor's loop."""

    def __init__(self, address: str) -> None:
        self._url = f"{address}/readyz"
        self._began = time.monotonic()
        self._next = self._began
        self._has_complained = False
        self.is_ready = False
        self._down: list[str] = ["web"]

    def look(self) -> str | None:
        """Ask if it is time to; returns `ready` once, a sentence once when it takes too long, else None."""
        if self.is_ready or time.monotonic() < self._next:
            return None
        self.is_ready, self._down = _ask(self._url)
        self._next = time.monotonic() + EVERY_SECONDS
        if self.is_ready:
            return "ready"
        if not self._has_complained and time.monotonic() - self._began > PATIENCE_SECONDS:
            self._has_complained = True
            return f"still waiting for: {', '.join(self._down)}"
        return None


def _ask(url: str) -> tuple[bool, list[str]]:
    try:
        with urllib.request.urlopen(url, timeout=ANSWER_SECONDS) as answer:  # noqa: S310  # our own address
            return answer.status == 200, []  # noqa: PLR2004  # HTTP's yes
    except urllib.error.HTTPError as error:
        return False, _names_in(error.read())
    except OSError:
        return False, ["web"]


def _names_in(body: bytes) -> list[str]:
    try:
        return list(json.loads(body)["down"])
    except (ValueError, KeyError, TypeError):
        return ["web"]
