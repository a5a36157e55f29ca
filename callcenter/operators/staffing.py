"""An account of an operator needs a phone, and has skills: the reaction to new accounts."""

from __future__ import annotations

from callcenter.operators import extensions
from callcenter.skills import giving
from config.accounts.access import Role
from config.database import utcnow


def on_user_added(*, user_id: int, role: Role, extension: str | None) -> None:
    """Give a new operator their phone and their first skills.

    Raises InvalidInputError (field `extension`) without a phone.
    """
    if role is Role.OPERATOR:
        extensions.give(user_id, extension or "", now=utcnow())
        giving.give_first(user_id, now=utcnow())
