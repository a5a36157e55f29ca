"""The doctor: every part of the house, what is wrong with it and how to mend it."""

from __future__ import annotations

from datetime import UTC
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import redis
from flask import current_app

from config import checks
from config.checks import Finding
from config.live import quick_redis
from config.processes.naming import named

if TYPE_CHECKING:
    from config.settings import Settings

# Clocks farther apart than this put calls and callbacks at wrong times.
CLOCK_DRIFT_SECONDS = 5.0
EARLIEST_YEAR = 2025


def examine(telephony_checks: str) -> list[Finding]:
    """Look at everything; `telephony_checks` names a function that gives (what, is well, detail, mend) for the line."""
    findings = checks.look()
    findings += [Finding(*line) for line in named(telephony_checks)(current_app)]
    return [*findings, clock_of_the_machine(), time_zone()]


def clock_of_the_machine() -> Finding:
    """Whether this machine's clock is plausible and agrees with that of Redis."""
    mend = "Set the clock, and let chrony or systemd-timesyncd keep it."
    now = datetime.now(UTC)
    if now.year < EARLIEST_YEAR:
        return Finding("machine clock", False, f"says {now:%Y-%m-%d %H:%M} UTC", mend)
    try:
        seconds, microseconds = quick_redis().time()
    except redis.RedisError:
        return Finding("machine clock", True, f"{now:%Y-%m-%d %H:%M:%S} UTC (not compared: Redis does not answer)")
    drift = abs(seconds + microseconds / 1_000_000 - datetime.now(UTC).timestamp())
    if drift > CLOCK_DRIFT_SECONDS:
        return Finding("machine clock", False, f"{drift:.0f} s apart from the machine of Redis", mend)
    return Finding("machine clock", True, f"{now:%Y-%m-%d %H:%M:%S} UTC")


def time_zone() -> Finding:
    """The zone that calling hours are counted in, and its hour now."""
    settings: Settings = current_app.config["SETTINGS"]
    there = datetime.now(ZoneInfo(settings.time_zone))
    return Finding("time zone", True, f"{settings.time_zone}, where it is {there:%H:%M} (UTC{there:%z})")


def sentence(finding: Finding) -> str:
    """One line for a person."""
    mark = "✓" if finding.is_well else "✗"
    mend = f" {finding.mend}" if finding.mend and not finding.is_well else ""
    return f"{mark} {finding.part}: {finding.what}{'.' + mend if mend else ''}"
