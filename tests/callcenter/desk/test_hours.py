"""Calls and promised calls outside the calling hours."""

from __future__ import annotations

from datetime import time
from datetime import timedelta

import pytest

from callcenter.calls.models import Call
from callcenter.campaigns.models import CampaignState
from callcenter.permission import member_hours
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.calendar import local
from config.calendar import weekday
from config.database import db
from config.database import utcnow


@pytest.fixture
def close(place):
    """Lets the campaign call only from an hour ago that ended this minute: the last day is tomorrow."""

    def act():
        there = local(utcnow(), "Asia/Tehran")
        place.campaign.starts_on = (there + timedelta(days=1)).date()
        place.campaign.ends_on = place.campaign.starts_on
        place.campaign.opens_at, place.campaign.closes_at = time(10), time(20)
        db.session.commit()

    return act


def promised(entry):
    db.session.rollback()
    return db.session.get_one(QueueEntry, entry.id).callback_at


def test_a_promise_outside_the_hours_is_refused_with_the_nearest_time(desk, answered, line, close):
    close()

    form = {"call_id": line.call.id, "day": "tomorrow", "time": "21:00", "own": "1"}
    refused = desk.act("outcome/call_later", status=422, **form)
    offered = desk.act("outcome/call_later", status=422, **{**form, "time": "08:00"})

    assert refused["message"].startswith("در آن ساعت با کسی تماس نمی‌گیریم و این کمپین")
    assert "نزدیک‌ترین زمان ممکن" in offered["message"]
    assert {name: offered["offer"][name] for name in ("day", "time", "own")} == {
        "day": "other",
        "time": "۱۰:۰۰",
        "own": "1",
    }
    assert promised(answered) is None


def test_the_offered_time_is_taken_as_it_came(desk, answered, line, close):
    close()
    refused = desk.act("outcome/call_later", status=422, call_id=line.call.id, day="tomorrow", time="08:00")

    desk.act("outcome/call_later", call_id=line.call.id, **refused["offer"])

    assert f"{local(promised(answered), 'Asia/Tehran'):%H:%M}" == "10:00"


def test_the_days_of_a_promise_are_those_of_the_calls_campaign(desk, answered, line, close, factories, place, sign_in):
    close()

    days = desk.client.get(f"/desk/outcome/days?call_id={line.call.id}").text
    sign_in(desk.client, factories.operator([place.club]))
    strangers = desk.client.get(f"/desk/outcome/days?call_id={line.call.id}", headers={"Accept": "application/json"})

    assert days.count("data-day=") == 60
    assert days.count('aria-disabled="true"') == 59
    assert "ساعت تماس: ۱۰:۰۰ تا ۲۰:۰۰" in days
    assert strangers.status_code == 409


def test_outside_the_hours_the_desk_warns_and_calls_only_when_told_so(desk, waiting, close):
    entry = waiting()
    desk.act("ready")
    close()

    shown = desk.parts()
    refused = desk.act("call", status=409, entry_id=entry.id)
    assert db.session.query(Call).count() == 0
    desk.act("call", entry_id=entry.id, outside_hours=1)

    assert "هنوز به روز شروع کمپین نرسیده‌ایم" in shown["script"]
    assert 'data-key="C"' in shown["call"]
    assert 'data-key="Enter C"' not in shown["call"]
    assert refused["error"] == "out_of_hours"
    assert db.session.query(Call).count() == 1


def test_a_line_that_broke_is_called_again_at_any_hour(desk, answered, line, close):
    close()
    line.hang_up()

    desk.act("call", entry_id=answered.id)

    db.session.rollback()
    assert db.session.query(Call).count() == 2


def test_who_is_not_called_waits_for_the_hours(desk, waiting, close, place):
    entry = waiting()
    desk.act("ready")
    close()

    desk.act("pause", reason="lunch")
    desk.act("ready")

    db.session.rollback()
    assert db.session.get_one(QueueEntry, entry.id).state is EntryState.WAITING
    assert place.campaign.state is CampaignState.RUNNING


def test_the_operator_keeps_when_the_member_wants_to_be_called(desk, waiting, place):
    entry = waiting()
    desk.act("ready")
    there = local(utcnow(), "Asia/Tehran")
    another_day = str((weekday(there.date()) + 2) % 7)

    parts = desk.act("hours", entry_id=entry.id, **{"days-0": another_day, "opens-0": "10", "closes-0": "20"})

    assert "۱۰:۰۰ تا ۲۰:۰۰" in parts["member"]
    assert "خارج از ساعتی که خود عضو خواسته" in parts["script"]
    assert member_hours.of_member(entry.member_id).windows[0].weekdays == {int(another_day)}


def test_a_promise_is_in_the_members_own_hours(desk, answered, line):
    tomorrow = local(utcnow(), "Asia/Tehran").date() + timedelta(days=1)
    form = {"days-0": str(weekday(tomorrow)), "opens-0": "17", "closes-0": "20"}
    desk.act("hours", entry_id=answered.id, **form)

    refused = desk.act("outcome/call_later", status=422, call_id=line.call.id, day="tomorrow", time="12:00")
    days = desk.client.get(f"/desk/outcome/days?call_id={line.call.id}").text

    assert refused["offer"]["time"] == "۱۷:۰۰"
    assert "ساعت دلخواه عضو" in days


def test_hours_are_kept_only_for_the_member_on_the_desk(desk, waiting):
    entry = waiting()

    desk.act("hours", status=409, entry_id=entry.id, **{"days-0": "0"})
    desk.act("ready")
    refused = desk.act("hours", status=422, entry_id=entry.id, **{"days-0": "0", "opens-0": "20", "closes-0": "10"})

    assert refused["message"].startswith("ساعت‌ها را مثل")
    assert member_hours.of_member(entry.member_id) is None
