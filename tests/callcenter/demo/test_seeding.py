from __future__ import annotations

import json
import stat
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import phonenumbers
import pytest
from sqlalchemy import func
from sqlalchemy import select

from callcenter.calls import aapor
from callcenter.calls.dispositions import PastCall
from callcenter.calls.dispositions import entry_outcome
from callcenter.calls.models import Call
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.demo import accounts
from callcenter.demo import checking
from callcenter.demo import seeding
from callcenter.demo import voices
from callcenter.integrity import queries as flagged
from callcenter.integrity.models import FlaggedInterview
from callcenter.integrity.models import IntegrityDecision
from callcenter.integrity.models import Verdict
from callcenter.integrity.queries import Standing
from callcenter.integrity.scoring import FlagKind
from callcenter.quality import figures as quality
from callcenter.quality import reading
from callcenter.quality.models import ReviewComment
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingState
from callcenter.recordings.places import path_of
from callcenter.recordings.sound import measure
from club.credit.models import CreditPromise
from club.credit.models import LedgerEntry
from club.members.models import Member
from club.notices.models import Notice
from club.notices.models import NoticeState
from config.accounts.models import Club
from config.accounts.models import User
from config.accounts.passwords import is_right_password
from config.database import begin_reading
from config.database import db
from config.database import restore_mode
from config.database import utcnow
from surveys.interviews.models import Answer
from surveys.interviews.models import Response
from surveys.interviews.states import ResponseState
from tests.support import cleaning


@pytest.fixture(scope="module")
def passwords(migrated_app):
    """The demo, made once for all tests of this file."""
    (migrated_app.config["HOME"] / accounts.FILE).unlink(missing_ok=True)
    with migrated_app.app_context():
        made = seeding.seed_once(migrated_app)
    yield made
    with migrated_app.app_context():
        db.session.remove()
        cleaning.empty(migrated_app)


@pytest.fixture(autouse=True)
def house(migrated_app, passwords):
    mode = begin_reading()
    with migrated_app.app_context():
        yield migrated_app
        db.session.rollback()
    restore_mode(mode)


def rows(query):
    return db.session.execute(query).all()


def first_club() -> int:
    return db.session.scalars(select(Club.id).where(Club.slug == "demo")).one()


def test_a_second_start_finds_it_and_changes_nothing(house, passwords):
    before = [db.session.scalar(select(func.count()).select_from(table)) for table in (Member, Call, Answer, User)]

    again = seeding.seed_once(house)

    after = [db.session.scalar(select(func.count()).select_from(table)) for table in (Member, Call, Answer, User)]
    assert after == before
    assert again == passwords


