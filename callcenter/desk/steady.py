"""What the desk shows and seldom changes, kept for some seconds. What decides something is read anew where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcenter.campaigns.models import Campaign as CampaignRow
from callcenter.desk import menu as menus
from callcenter.desk import queries
from callcenter.handover import desks
from callcenter.listening.models import SupervisorPhone
from callcenter.objections import keeping as objections
from callcenter.objections.models import Objection as ObjectionRow
from callcenter.operators import pauses as pause_reasons
from callcenter.operators.models import PauseReason
from callcenter.outcomes.models import CampaignOutcome
from callcenter.outcomes.queries import policy_of
from callcenter.permission import rules
from callcenter.permission.models import CallingPeriod
from callcenter.permission.models import CallingRules
from callcenter.permission.models import Holiday
from callcenter.training.models import CampaignCertificate
from callcenter.training.models import Certificate
from callcenter.training.models import CertificateRevocation
from config.accounts.models import Club
from config.accounts.models import Membership
from config.accounts.models import User
from config.database import utcnow
from config.kept import kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callcenter.campaigns.hours import Hours
    from callcenter.desk.menu import Menu
    from callcenter.desk.parts import Campaign
    from callcenter.handover.desks import Named
    from callcenter.objections.keeping import Objection
    from callcenter.operators.pauses import Reason


@kept(PauseReason)
def pauses() -> Sequence[Reason]:
    """The reasons to pause, in the order of their keys."""
    return tuple(pause_reasons.reasons())


@kept(CampaignRow, Club)
def campaign(campaign_id: int) -> Campaign:
    """A campaign with its club's name and time zone."""
    return queries.campaign(campaign_id)


@kept(CampaignRow, CampaignCertificate, Certificate, CertificateRevocation)
def running(club_ids: tuple[int, ...], operator_id: int, line: str) -> Sequence[int]:
    """The running campaigns whose queue an operator's desk shows."""
    return tuple(queries.running_campaigns(club_ids, operator_id=operator_id, line=line, now=utcnow()))


@kept(CampaignOutcome)
def menu(campaign_id: int) -> Menu:
    """The outcome keys of a campaign."""
    return menus.menu(policy_of(campaign_id))


@kept(ObjectionRow)
def replies(club_id: int) -> Sequence[Objection]:
    """The objections of a club that its desks offer."""
    return tuple(one for one in objections.of_club(club_id) if one.is_offered)


@kept(User, Membership, SupervisorPhone)
def supervisors(club_id: int) -> Sequence[Named]:
    """To whom a live call can be offered."""
    return tuple(desks.supervisors(club_id))


@kept(CampaignRow, Club, CallingRules, Holiday, CallingPeriod)
def hours(campaign_id: int) -> Hours:
    """When a campaign calls."""
    return rules.hours_of_one(campaign_id, now=utcnow())
