"""The words of the campaign pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from callcenter.campaigns.drawing import LeftOut
from callcenter.campaigns.models import CampaignState
from callcenter.campaigns.models import DiallingMode
from callcenter.permission.outlook import BARRED_SINCE

if TYPE_CHECKING:
    from flask_babel import LazyString

STATES = {
    CampaignState.DRAFT: (_l("Draft"), ""),
    CampaignState.RUNNING: (_l("Running"), "live"),
    CampaignState.PAUSED: (_l("On hold"), "warn"),
    CampaignState.CLOSED: (_l("Closed"), ""),
}
# The name, and what it means.
MODES = {
    DiallingMode.PREVIEW: (
        _l("Preview"),
        _l("The operator looks at the member first and then starts the call, or skips the member for a reason."),
    ),
    DiallingMode.PROGRESSIVE: (
        _l("Progressive"),
        _l(
            "As soon as an operator is ready, the next member is called: the operator's phone first, then the "
            "member's, so that nobody ever picks up to silence."
        ),
    ),
}
DIALLING_FIELDS = {
    "mode": _l("Choose one of the two."),
    "decide_seconds": _l("Between 10 and 600 seconds, or nothing."),
    "wrap_up_seconds": _l("Between 5 and 600 seconds, or nothing."),
}
LEFT_OUT: dict[str, LazyString] = {
    LeftOut.NOT_IN_SAMPLE: _l("Outside the chosen branches, tiers or purchases"),
    LeftOut.NO_CONSENT: _l("Have not agreed to be called"),
    LeftOut.DO_NOT_CALL: _l("Asked not to be called"),
    LeftOut.LEFT_OUT: _l("Left out of this campaign by hand"),
    LeftOut.NO_CELL: _l("Belong to no quota cell"),
    LeftOut.ALREADY_QUEUED: _l("Were in this queue already"),
    LeftOut.ASKED_RECENTLY: _l("Were interviewed only recently"),
    BARRED_SINCE: _l("Were drawn, but are not to be called any more"),
}
REFUSALS = {
    "campaign_state": _l("The campaign has moved on meanwhile, so this was not done. This is how it stands."),
    "campaign_not_drawn": _l("The members are still being sorted into the quota cells. Start when that is done."),
    "campaign_empty": _l("Nobody is in this queue yet. Draw the members first."),
}
DONE = {
    "build": _l("The members are being drawn."),
    "start": _l("The campaign is running. Operators get its members in its calling hours."),
    "pause": _l("The campaign is on hold. Calls that are going on end as they end."),
    "close": _l("The campaign is closed. Its results stay."),
}
