"""The refusals of campaigns."""

from config.errors import ConflictError


class CampaignStateError(ConflictError):
    """The campaign is not in a state for this."""

    code = "campaign_state"


class CampaignEmptyError(ConflictError):
    """No member was ever drawn for the campaign."""

    code = "campaign_empty"
