"""The objections of a club, as its supervisor keeps them. Nothing here commits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlalchemy import select

from callcenter.objections.models import Objection as Row
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError
from config.text import named
from surveys.questionnaires.texts import placeholders_in

if TYPE_CHECKING:
    from collections.abc import Mapping

# The desk opens them with the keys 1 to 9.
MOST_OFFERED = 9
LONGEST = {"title_fa": 80, "title_en": 80, "reply_fa": 600, "reply_en": 600}
# What is known of everybody, in the middle of any interview.
PLACEHOLDERS = frozenset({"club", "branch", "operator", "member"})


@dataclass(frozen=True)
class Objection:
    """What a member may object, and the reply, in both languages."""

    id: int
    title_fa: str
    title_en: str
    reply_fa: str
    reply_en: str
    is_offered: bool

    @property
    def title(self) -> dict[str, str]:
        """The objection by language."""
        return {"fa": self.title_fa, "en": self.title_en}

    @property
    def reply(self) -> dict[str, str]:
        """The reply by language, with its placeholders."""
        return {"fa": self.reply_fa, "en": self.reply_en}


def of_club(club_id: int) -> list[Objection]:
    """All objections of a club, those switched off too, in the order of the desk's keys."""
    columns = [getattr(Row, name) for name in Objection.__dataclass_fields__]
    rows = db.session.execute(select(*columns).where(Row.club_id == club_id).order_by(Row.position, Row.id))
    return [Objection(*row) for row in rows]


def add(club_id: int, typed: Mapping[str, str]) -> int:
    """Add an objection at the end and offer it; gives its id. `typed` has the fields of LONGEST.

    Raises InvalidInputError on the field, or on `is_offered` when the keys are used up.
    """
    texts = _texts(typed)
    _ensure_key_left(club_id, None)
    last = db.session.scalar(select(func.max(Row.position)).where(Row.club_id == club_id)) or 0
    row = Row(club_id=club_id, position=last + 1, **texts)
    db.session.add(row)
    db.session.flush()
    return row.id


def change(club_id: int, objection_id: int, typed: Mapping[str, str], *, is_offered: bool) -> None:
    """Change the words of an objection, and whether the desks offer it. Raises NotFoundError, and as `add`."""
    row = _get(club_id, objection_id)
    texts = _texts(typed)
    if is_offered:
        _ensure_key_left(club_id, objection_id)
    for name, text in texts.items():
        setattr(row, name, text)
    row.is_offered = is_offered
    db.session.flush()


def move_up(club_id: int, objection_id: int) -> None:
    """Give an objection the place before its own; the first one stays. Raises NotFoundError."""
    row = _get(club_id, objection_id)
    rows = db.session.scalars(select(Row).where(Row.club_id == club_id).order_by(Row.position, Row.id)).all()
    order = list(rows)
    here = order.index(row)
    order.insert(max(0, here - 1), order.pop(here))
    for position, one in enumerate(order, 1):
        one.position = position
    db.session.flush()


def _get(club_id: int, objection_id: int) -> Row:
    row = db.session.get(Row, objection_id)
    if row is None or row.club_id != club_id:
        raise NotFoundError(f"Club {club_id} has no objection {objection_id}.")
    return row


def _texts(typed: Mapping[str, str]) -> dict[str, str]:
    texts = {name: named(typed.get(name, ""), name, longest=longest) for name, longest in LONGEST.items()}
    for name, text in texts.items():
        unknown = placeholders_in(text) - PLACEHOLDERS
        if unknown:
            raise InvalidInputError(name, f"nothing is known of {', '.join(sorted(unknown))}")
    return texts


def _ensure_key_left(club_id: int, objection_id: int | None) -> None:
    others = select(func.count()).where(Row.club_id == club_id, Row.is_offered, Row.id.is_distinct_from(objection_id))
    if (db.session.scalar(others) or 0) >= MOST_OFFERED:
        raise InvalidInputError("is_offered", f"the desk has keys for {MOST_OFFERED} objections")
