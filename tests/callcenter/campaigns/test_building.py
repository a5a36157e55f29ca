from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from callcenter.campaigns import building
from callcenter.campaigns import jobs
from callcenter.campaigns import requesting
from callcenter.campaigns.errors import CampaignStateError
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from club.members import stop_calls
from config.database import db
from config.database import utcnow
from config.jobs import runs
from config.jobs.models import JobState

NOW = utcnow()


@pytest.fixture
def campaign(factories, club):
    return factories.campaign(club, state=CampaignState.DRAFT)


def queued(campaign):
    return set(db.session.scalars(select(QueueEntry.member_id).where(QueueEntry.campaign_id == campaign.id)))


def test_members_of_the_club_are_queued_and_nobody_elses(factories, club, campaign):
    ours = {factories.member(club).id for _ in range(3)}
    factories.member(factories.club())

    tally = building.build(campaign.id, now=NOW)

    assert queued(campaign) == ours
    assert (tally.seen, tally.queued, dict(+tally.left_out)) == (3, 3, {})


def test_whoever_is_left_out_has_a_reason(factories, club, campaign):
    branch = factories.branch(club)
    campaign.sample = {"branch_ids": [branch.id]}
    fits = factories.member(club, branch_id=branch.id)
    factories.member(club)
    factories.member(club, branch_id=branch.id, consent_calls=False)
    barred = factories.member(club, branch_id=branch.id)
    stop_calls.add_do_not_call(club.id, barred.id, reason="asked", note=None, user_id=None)
    tired = factories.member(club, branch_id=branch.id)
    closed = {"state": EntryState.CLOSED, "outcome": "1.1", "closed_at": NOW - timedelta(days=3)}
    factories.entry(factories.campaign(club), tired, **closed)
    db.session.commit()

    tally = building.build(campaign.id, now=NOW)

    assert queued(campaign) == {fits.id}
    assert +tally.left_out == {"not_in_sample": 1, "no_consent": 1, "do_not_call": 1, "asked_recently": 1}
    assert db.session.get_one(Campaign, campaign.id).build_report == tally.as_dict()


def test_an_interview_before_the_rest_days_keeps_nobody_out(factories, club, campaign):
    rested = factories.member(club)
    closed = {"state": EntryState.CLOSED, "outcome": "1.1", "closed_at": NOW - timedelta(days=31)}
    factories.entry(factories.campaign(club), rested, **closed)
    refused = factories.member(club)
    factories.entry(factories.campaign(club), refused, state=EntryState.CLOSED, outcome="2.11", closed_at=NOW)

    building.build(campaign.id, now=NOW)

    assert queued(campaign) == {rested.id, refused.id}


def test_built_again_it_adds_only_who_is_new(factories, club, campaign):
    factories.member(club)
    building.build(campaign.id, now=NOW)
    factories.member(club)

    tally = building.build(campaign.id, now=NOW)

    assert (tally.queued, tally.left_out["already_queued"]) == (1, 1)


def test_a_build_in_chunks_finds_the_same_members(factories, club, campaign):
    members = {factories.member(club).id for _ in range(5)}
    tally = building.Tally()

    rounds = 0
    while building.add_chunk(campaign.id, tally, now=NOW, size=2):
        rounds += 1

    assert (rounds, tally.seen, queued(campaign)) == (2, 5, members)


def test_a_closed_campaign_takes_nobody(factories, club, campaign):
    campaign.state = CampaignState.CLOSED
    db.session.commit()

    with pytest.raises(CampaignStateError):
        building.build(campaign.id, now=NOW)


def start_run(club, campaign):
    run_id = requesting.request_build(club.id, campaign.id, user_id=None)
    db.session.commit()
    return run_id


def test_the_job_builds_reports_and_does_nothing_when_run_again(factories, club, campaign):
    factories.member(club)
    run_id = start_run(club, campaign)

    jobs.build(run_id)
    jobs.build(run_id)

    run = runs.get(run_id)
    assert (run.state, run.report["queued"]) == (JobState.DONE, 1)
    assert runs.progress_of(run_id).percent == 100


def test_a_killed_build_goes_on_where_it_stopped_and_counts_nobody_twice(factories, club, campaign, monkeypatch):
    for _ in range(3):
        factories.member(club)
    run_id = start_run(club, campaign)
    monkeypatch.setattr(building.add_chunk, "__kwdefaults__", {"size": 2})
    told = runs.tell_progress

    def die(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(runs, "tell_progress", die)
    with pytest.raises(KeyboardInterrupt):
        jobs.build(run_id)
    db.session.rollback()
    monkeypatch.setattr(runs, "tell_progress", told)

    jobs.build(run_id)

    report = runs.get(run_id).report
    assert (report["seen"], report["queued"], report["left_out"].get("already_queued", 0)) == (3, 3, 0)


def test_a_campaign_closed_meanwhile_fails_the_run_with_a_reason(factories, club, campaign):
    factories.member(club)
    run_id = start_run(club, campaign)
    db.session.get_one(Campaign, campaign.id).state = CampaignState.CLOSED
    db.session.commit()

    jobs.build(run_id)

    assert (runs.get(run_id).state, runs.get(run_id).error) == (JobState.FAILED, "campaign_state")
