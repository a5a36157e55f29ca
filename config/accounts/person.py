"""The person of a request and the clubs they may see: plain values, read in one statement at the door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import cast

from flask_login import UserMixin
from sqlalchemy import bindparam
from sqlalchemy import or_
from sqlalchemy import select

from config.accounts.models import Club
from config.accounts.models import Membership
from config.accounts.models import Role
from config.accounts.models import User
from config.statements import run_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Table


@dataclass(frozen=True)
class ClubLine:
    """A club as every page needs it."""

    id: int
    name: str
    time_zone: str


@dataclass(frozen=True)
class Person(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """Who is signed in. `language` is fa or en once chosen; `clubs` are all they may see, by name."""

    id: int
    email: str
    name: str
    role: Role
    language: str | None
    session_epoch: int
    is_enabled: bool
    clubs: Sequence[ClubLine]

    @property
    def is_active(self) -> bool:
        """Flask-Login's name for it: a disabled account has no session."""
        return self.is_enabled

    def get_id(self) -> str:
        """The session's identity: the user and the epoch, so that a new password ends older sessions."""
        return f"{self.id}:{self.session_epoch}"


# What every request begins with: the person, once for each club they may see (all, for an administrator).
_users, _clubs, _memberships = (cast("Table", model.__table__).c for model in (User, Club, Membership))
_PERSON = (
    select(
        _users.id, _users.email, _users.name, _users.role, _users.language, _users.session_epoch, _users.is_enabled,
        _clubs.id.label("club_id"), _clubs.name.label("club_name"), _clubs.time_zone,
    )
    .outerjoin_from(User.__table__, Membership.__table__, _memberships.user_id == _users.id)
    .outerjoin(Club.__table__, or_(_clubs.id == _memberships.club_id, _users.role == Role.ADMINISTRATOR))
    .where(_users.id == bindparam("user_id"))
    .order_by(_clubs.name)
)  # fmt: skip


def load_person(user_id: int) -> Person | None:
    """The person of that id, None when there is none."""
    rows = run_plain(_PERSON, {"user_id": user_id})
    if not rows:
        return None
    # An administrator who is a member of several clubs meets each club once for every membership.
    clubs = dict.fromkeys(
        ClubLine(row.club_id, row.club_name, row.time_zone) for row in rows if row.club_id is not None
    )
    first = rows[0]
    return Person(
        id=first.id,
        email=first.email,
        name=first.name,
        role=first.role,
        language=first.language,
        session_epoch=first.session_epoch,
        is_enabled=first.is_enabled,
        clubs=tuple(clubs),
    )
