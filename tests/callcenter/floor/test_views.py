from __future__ import annotations

from datetime import timedelta

import pytest
import redis

from callcenter.calls.models import CallState
from callcenter.calls.queries import DayCount
from callcenter.desk import queries as desks
from callcenter.floor import queries
from callcenter.lines import health
from callcenter.lines.health import LineHealth
from callcenter.operators import queries as operators
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.accounts.models import Role
from config.database import db
from config.database import utcnow
from config.live import quick_redis
from config.processes import heartbeats
from surveys.interviews import counting


def look(club):
    return queries.look(club.id, zone="Asia/Tehran", now=utcnow())


def test_an_operator_is_shown_with_state_call_and_the_days_counts(factories, club, operator):
    campaign = factories.campaign(club)
    states.change(operator.id, OperatorState.ON_CALL, now=utcnow())
    entries = [factories.entry(campaign, factories.member(club)) for _ in range(4)]
    factories.call(entries[0], operator, disposition="1.1")
    factories.call(entries[1], operator, requested_at=utcnow() - timedelta(days=2))
    factories.call(entries[2], operator, member_dialled_at=None)
    factories.call(entries[3], operator, state=CallState.CONNECTED, ended_at=None)

    floor = look(club)

    seat = floor.seats[0]
    assert (seat.operator.id, seat.operator.state) == (operator.id, OperatorState.ON_CALL)
    assert seat.call is not None
    assert (seat.today.call_count, seat.today.complete_count) == (2, 1)
    assert (floor.at_work_count, floor.on_call_count, floor.today.call_count) == (1, 1, 2)


def test_what_a_review_rejected_is_no_complete_interview_of_the_day(factories, club, operator):
    campaign, now = factories.campaign(club), utcnow()
    rejected, counted = (factories.interview(campaign, factories.member(club), now) for _ in range(2))
    for response in (rejected, counted):
        factories.call(db.session.get_one(QueueEntry, response.entry_id), operator, disposition="1.1")
    counting.leave_out(club.id, rejected.id, now=now)

    floor = look(club)

    assert floor.seats[0].today == floor.today == DayCount(call_count=2, complete_count=1, rejected_count=1)
    own = desks.figures(operator.id, zone="Asia/Tehran", now=now)
    assert (own.call_count, own.complete_count, own.rejected_count) == (2, 1, 1)


def test_a_call_for_another_club_is_not_shown(factories, club):
    other = factories.club()
    shared = factories.operator([club, other])
    entry = factories.entry(factories.campaign(other), factories.member(other))
    factories.call(entry, shared, state=CallState.CONNECTED, ended_at=None)

    seat = look(club).seats[0]

    assert (seat.call, seat.today.call_count) == (None, 0)


def test_the_queue_is_that_of_the_running_campaigns(factories, club):
    factories.entry(factories.campaign(club), factories.member(club))
    factories.entry(factories.campaign(factories.club()), factories.member(club))

    floor = look(club)

    assert (floor.running_count, floor.open_count, floor.waiting.due_count) == (1, 1, 1)


class DeadRedis:
    def exists(self, key):
        raise redis.ConnectionError


@pytest.mark.parametrize(
    ("beating", "expected"),
    [(["pbx", "line"], LineHealth.UP), (["pbx"], LineHealth.NO_EXCHANGE), ([], LineHealth.DOWN)],
)
def test_the_line_is_known_by_its_pulse(app, beating, expected):
    for process in beating:
        heartbeats.beat(quick_redis(), process)

    assert health.of() is expected


def test_nobody_can_tell_of_the_line_while_redis_is_away(app, monkeypatch):
    monkeypatch.setitem(app.extensions, "hamseda_redis", DeadRedis())

    assert health.of() is LineHealth.UNKNOWN


def test_the_page_masks_the_member_and_names_the_state(client, supervisor, operator, factories, club):
    entry = factories.entry(factories.campaign(club), factories.member(club))
    phone = "+989121234567"
    factories.call(entry, operator, state=CallState.MEMBER_RINGING, ended_at=None, phone=phone)
    states.change(operator.id, OperatorState.DIALLING, now=utcnow())
    db.session.commit()

    page, parts = client.get("/floor").text, client.get("/floor/parts").text

    for text in (page, parts):
        assert "0912***4567" in text
        assert "1234567" not in text
        assert "phone rings" in text
    assert f"floor:{club.id}" in page
    assert "<html" not in parts


def test_an_empty_floor_says_what_to_do(client, supervisor):
    assert "Nobody calls for this club yet" in client.get("/floor").text


def test_operators_of_another_club_are_not_on_the_floor(client, supervisor, factories):
    factories.operator([factories.club()])

    assert "Nobody calls for this club yet" in client.get("/floor").text


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.MANAGER, Role.CLUB_STAFF])
def test_the_floor_is_the_supervisors(client, sign_in, factories, club, role):
    sign_in(client, factories.user(role, [club]))

    assert client.get("/floor").status_code == 403


