"""Put operators and campaigns on lines. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import update

from callcenter.campaigns.models import Campaign
from callcenter.lines import belonging
from callcenter.operators import queries as operators
from callcenter.operators.models import Operator
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError


def keep(club_id: int, *, of_operators: Mapping[int, str], of_campaigns: Mapping[int, str]) -> None:
    """From the next member on, let these operators and campaigns of a club be on these lines.

    A call goes on where it is. Raises NotFoundError for another club's, InvalidInputError (field `line`) for a line
    that is not configured.
    """
    for name in {*of_operators.values(), *of_campaigns.values()} - set(belonging.names()):
        raise InvalidInputError("line", f"there is no line {name!r}")
    operators.ensure_of_club(club_id, of_operators)
    for operator_id, name in of_operators.items():
        db.session.execute(update(Operator).where(Operator.user_id == operator_id).values(line=name))
    for campaign_id, name in of_campaigns.items():
        _put(club_id, campaign_id, name)


def _put(club_id: int, campaign_id: int, name: str) -> None:
    put = db.session.scalar(
        update(Campaign)
        .where(Campaign.id == campaign_id, Campaign.club_id == club_id)
        .values(line=name)
        .returning(Campaign.id)
    )
    if put is None:
        raise NotFoundError(f"Club {club_id} has no campaign {campaign_id}.")
