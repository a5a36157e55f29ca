"""Which phone is an operator's."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from callcenter.operators.models import Operator
from config.database import db
from config.errors import InvalidInputError
from config.text import to_ascii_digits

# It becomes part of a channel name at the exchange: nothing but what every exchange takes.
EXTENSION = re.compile(r"[A-Za-z0-9_-]{1,40}")


def give(user_id: int, extension: str, *, now: datetime) -> None:
    """Make the person an operator with this phone, or give an operator another one.

    Raises InvalidInputError (field `extension`) for anything but letters, digits, - and _, and for another's phone.
    """
    name = to_ascii_digits(extension).strip()
    if not EXTENSION.fullmatch(name):
        raise InvalidInputError("extension", f"{extension!r} is not an extension; write letters, digits, - or _")
    try:
        with db.session.begin_nested():
            _write(user_id, name, now)
    except IntegrityError:
        raise InvalidInputError("extension", f"{name!r} is the phone of another operator") from None


def _write(user_id: int, name: str, now: datetime) -> None:
    operator = db.session.get(Operator, user_id)
    if operator is None:
        db.session.add(Operator(user_id=user_id, extension=name, state_since=now))
    else:
        operator.extension = name
