"""Opening the interview of a call: the words that are filled into its texts, and the promise behind the amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcenter.desk import queries
from callcenter.desk.parts import Words
from callcenter.desk.wording import isolate
from callcenter.skills import catalogue
from club.credit import promises
from club.members import queries as members
from config.calendar import format_date
from config.calendar import local
from config.formats import toman
from config.languages import LANGUAGES
from config.languages import speaking
from surveys.interviews import interviewing
from surveys.interviews import screens
from surveys.questionnaires import queries as questionnaires

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from datetime import datetime

    from callcenter.desk.parts import CallLine
    from callcenter.desk.parts import Campaign
    from club.members.queries import MemberCard
    from surveys.interviews.loading import Interview

# The fact that earns the credit; the award looks for the promise under the same name.
SOURCE = "response"


def open_interview(call: CallLine, *, operator_id: int, operator_name: str, language: str, now: datetime) -> int:
    """The response of the call's entry: a new one, or the one there is, taken up where it stopped.

    With it the credit is promised, so that the closing sentence says the amount that will be paid.
    """
    campaign = queries.campaign(call.campaign_id)
    card = members.get_card(call.club_id, call.member_id)
    response_id = interviewing.open_response(
        call.club_id,
        version_id=campaign.version_id,
        campaign_id=call.campaign_id,
        entry_id=call.entry_id,
        member_id=call.member_id,
        operator_id=operator_id,
        branch_id=card.branch_id,
        tier_id=card.tier_id,
        language=spoken(card, language),
        placeholders=words_of(card, campaign, operator_name),
        now=now,
    )
    interview = interviewing.hold(response_id)
    if interview.response.completed_at is None:
        _promise(call, interview, local(now, campaign.zone))
    return response_id


def first_words(card: MemberCard, campaign: Campaign, known: Mapping[str, object], *, language: str) -> Words:
    """The sentence with which the interview begins, for reading before anybody answers; `known` are its `words_of`."""
    questionnaire = questionnaires.questionnaire_to_show(campaign.club_id, campaign.version_id)
    begun_in = questionnaire.language_for(spoken(card, language))
    return Words(screens.words(questionnaire.questions[0].text, begun_in, known), begun_in)


def spoken(card: MemberCard, language: str) -> str:
    """What the interview begins in: the member's language, when it decided who calls them, else the operator's page's.

    While the skill of that language does not count, the operator may not know it.
    """
    if card.language is None or card.language == language:
        return language
    return card.language if card.language in {skill.code for skill in catalogue.used()} else language


def _promise(call: CallLine, interview: Interview, there: datetime) -> None:
    promise = promises.promise(
        call.club_id, call.member_id, source=SOURCE, source_id=interview.response.id, today=there.date()
    )
    if promise.amount_rial:
        interviewing.set_placeholders(interview, {"credit": _in_each_language(promise.amount_rial)})


def _in_each_language(amount_rial: int) -> dict[str, str]:
    texts = {}
    for language in LANGUAGES:
        with speaking(language):
            texts[language] = toman(amount_rial)
    return texts


def _day_in_each_language(day: date) -> dict[str, str]:
    return {language: format_date(day, language, "short") for language in LANGUAGES}


def words_of(card: MemberCard, campaign: Campaign, operator_name: str) -> dict[str, object]:
    """The values of the texts; what is not known is left out, and the sentence around it with it."""
    bought = card.last_purchase
    names = {
        "member": card.name,
        "first_name": card.first_name,
        "tier": card.tier,
        "city": card.city,
        "branch": (bought and bought.branch) or card.branch,
        "purchase_items": bought.items if bought else None,
        "operator": operator_name,
        "club": campaign.club,
    }
    values: dict[str, object] = {name: _in_its_own_direction(text) for name, text in names.items() if text}
    if bought:
        values["purchase_day"] = _day_in_each_language(local(bought.purchased_at, campaign.zone))
        values["purchase_amount"] = _in_each_language(bought.amount_rial)
    return values


def _in_its_own_direction(text: str) -> dict[str, str]:
    """Names are Persian as a rule: in a left-to-right sentence each must be a run of its own."""
    return {language: text if language == "fa" else isolate(text) for language in LANGUAGES}
