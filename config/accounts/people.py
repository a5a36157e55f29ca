"""Accounts: adding people and clubs, changing what they may do."""

from __future__ import annotations

import re

from sqlalchemy import exists
from sqlalchemy import select

from config.accounts.events import club_added
from config.accounts.events import user_added
from config.accounts.models import Club
from config.accounts.models import Membership
from config.accounts.models import Role
from config.accounts.models import User
from config.accounts.passwords import hash_password
from config.calendar import is_zone
from config.database import add_if_new
from config.database import db
from config.errors import ConflictError
from config.errors import InvalidInputError
from config.errors import NotFoundError
from config.text import clean_text
from config.text import named

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,38}")
# Demo accounts have no dot in their domain, so no more than this is asked of an address.
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
LONGEST = 200


def add_club(slug: str, *, name: str, time_zone: str) -> Club:
    """Add a club; `time_zone` is a tz database name.

    Raises InvalidInputError (slug, club_name, time_zone), or ConflictError for a slug in use.
    """
    if not _SLUG.fullmatch(slug):
        raise InvalidInputError("slug", f"{slug!r} is not a slug: use 2 to 39 small letters, digits and hyphens.")
    if db.session.scalar(select(Club.id).where(Club.slug == slug)) is not None:
        raise ConflictError(f"There is already a club {slug!r}.")
    club = Club(slug=slug, name=named(name, "club_name", longest=LONGEST), time_zone=_zone(time_zone))
    _insert(club, f"There is already a club {slug!r}.")
    club_added.send(club_id=club.id)
    return club


def set_time_zone(club_id: int, time_zone: str) -> None:
    """Take the hours of a club as those of another zone. Raises InvalidInputError (time_zone)."""
    db.session.get_one(Club, club_id, with_for_update=True).time_zone = _zone(time_zone)


def _zone(name: str) -> str:
    if not is_zone(name):
        raise InvalidInputError("time_zone", f"{name!r} is not a tz database name such as Asia/Tehran.")
    return name


def _insert(row: Club | User, refusal: str) -> None:
    """Raises ConflictError with `refusal` when another request was faster with the same unique value."""
    if not add_if_new(row):
        raise ConflictError(refusal)


def get_club(slug: str) -> Club:
    """The club of that slug. Raises NotFoundError."""
    club = db.session.scalar(select(Club).where(Club.slug == slug))
    if club is None:
        raise NotFoundError(f"There is no club {slug!r}; `hamseda club add` makes one.")
    return club


def add_user(
    email: str, *, name: str, role: Role, password: str, club_ids: list[int], extension: str | None = None
) -> User:
    """Add a person; an operator's phone `extension` goes to the call centre by the signal `user_added`.

    Raises InvalidInputError (email, name, club, extension, password) or ConflictError for an address in use.
    """
    address = _address(email)
    if not _EMAIL.fullmatch(address) or len(address) > LONGEST:
        raise InvalidInputError("email", f"{email!r} is not an e-mail address.")
    if not club_ids and role is not Role.ADMINISTRATOR:
        raise InvalidInputError("club", "Everybody but an administrator belongs to at least one club.")
    if find_user(address) is not None:
        raise ConflictError(f"There is already an account {address}.")
    user = User(
        email=address,
        name=named(name.strip() or address, "name", longest=LONGEST),
        role=role,
        password_hash=hash_password(password),
    )
    user.memberships = [Membership(club_id=club_id) for club_id in club_ids]
    _insert(user, f"There is already an account {address}.")
    user_added.send(user_id=user.id, role=role, extension=extension)
    return user


def find_user(email: str) -> User | None:
    """The person with that address, whatever its case."""
    return db.session.scalar(select(User).where(User.email == _address(email)))


def _address(email: str) -> str:
    # Pasted addresses bring marks of direction with them that nobody sees.
    return clean_text(email).casefold()


def has_anybody() -> bool:
    """Whether there is any account."""
    return bool(db.session.scalar(select(exists().select_from(User))))


def get_user(user_id: int) -> User:
    """The person of that id. Raises NotFoundError."""
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFoundError("There is no such account.")
    return user


def set_password(user: User, password: str) -> None:
    """Give a new password and end every session of the person."""
    user.password_hash = hash_password(password)
    user.session_epoch += 1


def set_enabled(user: User, *, enabled: bool) -> None:
    """Let the person in or keep them out; keeping out ends every session."""
    user.is_enabled = enabled
    user.session_epoch += 1