def test_the_floor_shows_everybodys_figures_and_the_reason_of_a_pause(client, supervisor, operator):
    begun = utcnow()
    states.change(operator.id, OperatorState.READY, now=begun)
    states.change(operator.id, OperatorState.PAUSED, reason="lunch", now=begun)
    db.session.commit()

    page = client.get("/floor").text

    assert "Lunch" in page
    assert "Occupancy" in page


def test_the_time_of_a_day_counts_calls_for_every_club_and_the_counts_only_this_ones(factories, club):
    other = factories.club()
    shared = factories.operator([club, other])
    for of in (club, other):
        factories.call(factories.entry(factories.campaign(of), factories.member(of)), shared)

    seat = look(club).seats[0]

    assert (seat.today.call_count, seat.shift.call_count) == (1, 2)


def test_an_operators_page_shows_the_day_and_keeps_itself_fresh(client, supervisor, operator, club):
    states.change(operator.id, OperatorState.READY, now=utcnow())
    db.session.commit()

    page, parts = (client.get(f"/floor/operators/{operator.id}{end}").text for end in ("", "/parts"))

    assert operator.name in page
    assert f"floor:{club.id}" in page
    assert "Utilisation" in parts
    assert "<html" not in parts


@pytest.mark.parametrize(
    ("act", "state"), [("pause", OperatorState.PAUSED), ("sign-off", OperatorState.OFF)], ids=["pause", "sign off"]
)
def test_the_supervisor_makes_an_operator_pause_or_leave(client, supervisor, operator, act, state):
    states.change(operator.id, OperatorState.READY, now=utcnow())

    client.post(f"/floor/operators/{operator.id}/{act}", data={"reason": "meeting"})

    page = client.get(f"/floor/operators/{operator.id}").text
    db.session.rollback()
    assert operators.get(operator.id).state is state
    assert "The operator reads it on the desk" in page
    assert supervisor.name in page


def test_an_order_to_somebody_at_home_is_refused_in_words(client, supervisor, operator):
    client.post(f"/floor/operators/{operator.id}/sign-off")

    assert "off the queue already" in client.get("/floor").text


@pytest.mark.parametrize("end", ["", "/parts", "/pause", "/sign-off"])
def test_another_clubs_operator_is_not_there(client, supervisor, factories, end):
    stranger = factories.operator([factories.club()])
    act = client.post if end in {"/pause", "/sign-off"} else client.get

    assert act(f"/floor/operators/{stranger.id}{end}", data={"reason": "meeting"}).status_code == 404


def test_skipped_members_are_counted_and_their_reasons_told(client, supervisor, factories, club, operator):
    now = utcnow()
    entries = [factories.entry(factories.campaign(club), factories.member(club)) for _ in range(3)]
    factories.skip(entries[0], operator, reason="other", note="دو عضو یک شماره دارند", skipped_at=now)
    factories.skip(entries[1], operator, reason="undecided", skipped_at=now)
    factories.skip(entries[2], operator, skipped_at=now - timedelta(days=2))
    strange = factories.entry(factories.campaign(factories.club()), factories.member(club))
    factories.skip(strange, operator, skipped_at=now)

    skipped = look(club).seats[0].skipped
    page = client.get(f"/floor/operators/{operator.id}").text

    assert (skipped.count, skipped.undecided_count) == (2, 1)
    assert "دو عضو یک شماره دارند" in page
    assert page.count("<b>The time to decide ran out</b>") == 1


def test_the_member_who_is_looked_at_is_shown_masked_and_never_in_full(client, supervisor, factories, club, operator):
    other = factories.club()
    factories.operator([club])
    looked_at = factories.member(club, phone="+989121234567")
    elsewhere = factories.member(other, phone="+989351234567")
    shared = factories.operator([club, other])
    now = utcnow()
    for who, member, where in ((operator, looked_at, club), (shared, elsewhere, other)):
        lease = {"operator_id": who.id, "leased_at": now, "lease_until": now + timedelta(minutes=15)}
        factories.entry(factories.campaign(where), member, state=EntryState.LEASED, **lease)

    page = client.get("/floor").text

    assert {seat.operator.id: seat.phone for seat in look(club).seats if seat.phone} == {operator.id: "+989121234567"}
    assert "0912***4567" in page
    assert "9121234567" not in page
    assert "0935***4567" not in page


def test_what_is_left_is_told_for_each_running_campaign(client, supervisor, factories, club):
    autumn = factories.campaign(club, name="Autumn")
    for outcome in (None, "3.13"):
        later = utcnow() + timedelta(hours=1)
        factories.entry(autumn, factories.member(club), outcome=outcome, due_at=later if outcome else utcnow())
    factories.closed_entry(autumn, factories.member(club), "1.1", utcnow())
    factories.campaign(club, name="Winter", starts_on=(utcnow() + timedelta(days=3)).date())
    factories.entry(factories.campaign(factories.club(), name="Elsewhere"), factories.member(club))

    page = client.get("/floor/left").text
    left = queries.left(club.id, now=utcnow())

    assert [(one.campaign, one.count) for one in left] == [("Autumn", 2), ("Winter", 0)]
    assert [group.kind for group in left[0].groups] == ["callable", "retry"]
    assert left[1].closed is not None
    assert "Wait for their next attempt" in page
    assert "first day is still to come" in page
    assert "Elsewhere" not in page
