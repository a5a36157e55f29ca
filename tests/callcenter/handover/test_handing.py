"""The member on one desk goes to another, without a live call."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from callcenter.calls.aapor import MISCELLANEOUS
from callcenter.calls.models import Call
from callcenter.calls.models import CallState
from callcenter.desk import acting
from callcenter.desk import queries as desk
from callcenter.desk.errors import NotNowError
from callcenter.handover import asking
from callcenter.handover import desks
from callcenter.handover import handing
from callcenter.handover import keeping
from callcenter.handover import queries as handovers
from callcenter.handover.errors import AlreadyHandedOverError
from callcenter.handover.errors import CallInTheMakingError
from callcenter.handover.errors import DeskTakenError
from callcenter.handover.errors import NothingToHandOverError
from callcenter.handover.models import Handover
from callcenter.listening.errors import NoPhoneError
from callcenter.operators import queries as operators
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.queue import leases
from callcenter.queue import queries as queue
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.accounts.models import Role
from config.database import db
from config.database import utcnow
from config.errors import NotFoundError

NOW = utcnow().replace(microsecond=123456)
EARLIER = NOW - timedelta(minutes=1)


def state_of(person):
    db.session.expire_all()
    line = operators.get(person.id)
    return line.state, line.state_reason


def test_a_member_only_looked_at_goes_to_a_free_operator(club, giver, taker, held, supervisor):
    handing.hand_to(club.id, giver.id, to_id=taker.id, given_by=supervisor.id, now=NOW)

    assert (queue.held_by(giver.id), queue.held_by(taker.id)) == (None, held.id)
    assert state_of(taker) == (OperatorState.PREVIEW, None)
    assert state_of(giver) == (OperatorState.WRAP_UP, "handed_over")
    entry = db.session.get_one(QueueEntry, held.id)
    assert entry.lease_until == NOW + leases.LEASE
    assert entry.leased_at < EARLIER


def test_every_handover_is_a_row_that_names_all_three(club, giver, taker, held, supervisor, factories):
    handing.hand_to(club.id, giver.id, to_id=taker.id, given_by=supervisor.id, now=NOW)

    [line] = handovers.of_day(club.id, since=EARLIER)
    assert (line.giver, line.taker, line.by) == ("نگار رضایی", "امید کاوه", "لیلا صابری")
    assert handovers.brought(held.id, taker.id) == handovers.taken_from(giver.id, since=NOW) == line
    assert handovers.of_day(factories.club().id, since=EARLIER) == []


def test_a_supervisor_has_a_desk_for_whom_they_take_over_and_takes_nobody_from_the_queue(
    club, giver, held, supervisor, factories
):
    handing.take_over(club.id, giver.id, supervisor_id=supervisor.id, now=NOW)

    assert queue.held_by(supervisor.id) == held.id
    assert operators.get(supervisor.id).extension == "150"
    acting.leave(supervisor.id, now=NOW)
    assert db.session.get_one(QueueEntry, held.id).state is EntryState.WAITING

    acting.get_ready(supervisor.id, club_ids=[club.id], now=NOW)

    assert queue.held_by(supervisor.id) is None
    assert state_of(supervisor)[0] is OperatorState.OFF


def test_a_supervisor_hands_on_whom_they_have_taken_over(club, giver, taker, held, supervisor):
    handing.take_over(club.id, giver.id, supervisor_id=supervisor.id, now=EARLIER)

    handing.hand_to(club.id, supervisor.id, to_id=taker.id, given_by=supervisor.id, now=NOW)

    assert queue.held_by(taker.id) == held.id
    assert state_of(supervisor) == (OperatorState.OFF, "handed_over")
    assert supervisor.id not in {line.id for line in operators.of_club(club.id)}


def test_the_call_that_is_owed_its_outcome_goes_along(club, giver, taker, held, supervisor, factories):
    owed = factories.call(held, giver, connected_at=EARLIER, requested_at=EARLIER)
    elsewhere = factories.entry(factories.campaign(club), factories.member(club))
    later = factories.call(elsewhere, taker, disposition="1.1", requested_at=EARLIER + timedelta(seconds=5))

    handing.hand_to(club.id, giver.id, to_id=taker.id, given_by=supervisor.id, now=NOW)

    db.session.expire_all()
    call = db.session.get_one(Call, owed.id)
    assert (call.operator_id, call.disposition) == (taker.id, None)
    assert state_of(taker)[0] is OperatorState.WRAP_UP
    assert db.session.get_one(Call, later.id).disposition == "1.1"
    with pytest.raises(acting.NotNowError):
        acting.pause(taker.id, reason="lunch", now=NOW)


def test_who_is_away_stays_away_when_their_member_goes(club, giver, taker, held, supervisor):
    states.change(giver.id, OperatorState.AWAY, reason="preview", now=EARLIER)

    handing.hand_to(club.id, giver.id, to_id=taker.id, given_by=supervisor.id, now=NOW)

    assert state_of(giver)[0] is OperatorState.AWAY
    assert queue.held_by(giver.id) is None


def test_a_call_that_nobody_has_answered_is_not_handed_over(club, giver, taker, held, supervisor, factories):
    factories.call(held, giver, state=CallState.MEMBER_RINGING, ended_at=None)

    with pytest.raises(CallInTheMakingError):
        handing.hand_to(club.id, giver.id, to_id=taker.id, given_by=supervisor.id, now=NOW)


@pytest.mark.parametrize("state", [OperatorState.OFF, OperatorState.PAUSED, OperatorState.PREVIEW, OperatorState.AWAY])
def test_only_a_free_desk_is_given_somebody(club, giver, held, supervisor, factories, state):
    busy = factories.operator([club], state=state)

    with pytest.raises(DeskTakenError):
        handing.hand_to(club.id, giver.id, to_id=busy.id, given_by=supervisor.id, now=NOW)


def test_a_desk_that_takes_another_member_in_the_same_moment_keeps_that_one(
    club, giver, taker, held, supervisor, factories, monkeypatch
):
    lease = {"state": EntryState.LEASED, "operator_id": taker.id, "leased_at": NOW, "lease_until": NOW}
    monkeypatch.setattr(handing.desks, "ensure_free", lambda *_, **__: None)
    own = factories.entry(factories.campaign(club), factories.member(club), **lease)

    with pytest.raises(DeskTakenError):
        handing.hand_to(club.id, giver.id, to_id=taker.id, given_by=supervisor.id, now=NOW)

    assert (queue.held_by(taker.id), queue.held_by(giver.id)) == (own.id, held.id)


def test_an_empty_desk_has_nothing_to_hand_over(club, giver, taker, supervisor):
    with pytest.raises(NothingToHandOverError):
        handing.hand_to(club.id, giver.id, to_id=taker.id, given_by=supervisor.id, now=NOW)


def test_a_supervisor_without_a_phone_takes_nobody_over(club, giver, held, factories):
    with pytest.raises(NoPhoneError):
        handing.take_over(club.id, giver.id, supervisor_id=factories.user(Role.SUPERVISOR, [club]).id, now=NOW)


def test_another_clubs_people_and_members_are_out_of_reach(club, giver, taker, held, supervisor, factories):
    other = factories.club()
    stranger = factories.operator([other], state=OperatorState.READY)
    shared = factories.operator([club, other], state=OperatorState.READY)
    hand_to = handing.hand_to

    with pytest.raises(NotFoundError):
        hand_to(club.id, giver.id, to_id=stranger.id, given_by=supervisor.id, now=NOW)
    with pytest.raises(NotFoundError):
        hand_to(other.id, giver.id, to_id=shared.id, given_by=supervisor.id, now=NOW)
    shared_lease = {"state": EntryState.LEASED, "operator_id": shared.id, "leased_at": NOW, "lease_until": NOW}
    factories.entry(factories.campaign(other), factories.member(other), **shared_lease)
    with pytest.raises(NothingToHandOverError):
        hand_to(club.id, shared.id, to_id=taker.id, given_by=supervisor.id, now=NOW)


@pytest.fixture
def live(held, giver, factories):
    """The giver talks with the member."""
    states.change(giver.id, OperatorState.ON_CALL, now=EARLIER)
    return factories.call(held, giver, state=CallState.CONNECTED, connected_at=EARLIER, ended_at=None)


def test_a_live_call_goes_only_once_the_phone_is_answered(club, giver, taker, held, supervisor, live):
    assert not handing.hand_to(club.id, giver.id, to_id=taker.id, given_by=supervisor.id, now=NOW)

    coming = handovers.coming_to(taker.id)
    assert (coming.call_id, coming.giver, coming.is_attended) == (live.id, "نگار رضایی", False)
    assert queue.held_by(giver.id) == held.id
    assert handovers.of_day(club.id, since=EARLIER) == []


def test_who_waits_for_a_call_takes_nobody_from_the_queue(club, giver, taker, supervisor, live, factories):
    factories.entry(factories.campaign(club), factories.member(club), due_at=EARLIER)
    handing.hand_to(club.id, giver.id, to_id=taker.id, given_by=supervisor.id, now=NOW)

    acting.get_ready(taker.id, club_ids=[club.id], now=NOW)

    assert queue.held_by(taker.id) is None


def test_a_call_is_on_its_way_to_one_desk_only_and_a_desk_expects_one(club, giver, taker, supervisor, live, factories):
    third = factories.operator([club], state=OperatorState.READY)
    handing.hand_to(club.id, giver.id, to_id=taker.id, given_by=supervisor.id, now=NOW)

    with pytest.raises(AlreadyHandedOverError):
        handing.hand_to(club.id, giver.id, to_id=third.id, given_by=supervisor.id, now=NOW)


@pytest.fixture
def other_held(factories, club):
    """Another member, on the desk of another operator who owes the outcome of the call."""
    other = factories.operator([club], state=OperatorState.WRAP_UP)
    lease = {"leased_at": EARLIER, "lease_until": NOW + leases.LEASE}
    entry = factories.entry(
        factories.campaign(club), factories.member(club), state=EntryState.LEASED, operator_id=other.id, **lease
    )
    factories.call(entry, other, connected_at=EARLIER, requested_at=EARLIER)
    return entry


def test_nobody_else_comes_to_a_desk_whose_phone_rings(club, giver, taker, supervisor, live, other_held):
    handing.hand_to(club.id, giver.id, to_id=taker.id, given_by=supervisor.id, now=NOW)

    with pytest.raises(AlreadyHandedOverError):
        handing.hand_to(club.id, other_held.operator_id, to_id=taker.id, given_by=supervisor.id, now=NOW)


def test_whoever_came_in_that_moment_all_the_same_waits_again_with_the_outcome_that_was_owed(
    club, giver, taker, held, supervisor, live, other_held
):
    handing.hand_to(club.id, other_held.operator_id, to_id=taker.id, given_by=supervisor.id, now=NOW)
    asking.ask(desk.own_call(giver.id, live.id), giver.id, to_id=taker.id, given_by=supervisor.id, now=NOW)
    leg = db.session.scalars(select(Handover.channel_id).where(Handover.call_id == live.id)).one()

    keeping.complete(leg, now=NOW)

    assert queue.held_by(taker.id) == held.id
    assert queue.get(other_held.id).state is EntryState.WAITING
    owed = db.session.scalars(select(Call).where(Call.entry_id == other_held.id)).one()
    assert owed.disposition == MISCELLANEOUS


def test_nobody_is_called_from_a_desk_whose_phone_rings(club, giver, taker, supervisor, live, factories):
    lease = {"leased_at": EARLIER, "lease_until": NOW + leases.LEASE}
    handing.hand_to(club.id, giver.id, to_id=taker.id, given_by=supervisor.id, now=NOW)
    kept = factories.entry(
        factories.campaign(club), factories.member(club), state=EntryState.LEASED, operator_id=taker.id, **lease
    )

    with pytest.raises(NotNowError):
        acting.call(taker.id, entry_id=kept.id, now=NOW)


def test_an_operator_offers_a_call_to_a_supervisor_of_the_club_with_a_phone(
    club, giver, taker, supervisor, live, factories
):
    colleague = factories.user(Role.SUPERVISOR, [club])

    assert [one.id for one in desks.supervisors(club.id)] == [supervisor.id]
    for nobody in (taker.id, colleague.id):
        with pytest.raises(NotFoundError):
            asking.offer(giver.id, call_id=live.id, to_id=nobody, now=NOW)
    asking.offer(giver.id, call_id=live.id, to_id=supervisor.id, now=NOW)

    assert db.session.get_one(Call, live.id).wants_hold
    with pytest.raises(NothingToHandOverError):
        asking.confirm(giver.id, now=NOW)
    assert handovers.going_from(giver.id, live.id).is_attended


def test_what_a_supervisor_wants_is_not_the_operators_to_stop(club, giver, taker, supervisor, live):
    handing.hand_to(club.id, giver.id, to_id=taker.id, given_by=supervisor.id, now=NOW)

    with pytest.raises(NothingToHandOverError):
        asking.take_back(giver.id, now=NOW)
