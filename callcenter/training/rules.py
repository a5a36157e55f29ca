"""What a club asks of its operators' training."""

from __future__ import annotations

from dataclasses import dataclass

from callcenter.training.models import TrainingRules
from config.database import db
from config.errors import InvalidInputError

# The least and the most of each rule.
BOUNDS = {"months": (1, 60), "change_percent": (0, 100), "quiz_percent": (1, 100)}


@dataclass(frozen=True)
class Rules:
    """A club's rules; what a club has that never chose its own."""

    months: int = 12
    change_percent: int = 20
    quiz_percent: int = 80


def of_club(club_id: int) -> Rules:
    """The rules of a club."""
    row = db.session.get(TrainingRules, club_id)
    return Rules() if row is None else Rules(**{name: getattr(row, name) for name in BOUNDS})


def save(club_id: int, rules: Rules) -> None:
    """Keep the rules of a club. Raises InvalidInputError on the field that is out of range."""
    for name, (least, most) in BOUNDS.items():
        if not least <= getattr(rules, name) <= most:
            raise InvalidInputError(name, f"from {least} to {most}")
    row = db.session.get(TrainingRules, club_id) or TrainingRules(club_id=club_id)
    for name in BOUNDS:
        setattr(row, name, getattr(rules, name))
    db.session.add(row)
    db.session.flush()