def test_the_passwords_are_right_and_only_their_owner_can_read_them(house, passwords):
    path = house.config["HOME"] / accounts.FILE
    user = db.session.scalars(select(User).where(User.email == "manager@demo")).one()

    assert is_right_password(user.password_hash, json.loads(path.read_text())["manager@demo"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_there_is_an_account_for_every_role_and_a_club_that_is_none_of_theirs(passwords):
    first, second = db.session.scalars(select(Club.id).order_by(Club.id))
    clubs = {
        user.email: [membership.club_id for membership in user.memberships] for user in db.session.scalars(select(User))
    }

    assert clubs["operator@demo"] == clubs["manager@demo"] == clubs["club@demo"] == clubs["supervisor@demo"] == [first]
    assert clubs["operator@second"] == [second]
    assert clubs["admin@demo"] == []


def test_the_numbers_are_valid_and_end_in_every_way():
    numbers = db.session.scalars(select(Member.phone)).all()
    endings = Counter(number[-1] for number in numbers)

    assert all(phonenumbers.is_valid_number(phonenumbers.parse(number)) for number in numbers)
    assert set(endings) == set("0123456789")
    assert sum(endings[digit] for digit in "0789") > 0.6 * len(numbers)


def test_the_running_campaign_has_a_queue_and_is_open_all_day():
    campaign = db.session.scalars(
        select(Campaign).where(Campaign.club_id == first_club(), Campaign.state == CampaignState.RUNNING)
    ).one()
    waiting = db.session.scalar(
        select(func.count()).where(QueueEntry.campaign_id == campaign.id, QueueEntry.state == EntryState.WAITING)
    )

    assert waiting > 200
    assert (campaign.opens_at.hour, campaign.closes_at.hour, campaign.closes_at.minute) == (0, 23, 59)


def test_every_outcome_follows_from_the_calls():
    codes: dict[int, list[PastCall]] = {}
    for entry_id, code, at in rows(select(Call.entry_id, Call.disposition, Call.requested_at).order_by(Call.id)):
        codes.setdefault(entry_id, []).append(PastCall(code, at.date()))
    closed = dict(rows(select(QueueEntry.id, QueueEntry.outcome).where(QueueEntry.state == EntryState.CLOSED)))

    assert closed.keys() == codes.keys()
    assert all(entry_outcome(codes[entry_id]) == outcome for entry_id, outcome in closed.items())


def test_the_response_rate_is_that_of_a_real_campaign():
    counts = Counter(
        db.session.scalars(
            select(QueueEntry.outcome).where(QueueEntry.club_id == first_club(), QueueEntry.outcome.is_not(None))
        )
    )
    rates = aapor.rates(aapor.count_by_symbol(counts))

    assert 0.3 < rates.rr1 < 0.55
    assert {"1.1", "1.2", "2.11", "2.12", "2.21", "3.12", "3.13", "3.16", "3.90", "4.31"} <= set(counts)


def test_each_interview_belongs_to_an_entry_of_the_same_outcome():
    state_of = {"1.1": ResponseState.COMPLETE, "1.2": ResponseState.PARTIAL, "2.12": ResponseState.BREAK_OFF}
    pairs = rows(
        select(QueueEntry.outcome, Response.state, QueueEntry.member_id, Response.member_id).join(
            QueueEntry, QueueEntry.id == Response.entry_id
        )
    )
    interviewed = db.session.scalar(select(func.count()).where(QueueEntry.outcome.in_(state_of)))

    assert len(pairs) == interviewed
    assert all(state_of[outcome] is state and one == other for outcome, state, one, other in pairs)


def test_every_complete_interview_was_paid_what_was_promised_and_told_unless_its_credit_waits():
    complete = set(db.session.scalars(select(Response.id).where(Response.state == ResponseState.COMPLETE)))
    accepted = select(IntegrityDecision.flagged_id).where(IntegrityDecision.verdict == Verdict.ACCEPTED)
    waiting = set(db.session.scalars(select(FlaggedInterview.response_id).where(FlaggedInterview.id.not_in(accepted))))
    paid = dict(rows(select(LedgerEntry.source_id, LedgerEntry.amount_rial).where(LedgerEntry.source == "response")))
    promised = dict(rows(select(CreditPromise.source_id, CreditPromise.amount_rial)))
    told = Counter(db.session.scalars(select(Notice.state)))

    assert len(complete) > 300
    assert paid.keys() == complete - waiting
    assert promised.keys() == complete
    assert all(promised[response_id] == amount for response_id, amount in paid.items())
    assert told == {NoticeState.SENT: len(paid)}


def test_some_interviews_are_flagged_for_what_is_true_of_them_and_some_decided():
    standings = Counter(line.standing for line in flagged.page(first_club(), flagged.Filters()).lines)
    reasons = {flag.kind for line in flagged.page(first_club(), flagged.Filters()).lines for flag in line.flags}
    reversals = db.session.scalar(select(func.count()).where(LedgerEntry.reverses_id.is_not(None)))
    left_out = db.session.scalar(select(func.count()).where(Response.left_out_at.is_not(None)))

    assert standings == {Standing.ACCEPTED: 1, Standing.REJECTED: 2, Standing.PENDING: 2}
    assert reasons == {FlagKind.SHORT_TALK}
    assert (reversals, left_out) == (1, 2)


def test_the_first_interviews_are_reviewed_some_by_two_and_a_few_wait():
    club_id, ago = first_club(), utcnow() - timedelta(days=90)
    figures = quality.of_operators(club_id, since=ago, now=utcnow())
    [agreement] = quality.agreements(club_id, since=ago).pairs
    reviews = reading.of_club(club_id).lines
    remarks = db.session.scalars(select(ReviewComment.second).order_by(ReviewComment.second)).all()

    assert all(one.reviews >= 10 for one in figures)
    assert agreement.agreement.interviews == checking.TWICE_COUNT
    assert agreement.agreement.kappa is not None
    assert 0 < reading.waiting_count(club_id) <= checking.WAITING_COUNT + 5
    assert sum(line.is_answered for line in reviews) <= len(checking.ANSWERS)
    assert set(remarks) == {second for second, _text in checking.REMARKS}


def test_nothing_happens_in_the_future_or_out_of_order():
    times = rows(select(Call.requested_at, Call.member_dialled_at, Call.ended_at, Call.disposed_at))
    in_order = [moment for moment, *_ in rows(select(Call.requested_at).order_by(Call.campaign_id, Call.id))]

    assert all(first <= second for call in times for first, second in pairwise(call))
    assert max(call[-1] for call in times) < utcnow()
    assert len(in_order) > 1500


def test_nobody_is_interviewed_twice_in_a_month():
    seen: dict[int, list] = {}
    for member_id, at in rows(select(Response.member_id, Response.started_at).order_by(Response.started_at)):
        seen.setdefault(member_id, []).append(at)

    gaps = [(later - earlier).days for times in seen.values() for earlier, later in pairwise(times)]
    assert min(gaps, default=99) > 20


def test_members_say_many_different_things():
    words = [value for value in db.session.scalars(select(Answer.value)) if isinstance(value, str) and " " in value]

    assert len(words) > 100
    assert len(set(words)) > 40


def test_a_lost_password_file_means_new_passwords(house, passwords):
    (house.config["HOME"] / accounts.FILE).unlink()

    renewed = seeding.seed_once(house)

    user = db.session.scalars(select(User).where(User.email == "operator@demo")).one()
    assert renewed["operator@demo"] != passwords["operator@demo"]
    assert is_right_password(user.password_hash, renewed["operator@demo"])


def test_a_database_with_clubs_of_its_own_is_left_alone(house, monkeypatch):
    nothing_like_it = replace(seeding.FIRST, slug="another"), replace(seeding.SECOND, slug="further")
    monkeypatch.setattr(seeding, "FIRST", nothing_like_it[0])
    monkeypatch.setattr(seeding, "SECOND", nothing_like_it[1])
    lines: list[str] = []

    assert seeding.seed_once(house, say=lines.append) == {}
    assert lines == ["the database has clubs of its own; the demo is left out"]


def test_the_demo_has_recordings_that_can_be_played(house):
    for club in db.session.scalars(select(Club)):
        made = db.session.scalars(select(Recording).where(Recording.club_id == club.id)).all()

        assert len(made) == voices.COUNT
        for recording in made:
            found = measure(path_of(house.config["HOME"] / "recordings", recording.name))
            assert (recording.state, recording.seconds) == (RecordingState.KEPT, found.seconds)
            assert found.has_sound
