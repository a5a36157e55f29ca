from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import time
from datetime import timedelta

import pytest

from callcenter.campaigns import building
from callcenter.campaigns.own_hours import Window
from callcenter.permission import keeping_hours
from callcenter.permission import member_hours
from callcenter.permission.asking import why
from callcenter.permission.reasons import Why
from callcenter.queue import claim
from callcenter.queue import queries as queue
from callcenter.queue.models import QueueEntry
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError

# A Sunday, 11:30 in Tehran.
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
DAILY = frozenset(range(7))
EVENING = Window(DAILY, time(17), time(20))
# 17:00 in Tehran.
EVENING_BEGINS = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)


@pytest.fixture
def campaign(factories, club):
    return factories.campaign(club, opens_at=time(10), closes_at=time(21))


@pytest.fixture
def keep(club):
    def act(member, *windows, zone=None, now=NOW):
        keeping_hours.save(club.id, member.id, zone=zone, windows=windows, user_id=None, now=now)
        db.session.commit()

    return act


def waits(factories, campaign, member, **fields):
    hour = NOW - timedelta(hours=1)
    return factories.entry(campaign, member, **{"due_at": hour, "created_at": hour, **fields})


def test_hours_are_kept_for_one_member_and_taken_back(club, factories, keep):
    member, other = factories.member(club), factories.member(club)

    keep(member, EVENING, zone="Europe/Berlin")
    kept = member_hours.of_member(member.id)
    keep(member)

    assert (kept.zone, kept.windows) == ("Europe/Berlin", [EVENING])
    assert member_hours.of_members([member.id, other.id]) == {}


@pytest.mark.parametrize(
    ("zone", "windows", "field"),
    [
        ("Asia/Nowhere", [EVENING], "zone"),
        (None, [Window(DAILY, time(20), time(17))], "windows"),
        (None, [Window(frozenset(), time(17), time(20))], "windows"),
        (None, [EVENING] * 4, "windows"),
    ],
)
def test_hours_that_cannot_be_are_refused(club, factories, zone, windows, field):
    member = factories.member(club)

    with pytest.raises(InvalidInputError) as refused:
        keeping_hours.save(club.id, member.id, zone=zone, windows=windows, user_id=None, now=NOW)

    assert refused.value.field == field


def test_another_clubs_member_is_not_found(club, factories):
    stranger = factories.member(factories.club())

    with pytest.raises(NotFoundError):
        keeping_hours.save(club.id, stranger.id, zone=None, windows=[EVENING], user_id=None, now=NOW)


def test_what_waits_moves_there_and_back_again(campaign, factories, club, keep):
    member = factories.member(club)
    entry, bystander = waits(factories, campaign, member), waits(factories, campaign, factories.member(club))

    keep(member, EVENING)
    moved = queue.get(entry.id).due_at
    keep(member)

    assert moved == EVENING_BEGINS
    assert queue.get(entry.id).due_at == queue.get(bystander.id).due_at == NOW - timedelta(hours=1)


def test_who_was_tried_is_not_called_before_the_next_attempt(campaign, factories, club, keep):
    member, caller = factories.member(club), factories.operator([club])
    entry = waits(factories, campaign, member, outcome="3.13", attempt_count=1, due_at=NOW + timedelta(hours=9))
    factories.dialled_call(entry, caller, NOW, disposition="3.13", disposed_at=NOW)

    keep(member, Window(DAILY, time(10), time(20, 30)))

    assert queue.get(entry.id).due_at > NOW + timedelta(hours=1)


def test_a_promised_call_stays_where_it_is(campaign, factories, club, keep):
    member, promised = factories.member(club), NOW + timedelta(hours=1)
    entry = waits(factories, campaign, member, callback_at=promised, due_at=promised)

    keep(member, EVENING)

    assert queue.get(entry.id).due_at == promised


def test_a_member_is_drawn_into_their_own_hours(campaign, factories, club, keep):
    member, other = factories.member(club), factories.member(club)
    keep(member, EVENING)

    building.build(campaign.id, now=NOW)

    due = {line.member_id: line.due_at for line in map(queue.get, _entry_ids(campaign))}
    assert due == {member.id: EVENING_BEGINS, other.id: NOW}


def _entry_ids(campaign):
    return [row.id for row in db.session.query(QueueEntry).filter_by(campaign_id=campaign.id)]


def test_who_was_due_in_their_hours_is_not_handed_out_after_them(campaign, factories, club, keep):
    member, caller = factories.member(club), factories.operator([club])
    keep(member, EVENING, now=EVENING_BEGINS)
    late = EVENING_BEGINS + timedelta(hours=3, minutes=5)
    entry = waits(factories, campaign, member, due_at=EVENING_BEGINS)

    handed_out = claim.claim_next(caller.id, campaign_ids=[campaign.id], now=late)
    db.session.commit()

    assert handed_out is None
    assert queue.get(entry.id).due_at == EVENING_BEGINS + timedelta(days=1)


def test_a_promised_call_is_handed_out_at_its_time(campaign, factories, club, keep):
    member, caller = factories.member(club), factories.operator([club])
    keep(member, EVENING)
    entry = waits(factories, campaign, member, callback_at=NOW, due_at=NOW)

    assert claim.claim_next(caller.id, campaign_ids=[campaign.id], now=NOW) == entry.id


def test_why_says_which_hours_and_until_when(campaign, factories, club, keep):
    member = factories.member(club)
    waits(factories, campaign, member)
    keep(member, EVENING)

    found = {reason.kind: reason for reason in why(club.id, member.id, campaign.id, now=NOW)}

    assert found[Why.OWN_HOURS].until == EVENING_BEGINS
    assert found[Why.OWN_HOURS].own.windows == [EVENING]
