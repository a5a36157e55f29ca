"""How a campaign dials: preview with a limit and reasons to skip, and progressive."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.campaigns.models import DiallingMode
from callcenter.desk import jobs
from callcenter.desk import skipping
from callcenter.operators import queries as operators
from callcenter.operators import states
from callcenter.operators.models import Operator
from callcenter.operators.models import OperatorState
from callcenter.queue import claim
from callcenter.queue import leases
from callcenter.queue import queries as queue
from callcenter.queue.models import EntryState
from callcenter.skips.models import Skip
from callcenter.skips.queries import NOT_AGAIN
from club.members import stop_calls
from config.database import db
from config.database import utcnow


def state_of(place) -> OperatorState:
    db.session.rollback()
    return operators.get(place.operator.id).state


def skips() -> list[tuple[int, str, str]]:
    db.session.rollback()
    return [(one.entry_id, one.reason.value, one.note) for one in db.session.scalars(select(Skip).order_by(Skip.id))]


def calls() -> list[Call]:
    db.session.rollback()
    return list(db.session.scalars(select(Call)))


@pytest.fixture
def limited(place):
    """The campaign gives thirty seconds to decide."""
    place.campaign.decide_seconds = 30
    db.session.commit()


@pytest.fixture
def progressive(place):
    place.campaign.dialling_mode = DiallingMode.PROGRESSIVE
    db.session.commit()


def look_since(place, seconds):
    """The operator has been looking at the member for so long."""
    row = db.session.get_one(Operator, place.operator.id)
    row.state_since = utcnow() - timedelta(seconds=seconds)
    db.session.commit()


def test_a_skipped_member_waits_for_somebody_else_and_the_next_one_comes(desk, place, waiting, factories):
    skipped, following = waiting(), waiting(first_name="مینا")
    desk.act("ready")

    parts = desk.act("skip", entry_id=skipped.id, reason="acquainted")

    assert "مینا احمدی" in parts["member"]
    assert queue.held_by(place.operator.id) == following.id
    assert skips() == [(skipped.id, "acquainted", "")]
    colleague = factories.operator([place.club])
    assert claim.claim_next(colleague.id, campaign_ids=[place.campaign.id], now=utcnow()) == skipped.id


def test_who_skipped_a_member_has_them_again_after_half_an_hour(desk, place, waiting):
    entry = waiting()
    desk.act("ready")

    parts = desk.act("skip", entry_id=entry.id, reason="bad_moment")

    assert "خودتان از آن‌ها گذشته‌اید" in parts["script"]
    assert state_of(place) is OperatorState.READY
    for ago, expected in ((NOT_AGAIN - timedelta(minutes=1), None), (NOT_AGAIN, entry.id)):
        now = utcnow() + ago
        assert claim.claim_next(place.operator.id, campaign_ids=[place.campaign.id], now=now) == expected


def test_another_reason_needs_to_be_told(desk, waiting):
    entry = waiting()
    desk.act("ready")

    refused = desk.act("skip", status=422, entry_id=entry.id, reason="other", note=" ")
    desk.act("skip", entry_id=entry.id, reason="other", note="دو عضو یک شماره دارند")

    assert "چرا" in refused["message"]
    assert skips() == [(entry.id, "other", "دو عضو یک شماره دارند")]


@pytest.mark.parametrize("reason", ["", "bored", "undecided"])
def test_only_what_is_on_the_list_is_a_reason(desk, waiting, reason):
    entry = waiting()
    desk.act("ready")

    desk.act("skip", status=422, entry_id=entry.id, reason=reason)

    assert skips() == []


def test_nobody_is_skipped_during_a_call_or_from_another_desk(desk, line, waiting, place):
    entry = waiting()
    desk.act("ready")
    desk.act("skip", status=409, entry_id=entry.id + 1, reason="acquainted")
    desk.act("call", entry_id=entry.id)

    desk.act("skip", status=409, entry_id=entry.id, reason="acquainted")
    line.answer()
    desk.act("skip", status=409, entry_id=entry.id, reason="acquainted")

    assert skips() == []
    assert queue.held_by(place.operator.id) == entry.id


def test_a_skipped_promise_is_anybodys(desk, waiting, place):
    entry = waiting()
    entry.callback_at, entry.callback_operator_id, entry.priority = utcnow(), place.operator.id, 5
    db.session.commit()
    desk.act("ready")

    desk.act("skip", entry_id=entry.id, reason="somebody_else")

    db.session.refresh(entry)
    assert (entry.callback_operator_id, entry.priority) == (None, 10)


def test_the_desk_counts_down_to_the_end_of_the_time_to_decide(desk, limited, waiting, place):
    waiting()

    parts = desk.act("ready")

    since = operators.get(place.operator.id).state_since
    assert f'data-at="{int((since + timedelta(seconds=30)).timestamp() * 1000)}"' in parts["call"]


def test_without_a_limit_nothing_counts_down(desk, waiting):
    waiting()

    assert "data-at" not in desk.act("ready")["call"]


def test_when_the_time_is_over_the_member_waits_and_the_operator_leaves_the_queue(desk, limited, waiting, place):
    entry = waiting()
    desk.act("ready")
    look_since(place, 30)

    parts = desk.act("undecided")

    assert "مهلت تصمیم تمام شد" in parts["script"]
    assert skips() == [(entry.id, "undecided", "")]
    assert (queue.get(entry.id).state, state_of(place)) == (EntryState.WAITING, OperatorState.OFF)


def test_a_desk_that_asks_too_early_keeps_its_member(desk, limited, waiting, place):
    entry = waiting()
    desk.act("ready")

    desk.act("undecided")

    assert (skips(), queue.held_by(place.operator.id)) == ([], entry.id)


def test_who_called_in_the_last_second_keeps_the_member(desk, limited, waiting, place):
    entry = waiting()
    desk.act("ready")
    desk.act("call", entry_id=entry.id)
    look_since(place, 60)

    desk.act("undecided")

    assert (skips(), queue.held_by(place.operator.id)) == ([], entry.id)


def test_who_gives_the_member_back_in_this_moment_stays_in_the_queue(desk, limited, waiting, place, monkeypatch):
    entry = waiting()
    desk.act("ready")
    look_since(place, 60)
    leases.release(entry.id, operator_id=place.operator.id)
    db.session.commit()
    # As the clock read it a moment before.
    monkeypatch.setattr(skipping.queue, "held_by", lambda _operator_id: entry.id)

    jobs.release_undecided()

    assert (skips(), state_of(place)) == ([], OperatorState.PREVIEW)


@pytest.mark.parametrize(("seconds", "is_released"), [(29, False), (31, True)])
def test_the_clock_releases_the_members_of_desks_that_are_closed(
    desk, limited, waiting, place, factories, seconds, is_released
):
    entry = waiting()
    desk.act("ready")
    look_since(place, seconds)
    unlimited = factories.campaign(place.club)
    other = factories.operator([place.club])
    now = utcnow()
    lease = {"operator_id": other.id, "leased_at": now, "lease_until": now + timedelta(minutes=15)}
    kept = factories.entry(unlimited, factories.member(place.club), state=EntryState.LEASED, **lease)
    states.change(other.id, OperatorState.PREVIEW, now=now - timedelta(hours=1))
    db.session.commit()

    jobs.release_undecided()

    assert (queue.get(entry.id).state is EntryState.WAITING) is is_released
    assert queue.get(kept.id).state is EntryState.LEASED


def test_a_progressive_campaign_calls_as_soon_as_the_operator_is_ready(desk, progressive, waiting, place):
    entry = waiting()
    before = desk.parts()

    parts = desk.act("ready")

    assert "تماس با عضو بعدی بی‌درنگ شروع می‌شود" in before["script"]
    assert [(call.entry_id, call.operator_id) for call in calls()] == [(entry.id, place.operator.id)]
    assert state_of(place) is OperatorState.DIALLING
    assert "سارا احمدی" in parts["member"]


def test_an_impatient_second_ready_changes_nothing(desk, progressive, waiting, line):
    waiting()
    desk.act("ready")

    desk.act("ready")
    line.answer()
    desk.act("ready", status=409)

    assert len(calls()) == 1


def test_after_an_unanswered_own_phone_the_operator_decides_when_to_call_again(
    desk, progressive, limited, waiting, line, place
):
    waiting()
    desk.act("ready")
    line.operator_did_not_pick_up()

    parts = desk.parts()
    desk.act("ready")

    assert "data-at" not in parts["call"]
    assert (len(calls()), state_of(place)) == (1, OperatorState.PREVIEW)


def test_a_skip_in_a_progressive_campaign_calls_the_next_one(desk, progressive, waiting, line):
    first, second = waiting(), waiting()
    desk.act("ready")
    line.operator_did_not_pick_up()

    desk.act("skip", entry_id=first.id, reason="acquainted")

    assert sorted(call.entry_id for call in calls()) == [first.id, second.id]


def test_who_may_not_be_dialled_is_not_called_by_a_progressive_campaign(desk, progressive, waiting, place):
    entry = waiting()
    stop_calls.add_do_not_call(place.club.id, entry.member_id, reason="asked", note=None, user_id=place.operator.id)
    db.session.commit()

    desk.act("ready")

    assert (calls(), state_of(place)) == ([], OperatorState.READY)


def test_the_wrap_up_ends_by_itself_when_the_campaign_limits_it(desk, answered, place, line):
    place.campaign.wrap_up_seconds = 20
    db.session.commit()
    while_talking = desk.parts()
    desk.act("outcome/refusal", call_id=line.call.id)
    line.hang_up()

    parts = desk.parts()

    since = operators.get(place.operator.id).state_since
    assert f'data-at="{int((since + timedelta(seconds=20)).timestamp() * 1000)}"' in parts["script"]
    assert "data-at" not in while_talking["script"] + while_talking["call"]
