from __future__ import annotations

from callcenter.calls import progress
from callcenter.calls.failures import Failure
from callcenter.calls.models import CallEvent
from callcenter.calls.models import CallState
from callcenter.telephony.messages import LegAppeared
from callcenter.telephony.messages import LegHungUp
from callcenter.telephony.messages import LegStateChanged
from callcenter.telephony.messages import OriginateLost
from config.database import db
from config.database import utcnow
from tests.support.calling import kinds
from tests.support.calling import read_call
from tests.support.channels import MEMBER
from tests.support.channels import PHONE
from tests.support.channels import tell
from tests.support.channels import to_the_talk


def test_a_call_of_an_earlier_process_is_followed_on(follower, call):
    tell(follower, *to_the_talk(call.channel_id))

    assert read_call(call.id).state is CallState.CONNECTED


def test_what_is_not_ours_is_left_alone(follower, line, call):
    tell(
        follower,
        LegAppeared("PJSIP/500-1", "1763.1", "1763.1"),
        LegAppeared("PJSIP/500-2", "hamseda-of-another-house", "hamseda-of-another-house"),
    )

    assert line.hangups == []
    assert kinds(call.id) == []


def test_what_the_database_could_not_take_is_written_later_with_nothing_lost(follower, call, monkeypatch, caplog):
    with monkeypatch.context() as broken:
        broken.setattr(progress, "record", lambda *_args, **_named: 1 / 0)
        tell(follower, *to_the_talk(call.channel_id))
    assert read_call(call.id).state is CallState.DIALLING

    follower.save_late()

    assert read_call(call.id).state is CallState.CONNECTED
    assert kinds(call.id) == ["LegAppeared", "LegStateChanged", "DialBegan", "DialEnded"]


def test_a_call_given_up_does_not_ring_afterwards(follower, line, call):
    tell(follower, OriginateLost(call.channel_id))
    assert read_call(call.id).failure == Failure.REPLY_LOST

    tell(follower, LegAppeared(PHONE, call.channel_id, call.channel_id))

    assert line.hangups == [PHONE]


def test_the_rest_of_an_ended_calls_events_changes_nothing(follower, line, call):
    tell(follower, *to_the_talk(call.channel_id))
    tell(follower, LegHungUp(MEMBER, call.channel_id, 16, ""), LegHungUp(call.channel_id, call.channel_id, 16, ""))
    before = kinds(call.id)

    tell(
        follower,
        LegHungUp(MEMBER, call.channel_id, 16, ""),
        LegStateChanged(PHONE, call.channel_id, call.channel_id, 6),
    )

    assert kinds(call.id) == before
    assert line.hangups == []


def test_an_exchange_that_stays_away_ends_its_calls(follower, call):
    follower.give_up()

    assert read_call(call.id).state is CallState.FAILED


def test_what_only_the_log_has_is_written_with_what_others_see_and_in_its_order(follower, call):
    messages = to_the_talk(call.channel_id)

    tell(follower, messages[0])
    assert kinds(call.id) == []
    tell(follower, messages[1])

    assert read_call(call.id).state is CallState.OPERATOR_RINGING
    assert kinds(call.id) == ["LegAppeared", "LegStateChanged"]


def test_what_nothing_follows_is_written_at_the_next_look_with_the_time_it_came(follower, call):
    tell(follower, LegAppeared(PHONE, call.channel_id, call.channel_id))
    told_by = utcnow()

    follower.save_late()

    written = db.session.scalars(db.select(CallEvent).filter_by(call_id=call.id)).one()
    assert written.kind == "LegAppeared"
    assert written.at <= told_by
