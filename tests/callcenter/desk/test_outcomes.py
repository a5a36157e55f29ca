from __future__ import annotations

import pytest

from callcenter.calls.models import Call
from callcenter.desk.menu import CODES
from callcenter.desk.menu import RARER
from callcenter.desk.menu import Outcome
from callcenter.desk.menu import menu
from callcenter.outcomes import editing
from callcenter.outcomes.rules import DEFAULTS
from callcenter.outcomes.rules import Policy
from callcenter.outcomes.rules import Rule
from callcenter.queue import queries as queue
from callcenter.queue.models import EntryState
from club.members import listings
from club.members.models import Member
from config.database import db
from surveys.interviews.states import ResponseState


def entry_of(entry):
    db.session.rollback()
    return queue.get(entry.id)


@pytest.mark.parametrize(
    ("kind", "code", "state"),
    [
        ("machine", "3.14", EntryState.WAITING),
        ("not_here", "3.20", EntryState.WAITING),
        ("inaudible", "2.34", EntryState.WAITING),
        ("no_language", "2.332", EntryState.CLOSED),
        ("unable", "2.32", EntryState.CLOSED),
        ("dead", "2.31", EntryState.CLOSED),
    ],
)
def test_each_further_outcome_has_its_code_and_consequence(desk, answered, line, kind, code, state):
    desk.act(f"outcome/{kind}", call_id=line.call.id)

    after = entry_of(answered)
    assert (after.outcome, after.state) == (code, state)
    assert line.call.hangup_requested_at is not None


def test_an_outcome_that_needs_a_note_is_not_taken_without_one(desk, answered, line):
    refused = desk.act("outcome/not_in_sample", status=422, call_id=line.call.id, note="  ")

    assert refused["message"] == "این نتیجه یادداشت می‌خواهد: در چند کلمه بنویسید چرا. تماس هنوز باز است."
    assert entry_of(answered).state is EntryState.LEASED

    desk.act("outcome/not_in_sample", call_id=line.call.id, note="فقط کارت را  امانت گرفته بود")

    assert entry_of(answered).outcome == "4.10"
    assert db.session.get_one(Call, line.call.id).note == "فقط کارت را امانت گرفته بود"


def test_after_another_outcome_no_credit_is_announced(desk, answered, line):
    before = desk.parts()["call"]
    after = desk.act("outcome/refusal", call_id=line.call.id)["call"]

    assert "هدیه‌ی پاییز" in before
    assert "هدیه‌ی پاییز" not in after


def test_the_campaign_decides_which_outcomes_ask_for_a_note(desk, answered, line, place):
    editing.keep(place.club.id, place.campaign.id, [Rule("2.11", DEFAULTS["2.11"].retry_minutes, needs_note=True)])
    db.session.commit()

    parts = desk.parts()

    assert 'popovertarget="sheet-note-refusal"' in parts["call"]
    assert 'id="sheet-note-refusal"' in parts["call"]
    desk.act("outcome/refusal", status=422, call_id=line.call.id)
    desk.act("outcome/refusal", call_id=line.call.id, note="وقت ندارد")
    assert entry_of(answered).outcome == "2.11"


def test_an_outcome_that_the_campaign_does_not_offer_is_not_on_the_desk(desk, answered, line, place):
    machine = DEFAULTS["3.14"]
    editing.keep(
        place.club.id,
        place.campaign.id,
        [Rule(code, machine.retry_minutes, machine.most_times, is_offered=False) for code in ("3.14", "2.22")],
    )
    db.session.commit()

    assert "outcome/machine" not in desk.parts()["call"]
    assert desk.act("outcome/machine", status=409, call_id=line.call.id)["error"] == "not_now"
    assert entry_of(answered).state is EntryState.LEASED


def test_the_next_caller_reads_the_note_of_the_outcome(desk, answered, line, place):
    rule = DEFAULTS["3.20"]
    editing.keep(place.club.id, place.campaign.id, [Rule("3.20", rule.retry_minutes, None, needs_note=True)])
    db.session.commit()
    desk.act("outcome/not_here", call_id=line.call.id, note="تا شنبه سفر است")
    line.hang_up()
    answered = db.session.get_one(type(answered), answered.id)
    answered.due_at = answered.created_at
    db.session.commit()

    parts = desk.act("ready")

    assert "تا شنبه سفر است" in parts["script"]
    assert "الان در دسترس نیست" in parts["script"]


def test_nobody_of_the_club_asks_for_a_member_who_has_died(desk, answered, line, place):
    desk.act("outcome/dead", call_id=line.call.id)

    db.session.rollback()
    held = listings.holding(place.club.id, db.session.get_one(Member, answered.member_id).phone)
    assert [one.reason for one in held] == ["died"]


def test_a_broken_conversation_leaves_the_interview_to_go_on(desk, answered, line, go_through):
    go_through(until="product_quality")

    desk.act("outcome/inaudible", call_id=line.call.id)

    assert entry_of(answered).outcome == "2.34"
    assert desk.response().state is ResponseState.STARTED


def test_most_of_an_interview_counts_though_the_member_could_not_go_on(desk, answered, line, go_through):
    go_through()

    desk.act("outcome/unable", call_id=line.call.id)

    assert entry_of(answered).outcome == "1.2"


def test_an_outcome_given_twice_changes_nothing(desk, answered, line):
    desk.act("outcome/machine", call_id=line.call.id)

    desk.act("outcome/no_language", call_id=line.call.id)

    assert entry_of(answered).outcome == "3.14"


def test_the_keys_of_the_rarer_outcomes_are_counted_through_what_is_offered():
    hidden = Policy({**DEFAULTS, "3.20": Rule("3.20", 180, None, is_offered=False)})

    keys = [(one.outcome, one.key) for one in menu(hidden).rarer]

    assert keys[0] == (Outcome.INAUDIBLE, "1")
    assert len(keys) == len(RARER) - 1


def test_every_outcome_with_a_rule_has_one():
    assert set(CODES.values()) <= set(DEFAULTS)
