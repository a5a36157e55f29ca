"""An act on a campaign's page: kept and said, or refused and said; either way the page comes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask import redirect
from flask import url_for
from flask.typing import ResponseReturnValue

from callcenter.campaigns import wording
from callcenter.campaigns.errors import CampaignEmptyError
from callcenter.campaigns.errors import CampaignNotDrawnError
from callcenter.campaigns.errors import CampaignStateError
from config.database import db
from config.saving import saved

if TYPE_CHECKING:
    from collections.abc import Callable


def done_or_refused(endpoint: str, campaign_id: int, do: Callable[[], object], sentence: str) -> ResponseReturnValue:
    """Do it, commit and say this sentence; a refusal of the campaign's is said instead, and nothing is kept."""
    try:
        do()
    except (CampaignStateError, CampaignEmptyError, CampaignNotDrawnError) as error:
        db.session.rollback()
        flash(str(wording.REFUSALS[error.code]), "warn")
        return redirect(url_for(endpoint, campaign_id=campaign_id))
    return saved(sentence, endpoint, campaign_id=campaign_id)
