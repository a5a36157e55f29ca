"""What a draft will mean for the operators' certificates, told before it is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from callcenter.training import families
from callcenter.training.refreshing import Change
from callcenter.training.refreshing import asks_for_refresher
from config.errors import NotFoundError
from config.formats import number
from config.formats import percent
from surveys.questionnaires import queries as surveys
from surveys.questionnaires.rewording import share_changed

if TYPE_CHECKING:
    from surveys.questionnaires.document import Questionnaire


def of_draft(*, club_id: int, survey_id: int, questionnaire: Questionnaire) -> list[str]:
    """How much of a draft's words are new against the newest version, and whether that asks for a refresher.

    Nothing for the first version of a survey.
    """
    try:
        family = families.get(club_id, survey_id)
    except NotFoundError:
        return []
    before = surveys.questionnaire_of(club_id, family.newest.id)
    change = Change(family.newest.number + 1, share_changed(before, questionnaire))
    most = percent(family.percent / 100)
    facts = {"share": percent(change.share, 1), "number": number(family.newest.number), "percent": most}
    if asks_for_refresher(change, family.percent):
        sentence = _(
            "%(share)s of the words read aloud are new against version %(number)s, more than this club's %(percent)s: "
            "operators need a refresher before they call with it where a certificate is asked for.",
            **facts,
        )
    else:
        sentence = _(
            "%(share)s of the words read aloud are new against version %(number)s: certificates count on "
            "(up to %(percent)s).",
            **facts,
        )
    return [str(sentence)]
