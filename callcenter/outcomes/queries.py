"""The rules a campaign goes by."""

from __future__ import annotations

from sqlalchemy import select

from callcenter.outcomes.models import CampaignOutcome
from callcenter.outcomes.rules import DEFAULTS
from callcenter.outcomes.rules import Policy
from callcenter.outcomes.rules import Rule
from config.database import db

_COLUMNS = [getattr(CampaignOutcome, name) for name in Rule.__dataclass_fields__]


def policy_of(campaign_id: int) -> Policy:
    """The campaign's rules: what it chose, over the defaults."""
    rows = db.session.execute(select(*_COLUMNS).where(CampaignOutcome.campaign_id == campaign_id))
    return Policy({**DEFAULTS, **{row.code: Rule(*row) for row in rows}})
