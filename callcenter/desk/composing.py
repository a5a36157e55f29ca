"""The desk at one moment, put together from the rooms that know its pieces. Reads only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from callcenter.calls.models import CallState
from callcenter.campaigns import modes
from callcenter.desk import acting
from callcenter.desk import opening
from callcenter.desk import promised
from callcenter.desk import queries
from callcenter.desk.menu import menu
from callcenter.desk.parts import LOOKING_STEPS
from callcenter.desk.parts import CallLine
from callcenter.desk.parts import Credit
from callcenter.desk.parts import Desk
from callcenter.desk.parts import Person
from callcenter.desk.parts import Reply
from callcenter.desk.parts import Step
from callcenter.handover import desks
from callcenter.handover import queries as handovers
from callcenter.lines import queries as lines
from callcenter.objections import keeping as objections
from callcenter.operators import orders
from callcenter.operators import pauses
from callcenter.operators import queries as operators
from callcenter.operators.models import OperatorState
from callcenter.operators.states import HANDED_OVER
from callcenter.outcomes.queries import policy_of
from callcenter.permission import census
from callcenter.permission import own_hours_form
from callcenter.queue import queries as queue
from callcenter.queue.jobs import REASON as LEASE_EXPIRED
from callcenter.queue.models import EntryState
from callcenter.quotas import answers
from callcenter.recordings.queries import on_desk
from callcenter.training import standing
from club.credit import promises as credit_promises
from club.credit import queries as credit
from club.members import listings
from club.members import queries as members
from config.calendar import local
from surveys.interviews import queries as interviews
from surveys.interviews import screens
from surveys.interviews.states import ResponseState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import datetime

    from callcenter.desk.parts import Campaign
    from callcenter.operators.queries import OperatorLine
    from callcenter.queue.queries import EntryLine
    from surveys.interviews.queries import ResponseLine

RESTING: dict[OperatorState, Step] = {
    OperatorState.OFF: Step.OFF,
    OperatorState.AWAY: Step.OFF,
    OperatorState.PAUSED: Step.PAUSED,
    OperatorState.READY: Step.WAITING,
}


def look(
    operator_id: int, *, club_ids: Sequence[int], operator_name: str, language: str, zone: str, now: datetime
) -> Desk:
    """Everything on the operator's desk. `zone` is where the operator's day begins; `language` that of the page."""
    operator = operators.get(operator_id)
    call = queries.last_call(operator_id)
    entry = _entry_on_desk(operator_id, operator.state, call)
    running = queries.running_campaigns(club_ids, operator_id=operator_id, line=operator.line, now=now)
    desk = Desk(
        operator_id=operator_id,
        state=operator.state,
        state_since=operator.state_since,
        state_reason=operator.state_reason,
        step=_step(operator, entry, call),
        figures=queries.figures(operator_id, zone=zone, now=now),
        waiting=queue.glimpse(running),
        pauses=pauses.reasons(),
        callbacks=promised.of_operator(operator_id, now=now),
        order=orders.standing(operator_id, since=operator.state_since),
        calls_at_once=operator.state in RESTING and modes.has_progressive(running),
        coming=handovers.coming_to(operator_id),
    )
    if desk.step is Step.HANDED_OVER:
        return replace(desk, handover=handovers.taken_from(operator_id, since=operator.state_since))
    if desk.step is Step.WAITING:
        return replace(
            desk,
            emptiness=census.emptiness(running, operator_id=operator_id, now=now),
            other_line_count=lines.other_count(club_ids, operator_id),
            closed_to=standing.closed_to(operator_id, club_ids, line=operator.line, now=now),
        )
    if entry is None or operator.state in RESTING or desk.step is Step.LOST:
        return desk
    own_call = call if call is not None and call.entry_id == entry.id and desk.step is not Step.PREVIEW else None
    return _with_member(replace(desk, entry=entry, call=own_call), entry, operator_name, language, now)


def glance(operator_id: int, response_id: int) -> Desk | None:
    """The middle of the desk during an interview and nothing else, for a quick answer; None at any other step."""
    call = queries.last_call(operator_id)
    if call is None or not call.owes_outcome:
        return None
    operator = operators.get(operator_id)
    return Desk(
        operator_id=operator_id,
        state=operator.state,
        state_since=operator.state_since,
        state_reason=operator.state_reason,
        step=_step_of_call(call),
        call=call,
        screen=interviews.screen(response_id),
        full_cell=answers.full_cell(call.campaign_id, call.entry_id, response_id),
        recording=on_desk(call.campaign_id, call.entry_id, call.id),
    )


def _entry_on_desk(operator_id: int, state: OperatorState, call: CallLine | None) -> EntryLine | None:
    """The entry that is held; after the outcome, which gives it back, that of the call being wrapped up."""
    held = queue.held_by(operator_id)
    if held is not None:
        return queue.get(held)
    if call is None or state is OperatorState.PREVIEW:
        return None
    return queue.get(call.entry_id)


def _step(operator: OperatorLine, entry: EntryLine | None, call: CallLine | None) -> Step:
    if operator.state in RESTING:
        return Step.LOST if operator.state_reason == LEASE_EXPIRED else RESTING[operator.state]
    if operator.state_reason == HANDED_OVER:
        return Step.HANDED_OVER
    if entry is None or not _is_ours(operator.id, entry, call):
        return Step.LOST
    own = call if call is not None and call.entry_id == entry.id else None
    if operator.state is OperatorState.PREVIEW:
        return Step.FAILED if own is not None and own.failure else Step.PREVIEW
    return Step.LOST if own is None else _step_of_call(own)


def _step_of_call(call: CallLine) -> Step:
    if call.disposition is not None:
        return Step.WRAP_UP
    if call.is_live:
        return Step.INTERVIEW if call.state is CallState.CONNECTED else Step.CALLING
    return Step.CUT if call.owes_outcome else Step.WRAP_UP


def _is_ours(operator_id: int, entry: EntryLine, call: CallLine | None) -> bool:
    """Not so when the lease ran out and the entry went to somebody else, or was closed without us."""
    if entry.state is EntryState.LEASED:
        return entry.operator_id == operator_id
    return call is not None and (call.disposition is not None or entry.state is EntryState.WAITING)


def _with_member(desk: Desk, entry: EntryLine, operator_name: str, language: str, now: datetime) -> Desk:
    campaign = queries.campaign(entry.campaign_id)
    card = members.get_card(entry.club_id, entry.member_id)
    person = Person(
        card=card,
        balance_rial=credit.balance(entry.club_id, entry.member_id),
        last=interviews.last_interview(entry.club_id, entry.member_id, but_entry_id=entry.id),
        is_barred=bool(listings.holding(entry.club_id, card.phone)),
    )
    desk = replace(
        desk,
        campaign=campaign,
        person=person,
        menu=menu(policy_of(entry.campaign_id)),
        last_note=queries.last_note(entry.id) if entry.attempt_count else "",
        own_hours=own_hours_form.shown(entry.member_id),
        closed=acting.closed(entry.id, now=now) if desk.step in LOOKING_STEPS else None,
        handover=handovers.brought(entry.id, desk.operator_id),
    )
    response = interviews.of_entry(entry.club_id, entry.id)
    call = desk.call
    if call is not None:
        going = _going(call, desk.operator_id)
        desk = replace(desk, recording=on_desk(entry.campaign_id, entry.id, call.id), **going)
    if desk.owes_outcome and response is not None and response.operator_id == desk.operator_id:
        desk = replace(
            desk,
            screen=interviews.screen(response.id),
            full_cell=answers.full_cell(entry.campaign_id, entry.id, response.id),
        )
    else:
        words = opening.first_words(card, campaign, operator_name=operator_name, language=language)
        desk = replace(desk, opening=words)
    spoken = desk.screen.language if desk.screen else language
    replies = _replies(campaign, opening.words_of(card, campaign, operator_name), spoken)
    return replace(desk, replies=replies, credit=_credit(entry, campaign, response, now))


def _replies(campaign: Campaign, known: Mapping[str, object], language: str) -> list[Reply]:
    """What the operator says to objections, in the language of the interview."""
    offered = [one for one in objections.of_club(campaign.club_id) if one.is_offered]
    return [Reply(one.title[language], screens.words(one.reply, language, known)) for one in offered]


def _going(call: CallLine, operator_id: int) -> dict[str, Any]:
    """Where a talk may go from here, and whether it is on its way."""
    if not call.is_live or call.state is not CallState.CONNECTED:
        return {}
    return {
        "going": handovers.going_from(operator_id, call.id),
        "supervisors": [one for one in desks.supervisors(call.club_id) if one.id != operator_id],
    }


def _credit(entry: EntryLine, campaign: Campaign, response: ResponseLine | None, now: datetime) -> Credit:
    """What was promised when the interview opened; before that, what would be."""
    kept = credit_promises.kept_promise(opening.SOURCE, response.id) if response is not None else None
    today = local(now, campaign.zone).date()
    worth = kept or credit_promises.preview(entry.club_id, entry.member_id, today=today)
    return Credit(
        worth.amount_rial, worth.offer_name, response is not None and response.state is ResponseState.COMPLETE
    )
