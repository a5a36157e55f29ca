"""Changing the rules of a campaign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import delete

from callcenter.campaigns import running
from callcenter.campaigns.errors import CampaignStateError
from callcenter.campaigns.models import CampaignState
from callcenter.outcomes.models import CampaignOutcome
from callcenter.outcomes.rules import DEFAULTS
from callcenter.outcomes.rules import Rule
from callcenter.outcomes.rules import is_allowed
from config.database import db
from config.errors import InvalidInputError


def keep(club_id: int, campaign_id: int, rules: Iterable[Rule]) -> None:
    """Let the campaign go by these rules, and by the defaults for every other code; no rules give all defaults.

    They hold from the next outcome on; who waits already keeps the time they have. Raises NotFoundError for a
    campaign that is not the club's, CampaignStateError for a closed one, InvalidInputError, on the code, for a rule
    that AAPOR does not leave to a campaign.
    """
    campaign = running.get(club_id, campaign_id)
    if campaign.state is CampaignState.CLOSED:
        raise CampaignStateError(f"Campaign {campaign_id} is closed.")
    chosen = [_ensure_allowed(rule) for rule in rules if rule != DEFAULTS.get(rule.code)]
    db.session.execute(delete(CampaignOutcome).where(CampaignOutcome.campaign_id == campaign_id))
    db.session.add_all(CampaignOutcome(club_id=club_id, campaign_id=campaign_id, **asdict(rule)) for rule in chosen)
    db.session.flush()


def _ensure_allowed(rule: Rule) -> Rule:
    if rule.code not in DEFAULTS or not is_allowed(rule):
        raise InvalidInputError(rule.code, "this cannot be chosen for the outcome")
    return rule
