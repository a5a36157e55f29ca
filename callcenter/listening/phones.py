"""Which phone is a supervisor's."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from callcenter.listening.models import SupervisorPhone
from callcenter.operators.extensions import EXTENSION
from callcenter.operators.models import Operator
from config.accounts.access import Role
from config.database import db
from config.errors import InvalidInputError
from config.text import to_ascii_digits


def of(user_id: int) -> str | None:
    """The supervisor's extension, if they have one."""
    return db.session.scalar(select(SupervisorPhone.extension).where(SupervisorPhone.user_id == user_id))


def give(user_id: int, extension: str) -> None:
    """Give a supervisor this phone. Raises InvalidInputError (field `extension`) for a wrong one or another's."""
    name = to_ascii_digits(extension).strip()
    if not EXTENSION.fullmatch(name):
        raise InvalidInputError("extension", f"{extension!r} is not an extension; write letters, digits, - or _")
    taken = InvalidInputError("extension", f"{name!r} is somebody else's phone")
    others = select(Operator.user_id).where(Operator.extension == name, Operator.user_id != user_id)
    if db.session.scalar(others) is not None:
        raise taken
    try:
        with db.session.begin_nested():
            db.session.merge(SupervisorPhone(user_id=user_id, extension=name))
            # Their own desk, if they have one already, is called at the new phone.
            db.session.execute(update(Operator).where(Operator.user_id == user_id).values(extension=name))
    except IntegrityError:
        raise taken from None


def on_user_added(*, user_id: int, role: Role, extension: str | None) -> None:
    """Give a new supervisor their phone, if one was named with the account."""
    if role is Role.SUPERVISOR and extension:
        give(user_id, extension)
