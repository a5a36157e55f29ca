from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import time
from datetime import timedelta

import pytest

from callcenter.besttime import history
from callcenter.besttime import jobs
from callcenter.besttime import ranking
from callcenter.besttime import switching
from callcenter.permission.dayparts import Part
from callcenter.queue import claim
from callcenter.queue.models import QueueEntry
from config.accounts.models import Role
from config.database import db

# 11:00 in Tehran, a Sunday; a week before it was Sunday too.
NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
REACHED, SILENT = "1.1", "3.13"


@pytest.fixture
def campaign(factories, club):
    return factories.campaign(club, opens_at=time(9), closes_at=time(20))


@pytest.fixture
def waiting(factories, campaign, club, operator):
    """A due member who was called before: (outcome, hours after 11:00 a week ago) for each time."""

    def make(*calls, **fields):
        member = factories.member(club)
        if calls:
            past = factories.closed_entry(factories.campaign(club), member, SILENT, NOW - timedelta(days=7))
        for outcome, hours in calls:
            at = NOW - timedelta(days=7) + timedelta(hours=hours)
            factories.dialled_call(past, operator, at, disposition=outcome, disposed_at=at)
        return factories.entry(campaign, member, **{"due_at": NOW - timedelta(minutes=9), **fields})

    return make


def rank(campaign, now=NOW):
    believed = ranking.moment(campaign.id, now=now)
    ranking.forget(campaign.id, due_after=now)
    last = 0
    while last is not None:
        last = ranking.rank_some(campaign.id, believed, after_id=last, size=2)
    db.session.commit()


def place(entry):
    db.session.rollback()
    return db.session.get_one(QueueEntry, entry.id).priority


def test_who_answered_at_this_part_of_the_day_is_handed_out_first(campaign, waiting, factories, club):
    fresh, silent = waiting(), waiting((SILENT, 0), (SILENT, 0))
    evening, morning = waiting((REACHED, 8), (REACHED, 8)), waiting((REACHED, 0), (REACHED, 0.5))

    rank(campaign)

    assert place(morning) < 50
    assert {place(one) for one in (fresh, silent, evening)} == {50}
    caller = factories.operator([club])
    assert claim.claim_next(caller.id, campaign_ids=[campaign.id], now=NOW) == morning.id


def test_in_the_evening_it_is_somebody_else(campaign, waiting):
    evening, morning = waiting((REACHED, 8), (REACHED, 8)), waiting((REACHED, 0), (REACHED, 0.5))
    rank(campaign)

    rank(campaign, now=NOW + timedelta(hours=8))

    assert place(evening) < 50
    assert place(morning) == 50


def test_a_promised_call_keeps_its_place(campaign, waiting):
    promised = waiting((REACHED, 0), callback_at=NOW, priority=10)

    rank(campaign)

    assert place(promised) == 10


def test_who_is_not_due_has_no_place_ahead(campaign, waiting):
    later = waiting((REACHED, 0), due_at=NOW + timedelta(hours=3), priority=40)

    rank(campaign)

    assert place(later) == 50


def test_other_campaigns_stay_as_they_are(campaign, waiting, factories, club, member):
    elsewhere = factories.entry(factories.campaign(club), member, priority=44)
    waiting((REACHED, 0))

    rank(campaign)

    assert place(elsewhere) == 44


def test_the_club_is_known_by_all_its_attempts(campaign, waiting, club):
    waiting((REACHED, 0), (SILENT, 1), (SILENT, 8))

    counts = history.of_club(club.id, history.clock_of(club.id, "Asia/Tehran", now=NOW), now=NOW)

    assert (counts[Part.MORNING], counts[Part.EVENING]) == ((1, 1), (0, 1))
    assert counts[Part.AFTERNOON] == (0, 1)


def test_outside_the_hours_nothing_is_believed(campaign):
    assert ranking.moment(campaign.id, now=NOW + timedelta(hours=12)) is None


def test_a_campaign_without_it_has_no_places(campaign, waiting, club):
    entry = waiting((REACHED, 0))
    rank(campaign)

    switching.switch(club.id, campaign.id, is_on=False)
    db.session.commit()
    jobs.rank(campaign.id)

    assert place(entry) == 50
    assert campaign.id not in ranking.campaign_ids()


def test_the_job_ranks_by_the_clock_of_the_moment(factories, club, campaign):
    campaign.opens_at, campaign.closes_at = time(0), time(23, 59, 59)
    db.session.commit()

    jobs.rank(campaign.id)

    assert ranking.ahead_count(campaign.id) == 0


@pytest.mark.parametrize("is_on", ["1", "0"])
def test_the_page_says_when_members_answer_and_switches(client, sign_in, factories, club, campaign, is_on):
    sign_in(client, factories.user(Role.SUPERVISOR, [club], language="fa"))

    client.post(f"/campaigns/{campaign.id}/best-time", data={"is_on": is_on})
    page = client.get(f"/campaigns/{campaign.id}/best-time").text

    assert "اعضای باشگاه کی جواب می‌دهند" in page
    assert page.count("۲۵٪") == 6
    assert ('class="tag good"' in page) is (is_on == "1")


def test_another_clubs_campaign_is_not_found(client, sign_in, factories, club):
    sign_in(client, factories.user(Role.SUPERVISOR, [club]))
    other = factories.campaign(factories.club())

    assert client.get(f"/campaigns/{other.id}/best-time").status_code == 404
    assert client.post(f"/campaigns/{other.id}/best-time", data={"is_on": "0"}).status_code == 404
