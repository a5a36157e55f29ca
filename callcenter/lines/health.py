"""How each line is, by the pulse of the process that holds it and of its connection."""

from __future__ import annotations

from enum import StrEnum

import redis

from callcenter.lines import belonging
from config.processes import heartbeats
from config.settings import FIRST_LINE


class LineHealth(StrEnum):
    """How a telephone line is: up; the process without the exchange; no process; nobody can tell."""

    UP = "up"
    NO_EXCHANGE = "no_exchange"
    DOWN = "down"
    UNKNOWN = "unknown"


def of_all() -> dict[str, LineHealth]:
    """How every line is, by its name."""
    return {name: of(name) for name in belonging.names()}


def of(name: str = FIRST_LINE) -> LineHealth:
    """How one line is."""
    try:
        is_connected, is_held = (heartbeats.is_beating(heartbeats.of_line(pulse, name)) for pulse in ("line", "pbx"))
    except redis.RedisError:
        return LineHealth.UNKNOWN
    if is_connected:
        return LineHealth.UP
    return LineHealth.NO_EXCHANGE if is_held else LineHealth.DOWN
