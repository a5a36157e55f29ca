from __future__ import annotations

import pytest

from callcenter.calls import requesting
from callcenter.calls.errors import CallEndedError
from callcenter.calls.errors import OperatorAlreadyOnCallError
from callcenter.calls.models import Call
from callcenter.calls.models import CallState
from callcenter.operators import queries as operators
from callcenter.operators.models import OperatorState
from callcenter.queue.errors import LeaseLostError
from club.members.errors import DoNotCallError
from club.members.errors import NoConsentError
from club.members.stop_calls import add_do_not_call
from config.database import db
from config.database import utcnow
from config.errors import NotFoundError
from config.live import WAKE_PREFIX
from config.live import quick_redis
from tests.support.calling import held_entry
from tests.support.calling import read_call


def request(held):
    call_id = requesting.request_call(held.entry_id, held.operator_id, now=utcnow())
    db.session.commit()
    return call_id


def test_a_call_is_asked_for_and_nothing_is_dialled_yet(factories):
    held = held_entry(factories, phone="+989123456780", extension="101")

    call = read_call(request(held))

    assert call.state is CallState.REQUESTED
    assert (call.phone, call.extension, call.member_id) == ("+989123456780", "101", held.member_id)
    assert call.channel_id.startswith("hamseda-")
    assert call.sent_at is None
    assert operators.get(held.operator_id).state is OperatorState.DIALLING


def test_the_pbx_process_is_woken_once_the_request_is_committed(factories):
    held = held_entry(factories)
    wakes = quick_redis().pubsub(ignore_subscribe_messages=True)
    wakes.subscribe(f"{WAKE_PREFIX}pbx")
    wakes.get_message(timeout=1)

    requesting.request_call(held.entry_id, held.operator_id, now=utcnow())
    assert wakes.get_message() is None

    db.session.commit()
    assert wakes.get_message(timeout=1) is not None


def test_an_operator_has_one_call_at_a_time(factories):
    held = held_entry(factories)
    request(held)

    with pytest.raises(OperatorAlreadyOnCallError):
        request(held)


def test_two_presses_at_once_are_one_call(factories, monkeypatch):
    held = held_entry(factories)
    request(held)
    # The other press looked before ours was committed.
    monkeypatch.setattr(requesting, "_ensure_no_open_call", lambda _operator_id: None)

    with pytest.raises(OperatorAlreadyOnCallError):
        request(held)


def test_only_the_holder_of_an_entry_may_call(factories):
    held, other = held_entry(factories), held_entry(factories)

    with pytest.raises(LeaseLostError):
        requesting.request_call(held.entry_id, other.operator_id, now=utcnow())


def test_a_member_who_withdrew_consent_is_not_called(factories):
    held = held_entry(factories, consent_calls=False)

    with pytest.raises(NoConsentError):
        request(held)


def test_do_not_call_is_asked_at_the_last_moment(factories):
    held = held_entry(factories)
    add_do_not_call(held.club_id, held.member_id, reason="asked", note="", user_id=held.operator_id)
    db.session.commit()

    with pytest.raises(DoNotCallError):
        request(held)


def test_a_hang_up_is_asked_for_once(factories):
    call_id = request(held_entry(factories))
    first = utcnow()
    requesting.request_hangup(call_id, now=first)
    requesting.request_hangup(call_id, now=utcnow())
    db.session.commit()

    assert read_call(call_id).hangup_requested_at == first


def test_a_call_that_is_over_cannot_be_hung_up(factories):
    call_id = request(held_entry(factories))
    call = db.session.get_one(Call, call_id)
    call.state, call.ended_at = CallState.ENDED, utcnow()
    db.session.commit()

    with pytest.raises(CallEndedError):
        requesting.request_hangup(call_id, now=utcnow())


def test_a_call_that_never_was_cannot_be_hung_up(app):
    with pytest.raises(NotFoundError):
        requesting.request_hangup(4711, now=utcnow())
