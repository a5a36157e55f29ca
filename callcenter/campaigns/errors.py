"""The refusals of campaigns."""

from config.errors import ConflictError


class CampaignStateError(ConflictError):
    """The campaign is not in a state for this."""

    code = "campaign_state"


class CampaignEmptyError(ConflictError):
    """No member was ever drawn for the campaign."""

    code = "campaign_empty"


class CampaignNotDrawnError(ConflictError):
    """The members are not drawn yet for the quota cells as they are now."""

    code = "campaign_not_drawn"
