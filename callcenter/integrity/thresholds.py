"""The thresholds of a club: from where on an interview is looked at."""

from __future__ import annotations

from dataclasses import asdict
from dataclasses import fields

from callcenter.integrity.models import IntegrityRules
from callcenter.integrity.scoring import Thresholds
from config.database import db
from config.errors import InvalidInputError

NAMES = tuple(one.name for one in fields(Thresholds))
# The largest that makes sense of each; the smallest is 0, which switches the rule off.
LARGEST = {
    "words_per_second": 50,
    "median_percent": 90,
    "median_interviews": 1000,
    "straight_ratings": 100,
    "off_call_answers": 100,
    "off_call_seconds": 600,
    "talk_seconds": 60,
    "operator_distance": 50,
    "operator_interviews": 1000,
}
# For clubs in which nobody is judged, such as those where simulated people answer at once.
OFF = Thresholds(**dict.fromkeys(NAMES, 0))


def of_club(club_id: int) -> Thresholds:
    """The thresholds of a club."""
    row = db.session.get(IntegrityRules, club_id)
    return Thresholds() if row is None else Thresholds(**{name: getattr(row, name) for name in NAMES})


def save(club_id: int, limits: Thresholds) -> None:
    """Keep the thresholds of a club. Raises InvalidInputError on the field that is out of range."""
    for name, value in asdict(limits).items():
        if not 0 <= value <= LARGEST[name]:
            raise InvalidInputError(name, f"between 0 and {LARGEST[name]}")
    row = db.session.get(IntegrityRules, club_id, with_for_update=True) or IntegrityRules(club_id=club_id)
    for name, value in asdict(limits).items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()
