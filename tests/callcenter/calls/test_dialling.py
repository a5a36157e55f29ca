from __future__ import annotations

from callcenter.calls import dialling
from callcenter.calls import requesting
from callcenter.calls.models import Call
from callcenter.calls.models import CallState
from config.database import db
from config.database import utcnow
from tests.support.calling import read_call
from tests.support.calling import requested_call


def ids(lines):
    return [line.id for line in lines]


def test_a_call_is_taken_once(factories):
    call_id = requested_call(factories)

    assert dialling.take(call_id, now=utcnow())
    db.session.commit()
    assert not dialling.take(call_id, now=utcnow())
    assert read_call(call_id).state is CallState.DIALLING


def test_a_call_that_shall_be_hung_up_is_not_taken(factories):
    call_id = requested_call(factories)
    requesting.request_hangup(call_id, now=utcnow())
    db.session.commit()

    assert not dialling.take(call_id, now=utcnow())


def test_what_wants_work_is_what_was_not_sent_or_shall_be_hung_up(factories):
    waiting, sent, hung_up, ended = (requested_call(factories) for _ in range(4))
    for call_id in (sent, hung_up, ended):
        dialling.take(call_id, now=utcnow())
    requesting.request_hangup(hung_up, now=utcnow())
    over = db.session.get_one(Call, ended, populate_existing=True)
    over.state, over.ended_at, over.hangup_requested_at = CallState.ENDED, utcnow(), utcnow()
    db.session.commit()

    assert ids(dialling.wanting_work()) == [waiting, hung_up]
    assert ids(dialling.on_the_line()) == [sent, hung_up]


def test_a_call_is_found_by_its_channel(factories):
    noise, call_id = requested_call(factories), requested_call(factories)

    assert dialling.find(read_call(call_id).channel_id).id == call_id
    assert dialling.find("hamseda-unknown") is None
    assert noise != call_id
