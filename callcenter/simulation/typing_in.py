"""What a simulated operator types where an answer is typed, within what the question takes. Pure."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

from config.calendar import format_date
from config.formats import RIAL_PER_TOMAN
from surveys.questionnaires.document import TODAY
from surveys.questionnaires.document import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

SENTENCES = ("همه‌چیز خوب بود.", "صف صندوق طولانی بود.", "قیمت‌ها بالا رفته، ولی کیفیت خوب است.")
# How far from its lowest a number is where nothing bounds it, in units; the same for an amount in Toman, and in days.
SPREAD = 9
THOUSANDS = 900_000
DAYS = 90


def words(limits: Mapping[str, str], *, chance: Random, today: date) -> str:
    """What to type; `limits` are those of the form, an amount's in rial."""
    kind = limits.get("kind", Kind.OPEN_TEXT)
    if kind == Kind.NUMBER:
        return str(chance.randint(*_bounds(limits, SPREAD)))
    if kind == Kind.AMOUNT:
        lowest, highest = _bounds(limits, THOUSANDS * RIAL_PER_TOMAN)
        return str(chance.randint(-(-lowest // RIAL_PER_TOMAN), highest // RIAL_PER_TOMAN))
    if kind == Kind.DATE:
        return _day(limits, chance, today)
    said = chance.choice(SENTENCES).split()
    return " ".join(said[: int(limits.get("words", len(said)))])


def _bounds(limits: Mapping[str, str], spread: int) -> tuple[int, int]:
    highest = int(limits["maximum"]) if "maximum" in limits else None
    lowest = int(limits.get("minimum", 0 if highest is None else min(0, highest)))
    return lowest, lowest + spread if highest is None else min(highest, lowest + spread)


def _day(limits: Mapping[str, str], chance: Random, today: date) -> str:
    """A day as it is typed in Persian, rather of the last weeks than to come."""
    earliest, latest = (_bound(limits.get(name), today) for name in ("earliest", "latest"))
    if latest is None:
        latest = today if earliest is None else earliest + timedelta(DAYS)
    if earliest is None:
        earliest = latest - timedelta(DAYS)
    days = min((latest - earliest).days, DAYS)
    return format_date(latest - timedelta(chance.randint(0, days)), "fa", "numeric")


def _bound(text: str | None, today: date) -> date | None:
    if text is None:
        return None
    return today if text == TODAY else date.fromisoformat(text)
