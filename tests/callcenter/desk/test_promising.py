from __future__ import annotations

from datetime import datetime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from callcenter.desk import callbacks
from callcenter.queue import promises
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.training import requiring
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError

TEHRAN = "Asia/Tehran"
MORNING = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo(TEHRAN))


def kept(entry):
    db.session.rollback()
    return db.session.get_one(QueueEntry, entry.id)


@pytest.mark.parametrize(
    ("until", "hours"), [("", None), ("  ", None), ("19:00", 2), ("۱۹:۳۰", 2.5)], ids=["exact", "blank", "until", "fa"]
)
def test_the_end_of_a_window_is_a_clock_time_of_the_same_day(until, hours):
    start = MORNING.replace(hour=17)

    end = callbacks.window_end("today", "", until, zone=TEHRAN, start=start, now=MORNING)

    assert end == (None if hours is None else start + timedelta(hours=hours))


@pytest.mark.parametrize("until", ["17:00", "16:00", "09:00", "soon"])
def test_a_window_that_ends_before_it_begins_is_refused_at_its_field(until):
    with pytest.raises(InvalidInputError) as refused:
        callbacks.window_end("today", "", until, zone=TEHRAN, start=MORNING.replace(hour=17), now=MORNING)

    assert refused.value.field == "until"


def test_the_reminder_comes_five_minutes_before():
    at = MORNING + timedelta(hours=1)

    assert not callbacks.is_soon(at, now=at - timedelta(minutes=5, seconds=1))
    assert callbacks.is_soon(at, now=at - timedelta(minutes=5))
    assert callbacks.is_soon(at, now=at + timedelta(minutes=5))


def test_a_window_and_the_operators_own_call_are_kept_with_the_promise(desk, answered, line, place):
    desk.act("outcome/call_later", call_id=line.call.id, day="tomorrow", time="17:00", until="19:00", own="1")

    entry = kept(answered)
    assert entry.callback_until - entry.callback_at == timedelta(hours=2)
    assert entry.callback_operator_id == place.operator.id
    assert entry.state is EntryState.WAITING


def test_an_exact_time_is_anybodys_unless_the_operator_says_so(desk, answered, line):
    desk.act("outcome/call_later", call_id=line.call.id, day="tomorrow", time="17:00", until="")

    entry = kept(answered)
    assert (entry.callback_until, entry.callback_operator_id) == (None, None)


def test_who_may_not_call_for_the_campaign_any_more_promises_no_call_of_their_own(desk, answered, line):
    requiring.keep(answered.club_id, answered.campaign_id, is_wanted=True)
    db.session.commit()

    desk.act("outcome/call_later", call_id=line.call.id, day="tomorrow", time="17:00", own="1")

    entry = kept(answered)
    assert (entry.callback_at is None, entry.callback_operator_id) == (False, None)


def test_hours_that_cannot_be_are_said_and_the_call_stays_open(desk, answered, line):
    refused = desk.act(
        "outcome/call_later", status=422, call_id=line.call.id, day="tomorrow", time="17:00", until="16:00"
    )

    assert refused["message"].startswith("«تا ساعت» باید در همان روز")
    assert kept(answered).state is EntryState.LEASED


def test_promising_twice_keeps_the_first_promise(desk, answered, line):
    form = {"call_id": line.call.id, "day": "tomorrow", "time": "17:00"}
    desk.act("outcome/call_later", **form, until="19:00", own="1")

    desk.act("outcome/call_later", **form, until="18:00")

    entry = kept(answered)
    assert entry.callback_until - entry.callback_at == timedelta(hours=2)
    assert entry.callback_operator_id is not None


def test_the_desk_lists_ones_own_promises_and_reminds_five_minutes_before(desk, answered, line):
    desk.act("outcome/call_later", call_id=line.call.id, day="tomorrow", time="17:00", own="1")
    line.hang_up()

    listed = desk.parts()["bar"]
    kept(answered).callback_at = utcnow() + timedelta(minutes=4)
    db.session.commit()
    soon = desk.parts()["bar"]

    assert 'class="promised"' in listed
    assert "سارا احمدی" in listed
    assert "is-soon" not in listed
    assert "is-soon" in soon
    assert "تماس با" in soon


def test_a_missed_promise_leaves_the_list_and_is_counted_on_the_bar(desk, answered, line):
    desk.act("outcome/call_later", call_id=line.call.id, day="tomorrow", time="17:00", own="1")
    line.hang_up()
    promises.mark_missed(now=kept(answered).callback_at + promises.GRACE + timedelta(minutes=1))
    db.session.commit()

    bar = desk.parts()["bar"]

    assert 'class="promised"' not in bar
    assert "۱ از دست رفته" in bar
