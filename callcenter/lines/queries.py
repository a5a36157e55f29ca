"""The lines as the supervisor sees them: how each is, and who and what of the club is on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.lines import belonging
from callcenter.lines import health
from callcenter.lines.health import LineHealth
from callcenter.operators import queries as operators
from callcenter.operators.models import OperatorState
from config.database import db


@dataclass(frozen=True)
class OnLine:
    """An operator or a campaign, and the line it is on."""

    id: int
    name: str
    line: str
    is_at_work: bool


@dataclass(frozen=True)
class LineView:
    """One line, and how many of the club's operators at work and of its running campaigns are on it."""

    name: str
    health: LineHealth
    operator_count: int
    campaign_count: int

    @property
    def has_nobody(self) -> bool:
        """Whether campaigns call over it, but nobody at work is there to call."""
        return self.campaign_count > 0 and not self.operator_count


def operators_of(club_id: int) -> list[OnLine]:
    """The club's operators."""
    return [
        OnLine(one.id, one.name, belonging.known(one.line), one.state is not OperatorState.OFF)
        for one in operators.of_club(club_id)
    ]


def campaigns_of(club_id: int) -> list[OnLine]:
    """The club's campaigns that are not closed, the newest first."""
    rows = db.session.execute(
        select(Campaign.id, Campaign.name, Campaign.line, Campaign.state)
        .where(Campaign.club_id == club_id, Campaign.state != CampaignState.CLOSED)
        .order_by(Campaign.id.desc())
    )
    return [OnLine(id_, name, belonging.known(line), state is CampaignState.RUNNING) for id_, name, line, state in rows]


def lines(people: Sequence[OnLine], campaigns: Sequence[OnLine]) -> list[LineView]:
    """Every line with what is at work on it."""
    return [
        LineView(name, state, _count(people, name), _count(campaigns, name)) for name, state in health.of_all().items()
    ]


def of_campaign(club_id: int, name: str) -> LineView | None:
    """The line of a campaign of the club; None while there is only one."""
    if len(belonging.names()) == 1:
        return None
    every = lines(operators_of(club_id), campaigns_of(club_id))
    return next(line for line in every if line.name == belonging.known(name))


def _count(found: Sequence[OnLine], name: str) -> int:
    return sum(one.is_at_work and one.line == name for one in found)


def other_count(club_ids: Sequence[int], operator_id: int) -> int:
    """How many running campaigns of some clubs go over another line than the operator's."""
    line = belonging.known(operators.get(operator_id).line)
    query = select(Campaign.id).where(Campaign.club_id.in_(club_ids), Campaign.state == CampaignState.RUNNING)
    return len(db.session.scalars(query.where(~belonging.is_on(Campaign.line, line))).all())
