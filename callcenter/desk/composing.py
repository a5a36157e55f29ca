"""The desk at one moment, put together from the rooms that know its pieces. Reads only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from callcenter.calls.models import CallState
from callcenter.campaigns import modes
from callcenter.desk import opening
from callcenter.desk import promised
from callcenter.desk import queries
from callcenter.desk import standing
from callcenter.desk import steady
from callcenter.desk.parts import LOOKING_STEPS
from callcenter.desk.parts import CallLine
from callcenter.desk.parts import Credit
from callcenter.desk.parts import Desk
from callcenter.desk.parts import Person
from callcenter.desk.parts import Reply
from callcenter.desk.parts import Step
from callcenter.handover import queries as handovers
from callcenter.integrity import queries as integrity
from callcenter.lines import queries as lines
from callcenter.operators import orders
from callcenter.operators.models import OperatorState
from callcenter.operators.states import HANDED_OVER
from callcenter.permission import census
from callcenter.permission import member_hours
from callcenter.permission import own_hours_form
from callcenter.permission.reasons import out_of_hours
from callcenter.queue import queries as queue
from callcenter.queue.jobs import REASON as LEASE_EXPIRED
from callcenter.queue.models import EntryState
from callcenter.quotas import answers
from callcenter.recordings import queries as recordings
from callcenter.training.standing import closed_to
from club.credit import promises
from club.credit import queries as credit
from club.members import queries as members
from config.calendar import local
from surveys.interviews import history
from surveys.interviews import queries as interviews
from surveys.interviews import screens
from surveys.interviews.states import ResponseState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from callcenter.campaigns.own_hours import OwnHours
    from callcenter.desk.parts import Campaign
    from callcenter.desk.standing import OnDesk
    from callcenter.desk.standing import Standing
    from callcenter.operators.queries import OperatorLine
    from callcenter.permission.reasons import Reason
    from callcenter.queue.queries import EntryLine
    from club.members.queries import MemberCard
    from surveys.interviews.queries import ResponseLine
    from surveys.interviews.screens import Screen

# There the member is not on the desk, or not any more.
AWAY_STEPS = frozenset({Step.OFF, Step.PAUSED, Step.LOST})
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
    stands = standing.of(operator_id)
    operator = stands.operator
    call = queries.last_call(operator_id)
    on_desk = _on_desk(stands, call)
    entry = on_desk.entry if on_desk else None
    running = steady.running(tuple(club_ids), operator_id, operator.line)
    desk = Desk(
        operator_id=operator_id,
        state=operator.state,
        state_since=operator.state_since,
        state_reason=operator.state_reason,
        step=_step(operator, entry, call),
        figures=queries.figures(operator_id, zone=zone, now=now),
        waiting=queue.glimpse(running),
        pauses=steady.pauses(),
        callbacks=promised.of_operator(operator_id, now=now) if stands.has_promised else (),
        order=orders.standing(operator_id, since=operator.state_since) if stands.has_order else None,
        calls_at_once=operator.state in RESTING and modes.has_progressive(running),
        coming=handovers.coming_to(operator_id) if stands.is_coming else None,
    )
    if desk.step is Step.HANDED_OVER:
        return replace(desk, handover=handovers.taken_from(operator_id, since=operator.state_since))
    if desk.step is Step.WAITING:
        return replace(
            desk,
            emptiness=census.emptiness(running, operator_id=operator_id, now=now),
            other_line_count=lines.other_count(club_ids, operator_id),
            closed_to=closed_to(operator_id, club_ids, line=operator.line, now=now),
        )
    if on_desk is None or desk.step in AWAY_STEPS:
        return desk
    return _with_member(desk, on_desk, call, operator_name, language, now)


def glance(stands: Standing, screen: Screen) -> Desk | None:
    """The middle of the desk during an interview and nothing else, for a quick answer; None at any other step."""
    operator = stands.operator
    call = queries.last_call(operator.id)
    if call is None or not call.owes_outcome:
        return None
    on_desk = standing.entry(call.entry_id, operator.id, call_id=call.id)
    desk = Desk(
        operator_id=operator.id,
        state=operator.state,
        state_since=operator.state_since,
        state_reason=operator.state_reason,
        step=_step_of_call(call),
        call=call,
        screen=screen,
    )
    if on_desk.has_answer_cells:
        desk = replace(desk, full_cell=answers.full_cell(call.campaign_id, call.entry_id, screen.response_id))
    if on_desk.is_recorded:
        desk = replace(desk, recording=recordings.on_desk(call.campaign_id, call.entry_id, call.id))
    return desk


def _on_desk(stands: Standing, call: CallLine | None) -> OnDesk | None:
    """The entry that is held; after the outcome, which gives it back, that of the call being wrapped up."""
    operator, entry_id = stands.operator, stands.entry_id
    if operator.state in RESTING:
        return None
    if entry_id is None and call is not None and operator.state is not OperatorState.PREVIEW:
        entry_id = call.entry_id
    return None if entry_id is None else standing.entry(entry_id, operator.id, call_id=call.id if call else None)


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


def _person(entry: EntryLine, card: MemberCard) -> Person:
    return Person(
        card=card,
        balance_rial=credit.balance(entry.club_id, entry.member_id),
        last=history.last_interview(entry.club_id, entry.member_id, but_entry_id=entry.id),
    )


def _with_member(
    desk: Desk, on_desk: OnDesk, call: CallLine | None, operator_name: str, language: str, now: datetime
) -> Desk:
    entry = on_desk.entry
    is_own_call = call is not None and call.entry_id == entry.id and desk.step is not Step.PREVIEW
    campaign = steady.campaign(entry.campaign_id)
    card = members.get_card(entry.club_id, entry.member_id)
    own_hours = member_hours.of_member(entry.member_id) if on_desk.has_own_hours else None
    desk = replace(
        desk,
        entry=entry,
        call=call if is_own_call else None,
        campaign=campaign,
        person=_person(entry, card),
        menu=steady.menu(entry.campaign_id),
        last_note=on_desk.last_note if entry.attempt_count else "",
        own_hours=own_hours_form.filled(own_hours),
        closed=_closed(entry, own_hours, now) if desk.step in LOOKING_STEPS else None,
        handover=handovers.brought(entry.id, desk.operator_id) if on_desk.was_brought else None,
    )
    current = interviews.current(entry.club_id, entry.id)
    response = current.line if current else None
    if desk.call is not None:
        desk = replace(desk, **_around_call(desk.call, on_desk, desk.operator_id))
    spoken_of = opening.words_of(card, campaign, operator_name)
    if desk.owes_outcome and current is not None and current.line.operator_id == desk.operator_id:
        full_cell = (
            answers.full_cell(entry.campaign_id, entry.id, current.line.id) if on_desk.has_answer_cells else None
        )
        desk = replace(desk, screen=current.screen, full_cell=full_cell)
    else:
        desk = replace(desk, opening=opening.first_words(card, campaign, spoken_of, language=language))
    spoken = desk.screen.language if desk.screen else language
    replies = [
        Reply(one.title[spoken], screens.words(one.reply, spoken, spoken_of))
        for one in steady.replies(campaign.club_id)
    ]
    return replace(desk, replies=replies, credit=_credit(card, campaign, response, now))


def _closed(entry: EntryLine, own: OwnHours | None, now: datetime) -> Reason | None:
    """Why the member should not be called at this hour, to be seen before the press; the press asks anew."""
    return out_of_hours(replace(steady.hours(entry.campaign_id), own=own), now)


def _around_call(call: CallLine, on_desk: OnDesk, operator_id: int) -> dict[str, Any]:
    """The recording of a call, where a talk may go from here, and whether it is on its way."""
    around: dict[str, Any] = {}
    if on_desk.is_recorded:
        around["recording"] = recordings.on_desk(call.campaign_id, call.entry_id, call.id)
    if call.is_live and call.state is CallState.CONNECTED:
        around["going"] = handovers.going_from(operator_id, call.id) if on_desk.is_going else None
        around["supervisors"] = [one for one in steady.supervisors(call.club_id) if one.id != operator_id]
    return around


def _credit(card: MemberCard, campaign: Campaign, response: ResponseLine | None, now: datetime) -> Credit:
    """What was promised when the interview opened; before that, what would be."""
    kept = promises.promise_to_show(opening.SOURCE, response.id) if response is not None else None
    worth = kept or promises.preview_to_show(
        campaign.club_id, card.credit_facts, today=local(now, campaign.zone).date()
    )
    is_complete = response is not None and response.state is ResponseState.COMPLETE
    is_held = response is not None and is_complete and integrity.is_held(response.id)
    return Credit(worth.amount_rial, worth.offer_name, is_complete, is_held)
