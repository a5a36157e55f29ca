"""Why operators pause: the list that the supervisor keeps. Nothing here commits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlalchemy import select

from callcenter.operators.models import PauseReason
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError
from config.text import named
from config.text import new_code

if TYPE_CHECKING:
    from collections.abc import Sequence

# The desk offers them with the keys 1 to 9; 0 ends the shift.
MOST_OFFERED = 9
LONGEST_NAME = 60


@dataclass(frozen=True)
class Reason:
    """One reason to pause, its words in both languages, and whether the time is paid."""

    code: str
    name_fa: str
    name_en: str
    is_paid: bool
    is_offered: bool

    def name(self, language: str) -> str:
        """The words in `fa` or `en`."""
        return self.name_fa if language == "fa" else self.name_en


def reasons() -> list[Reason]:
    """All reasons, those switched off too, in the order of the desk's keys."""
    columns = [getattr(PauseReason, name) for name in Reason.__dataclass_fields__]
    rows = db.session.execute(select(*columns).order_by(PauseReason.position, PauseReason.code))
    return [Reason(*row) for row in rows]


def find(code: str | None, among: Sequence[Reason]) -> Reason | None:
    """The reason of that code among those given."""
    return next((reason for reason in among if reason.code == code), None)


def is_paid(code: str | None) -> bool:
    """Whether a pause for this reason is paid. Raises InvalidInputError (field `reason`) for one that is not there."""
    paid = db.session.scalar(select(PauseReason.is_paid).where(PauseReason.code == code))
    if paid is None:
        raise InvalidInputError("reason", f"{code!r} is not a reason to pause")
    return paid


def ensure_offered(code: str) -> None:
    """Raises InvalidInputError (field `reason`) for a reason that is not there or was switched off."""
    if not db.session.scalar(select(PauseReason.is_offered).where(PauseReason.code == code)):
        raise InvalidInputError("reason", f"{code!r} is not offered as a reason to pause")


def add(*, name_fa: str, name_en: str, is_paid: bool) -> str:
    """Add a reason at the end of the list and offer it; gives its code.

    Raises InvalidInputError (`name_fa`, `name_en`; `is_offered` when the keys are used up).
    """
    names = {
        "name_fa": named(name_fa, "name_fa", longest=LONGEST_NAME),
        "name_en": named(name_en, "name_en", longest=LONGEST_NAME),
    }
    _ensure_key_left(None)
    last = db.session.scalar(select(func.max(PauseReason.position))) or 0
    code = new_code(names["name_en"], taken=db.session.scalars(select(PauseReason.code)), otherwise="pause")
    db.session.add(PauseReason(code=code, **names, is_paid=is_paid, position=last + 1))
    db.session.flush()
    return code


def change(code: str, *, name_fa: str, name_en: str, is_paid: bool, is_offered: bool) -> None:
    """Change the words of a reason, and whether it is paid (from now on) and offered.

    Raises NotFoundError, and InvalidInputError as `add`.
    """
    reason = db.session.get(PauseReason, code)
    if reason is None:
        raise NotFoundError(f"There is no reason {code!r} to pause.")
    names = named(name_fa, "name_fa", longest=LONGEST_NAME), named(name_en, "name_en", longest=LONGEST_NAME)
    if is_offered:
        _ensure_key_left(code)
    reason.name_fa, reason.name_en = names
    reason.is_paid, reason.is_offered = is_paid, is_offered
    db.session.flush()


def _ensure_key_left(code: str | None) -> None:
    others = select(func.count()).where(PauseReason.is_offered, PauseReason.code.is_distinct_from(code))
    if (db.session.scalar(others) or 0) >= MOST_OFFERED:
        raise InvalidInputError("is_offered", f"the desk has keys for {MOST_OFFERED} reasons")
