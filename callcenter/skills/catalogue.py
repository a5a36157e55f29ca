"""The skills of the house: the list that the supervisor keeps. Nothing here commits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlalchemy import select

from callcenter.skills.models import Skill as SkillRow
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError
from config.text import named
from config.text import new_code

if TYPE_CHECKING:
    from collections.abc import Sequence

# What the house gives by itself: the languages of an interview, the second call to somebody who refused, and a
# promised call that is nobody's own.
REFUSALS = "refusals"
APPOINTMENTS = "appointments"
# The sum of all masks is a signed number of 64 bits.
MOST = 62
LONGEST_NAME = 60


@dataclass(frozen=True)
class Skill:
    """One skill: its number in the sums, its words in both languages, and what its row says of it."""

    code: str
    mask: int
    name_fa: str
    name_en: str
    is_used: bool
    is_given_first: bool

    def name(self, language: str) -> str:
        """The words in `fa` or `en`."""
        return self.name_fa if language == "fa" else self.name_en


def skills() -> list[Skill]:
    """All skills, those switched off too, in the order in which they came."""
    columns = [getattr(SkillRow, name) for name in Skill.__dataclass_fields__]
    return [Skill(*row) for row in db.session.execute(select(*columns).order_by(SkillRow.mask))]


def used() -> list[Skill]:
    """The skills that count."""
    return [skill for skill in skills() if skill.is_used]


def within(total: int, among: Sequence[Skill]) -> list[Skill]:
    """Those of some skills that are in a sum of masks."""
    return [skill for skill in among if skill.mask & total]


def add(*, name_fa: str, name_en: str, is_given_first: bool) -> str:
    """Add a skill that counts from now on; gives its code.

    Raises InvalidInputError (`name_fa`, `name_en`; `is_used` when the house has as many as it can have).
    """
    names = {
        "name_fa": named(name_fa, "name_fa", longest=LONGEST_NAME),
        "name_en": named(name_en, "name_en", longest=LONGEST_NAME),
    }
    last = db.session.scalar(select(func.max(SkillRow.mask))) or 0
    if last >= 1 << (MOST - 1):
        raise InvalidInputError("is_used", f"a house has {MOST} skills at the most")
    code = new_code(names["name_en"], taken=db.session.scalars(select(SkillRow.code)), otherwise="skill")
    db.session.add(SkillRow(code=code, mask=last * 2 or 1, **names, is_given_first=is_given_first))
    db.session.flush()
    return code


def change(code: str, *, name_fa: str, name_en: str, is_used: bool, is_given_first: bool) -> None:
    """Change the words of a skill, whether it counts, and whether new operators have it.

    Raises NotFoundError, and InvalidInputError as `add`.
    """
    skill = db.session.get(SkillRow, code)
    if skill is None:
        raise NotFoundError(f"There is no skill {code!r}.")
    names = named(name_fa, "name_fa", longest=LONGEST_NAME), named(name_en, "name_en", longest=LONGEST_NAME)
    skill.name_fa, skill.name_en = names
    skill.is_used, skill.is_given_first = is_used, is_given_first
    db.session.flush()
