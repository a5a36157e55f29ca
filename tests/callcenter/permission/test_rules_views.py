from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from zoneinfo import ZoneInfo

import pytest

from callcenter.permission import jobs
from callcenter.permission import rules
from callcenter.permission.rules import Rules
from callcenter.queue.models import QueueEntry
from config.accounts.models import Club
from config.accounts.models import Role
from config.database import db


@pytest.fixture
def supervisor(factories, club, client, sign_in):
    sign_in(client, factories.user(Role.SUPERVISOR, [club], language="en"))
    return client


FORM = {"interview_days": "۱۴", "weekly_attempts": "5", "rest_weekdays": ["5", "6"]}


def test_rules_are_typed_in_any_digits_and_kept(supervisor, club):
    supervisor.post("/calling-rules", data=FORM)

    assert rules.of_club(club.id) == Rules(14, 5, frozenset({5, 6}))
    page = supervisor.get("/calling-rules").text
    assert 'value="14"' in page
    assert page.count(" checked") == 2


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("interview_days", "366"),
        ("interview_days", "soon"),
        ("weekly_attempts", "0"),
        ("weekly_attempts", "²"),
        ("rest_weekdays", list("0123456")),
        ("rest_weekdays", "x"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_kept(supervisor, club, field, typed):
    reply = supervisor.post("/calling-rules", data={**FORM, field: typed})

    assert reply.status_code == 422
    assert f"#f-{field}" in reply.text
    assert rules.of_club(club.id) == Rules()


def test_holidays_are_added_shown_and_removed(supervisor, club):
    supervisor.post("/calling-rules/holidays", data={"day": "۱۴۲۰/۰۹/۱۲", "name": "تعمیرات"})
    again = supervisor.post("/calling-rules/holidays", data={"day": "1420/09/12", "name": "تعمیرات"})
    line = rules.holidays(club.id, since=date(2020, 1, 1))[0]

    assert again.status_code == 422
    assert "تعمیرات" in supervisor.get("/calling-rules").text
    supervisor.post(f"/calling-rules/holidays/{line.id}/remove")
    assert rules.holidays(club.id, since=date(2020, 1, 1)) == []


@pytest.mark.parametrize("form", [{"day": "someday", "name": "x"}, {"day": "1420/01/01", "name": " "}])
def test_a_day_that_cannot_be_is_refused(supervisor, club, form):
    assert supervisor.post("/calling-rules/holidays", data=form).status_code == 422
    assert rules.holidays(club.id, since=date(2020, 1, 1)) == []


def test_the_official_holidays_are_taken_over_with_one_press(supervisor, club):
    supervisor.post("/calling-rules/holidays/official")

    assert "Nowruz" in supervisor.get("/calling-rules").text


def test_another_clubs_holiday_is_not_there(supervisor, factories):
    foreign = factories.club()
    rules.add_holiday(foreign.id, day=date(2040, 1, 1), name="x")
    line = rules.holidays(foreign.id, since=date(2040, 1, 1))[0]

    assert supervisor.post(f"/calling-rules/holidays/{line.id}/remove").status_code == 404


def test_operators_and_staff_do_not_make_the_rules(client, sign_in, factories, club):
    sign_in(client, factories.user(Role.CLUB_STAFF, [club]))

    assert client.get("/calling-rules").status_code == 403


@pytest.fixture
def manager(factories, club, client, sign_in):
    sign_in(client, factories.user(Role.MANAGER, [club], language="en"))
    return client


def test_a_manager_sets_the_clocks_of_the_club_and_who_waits_is_moved(manager, factories, club):
    other = factories.club()
    campaign = factories.campaign(club, opens_at=time(9), closes_at=time(10))
    waiting = factories.entry(campaign, factories.member(club), due_at=datetime(2026, 11, 23, 5, 30, tzinfo=UTC))

    manager.post("/calling-rules/time-zone", data={"time_zone": " Europe/Berlin "})
    jobs.retime(club.id)

    page = manager.get("/calling-rules").text
    assert 'value="Europe/Berlin"' in page
    assert db.session.get(Club, other.id).time_zone == "Asia/Tehran"
    due = db.session.get(QueueEntry, waiting.id).due_at.astimezone(ZoneInfo("Europe/Berlin"))
    assert due.hour == 9


@pytest.mark.parametrize("typed", ["", "Mars/Olympus", "../etc/passwd", "x" * 400])
def test_a_zone_that_does_not_exist_is_refused(manager, club, typed):
    reply = manager.post("/calling-rules/time-zone", data={"time_zone": typed})

    assert (reply.status_code, "#f-time_zone" in reply.text) == (422, True)
    assert db.session.get(Club, club.id).time_zone == "Asia/Tehran"


def test_a_supervisor_reads_the_zone_and_does_not_change_it(supervisor):
    assert "Asia/Tehran" in supervisor.get("/calling-rules").text
    assert supervisor.post("/calling-rules/time-zone", data={"time_zone": "Europe/Berlin"}).status_code == 403
