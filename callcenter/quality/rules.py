"""How much a club reviews."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex

from sqlalchemy import text

from callcenter.quality.models import DEFAULT_NEWCOMER_COUNT
from callcenter.quality.models import DEFAULT_SHARE_PERCENT
from callcenter.quality.models import QualityRules
from config.database import db
from config.errors import InvalidInputError

# The least and the most of each rule.
BOUNDS = {"share_percent": (0, 100), "newcomer_count": (0, 1000)}
# Two first interviews of a club may end at the same moment: one of them makes the salt, and both take it.
BEGIN = text(
    "INSERT INTO quality_rules (club_id, salt, share_percent, newcomer_count) "
    "VALUES (:club, :salt, :share, :newcomer) ON CONFLICT (club_id) DO NOTHING"
)


@dataclass(frozen=True)
class Rules:
    """A club's rules; what a club has that never chose its own."""

    share_percent: int = DEFAULT_SHARE_PERCENT
    newcomer_count: int = DEFAULT_NEWCOMER_COUNT


def of_club(club_id: int) -> Rules:
    """The rules of a club."""
    row = db.session.get(QualityRules, club_id)
    return Rules() if row is None else Rules(**{name: getattr(row, name) for name in BOUNDS})


def with_salt(club_id: int) -> tuple[Rules, str]:
    """The rules of a club and its salt, which is made when it is first needed."""
    row = _row(club_id)
    return Rules(row.share_percent, row.newcomer_count), row.salt


def save(club_id: int, rules: Rules) -> None:
    """Keep the rules of a club, for interviews from now on. Raises InvalidInputError on the field out of range."""
    for name, (least, most) in BOUNDS.items():
        if not least <= getattr(rules, name) <= most:
            raise InvalidInputError(name, f"from {least} to {most}")
    row = _row(club_id)
    row.share_percent, row.newcomer_count = rules.share_percent, rules.newcomer_count
    db.session.flush()


def _row(club_id: int) -> QualityRules:
    row = db.session.get(QualityRules, club_id)
    if row is None:
        new = Rules()
        values = {"club": club_id, "salt": token_hex(8), "share": new.share_percent, "newcomer": new.newcomer_count}
        db.session.connection().execute(BEGIN, values)
        row = db.session.get_one(QualityRules, club_id)
    return row
