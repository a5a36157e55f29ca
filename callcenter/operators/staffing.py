"""An account of an operator needs a phone: the reaction to new accounts."""

from __future__ import annotations

from callcenter.operators import extensions
from config.accounts.access import Role
from config.database import utcnow


def on_user_added(*, user_id: int, role: Role, extension: str | None) -> None:
    """Give a new operator their phone. Raises InvalidInputError (field `extension`) when there is none."""
    if role is Role.OPERATOR:
        extensions.give(user_id, extension or "", now=utcnow())
