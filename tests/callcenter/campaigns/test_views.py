from __future__ import annotations

from datetime import time

import pytest
from sqlalchemy import select

from callcenter.campaigns import jobs
from callcenter.campaigns import queries as campaigns
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.accounts.models import Role
from config.database import db
from config.database import utcnow
from config.jobs.models import JobRun
from config.jobs.queueing import queue_named
from surveys.interviews import counting
from surveys.questionnaires import queries as surveys


@pytest.fixture
def plan(factories, club):
    return {
        "name": "آذر",
        "version_id": factories.version(club).id,
        "opens_at": "۱۰:۰۰",
        "closes_at": "20:30",
        "max_attempts": "۴",
        "rest_days": "30",
        "starts_on": "1405/09/01",
    }


def state_of(campaign):
    db.session.expire_all()
    return db.session.get_one(Campaign, campaign.id).state


def test_a_campaign_is_made_in_any_digits_and_its_members_are_drawn(client, supervisor, club, plan, factories):
    branch = factories.branch(club)
    member = factories.member(club, branch_id=branch.id)
    factories.member(club)

    answer = client.post("/campaigns", data={**plan, "branch_ids": [branch.id]})
    jobs.build(db.session.scalars(select(JobRun.id)).one())

    campaign = db.session.scalars(select(Campaign)).one()
    assert answer.location == f"/campaigns/{campaign.id}"
    assert (campaign.opens_at, campaign.closes_at, campaign.max_attempts) == (time(10), time(20, 30), 4)
    assert (campaign.state, campaign.sample) == (CampaignState.DRAFT, {"branch_ids": [branch.id]})
    assert db.session.scalars(select(QueueEntry.member_id)).all() == [member.id]
    assert "Outside the chosen branches" in client.get(answer.location).text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", " "),
        ("version_id", "999"),
        ("opens_at", "25:00"),
        ("opens_at", "soon"),
        ("opens_at", "10:00+03:30"),
        ("closes_at", "09:00"),
        ("max_attempts", "0"),
        ("rest_days", "x"),
        ("starts_on", "1405/13/40"),
        ("ends_on", "1404/01/01"),
        ("branch_ids", "abc"),
        ("branch_ids", "9" * 30),
        ("tier_ids", "-5"),
        ("purchased_within_days", "0"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_nothing_is_made(client, supervisor, plan, field, typed):
    answer = client.post("/campaigns", data={**plan, field: typed})

    assert answer.status_code == 422
    assert 'class="flash error"' in answer.text
    assert 'value="آذر"' in answer.text or field == "name"
    assert db.session.scalars(select(Campaign)).all() == []


def test_every_wrong_field_is_named_at_once(client, supervisor, plan):
    answer = client.post("/campaigns", data={**plan, "name": "", "rest_days": "-1"})

    assert "#f-name" in answer.text
    assert "#f-rest_days" in answer.text


def test_a_name_is_given_once_in_a_club(client, supervisor, plan):
    client.post("/campaigns", data=plan)

    assert client.post("/campaigns", data=plan).status_code == 422


def test_another_clubs_survey_cannot_be_called_for(client, supervisor, plan, factories):
    foreign = factories.version(factories.club()).id

    assert client.post("/campaigns", data={**plan, "version_id": foreign}).status_code == 422


def test_another_clubs_branch_and_tier_narrow_no_sample(client, supervisor, plan, factories):
    elsewhere = factories.club()
    branch, tier = factories.branch(elsewhere), factories.tier(elsewhere)

    assert client.post("/campaigns", data={**plan, "branch_ids": branch.id}).status_code == 422
    assert client.post("/campaigns", data={**plan, "tier_ids": tier.id}).status_code == 422


def test_a_campaign_is_started_put_on_hold_and_closed_by_its_name(client, supervisor, club, factories):
    campaign = factories.campaign(club, state=CampaignState.DRAFT, name="آذر")
    entry = factories.entry(campaign, factories.member(club))

    client.post(f"/campaigns/{campaign.id}/start")
    assert state_of(campaign) is CampaignState.RUNNING
    client.post(f"/campaigns/{campaign.id}/pause")
    assert state_of(campaign) is CampaignState.PAUSED
    assert client.post(f"/campaigns/{campaign.id}/close", data={"name": "دی"}).status_code == 422
    assert state_of(campaign) is CampaignState.PAUSED
    client.post(f"/campaigns/{campaign.id}/close", data={"name": "آذر"})
    assert state_of(campaign) is CampaignState.CLOSED
    assert db.session.get_one(QueueEntry, entry.id).state is EntryState.CLOSED


@pytest.mark.parametrize(
    ("state", "act", "sentence"),
    [
        (CampaignState.DRAFT, "start", "Nobody is in this queue yet"),
        (CampaignState.DRAFT, "pause", "moved on meanwhile"),
        (CampaignState.RUNNING, "start", "moved on meanwhile"),
        (CampaignState.CLOSED, "build", "moved on meanwhile"),
    ],
)
def test_a_stale_button_says_so_and_changes_nothing(client, supervisor, club, factories, state, act, sentence):
    campaign = factories.campaign(club, state=state)

    answer = client.post(f"/campaigns/{campaign.id}/{act}")

    assert sentence in client.get(answer.location).text
    assert state_of(campaign) is state


def test_the_list_shows_the_clubs_own_campaigns_with_their_rates(client, supervisor, club, factories):
    campaign = factories.campaign(club, name="OURS")
    factories.campaign(factories.club(), name="THEIRS")
    for outcome in ("1.1", "2.11", "3.13", "3.13"):
        factories.entry(campaign, factories.member(club), state=EntryState.CLOSED, outcome=outcome)
    factories.entry(campaign, factories.member(club))

    text = client.get("/campaigns").text

    assert "OURS" in text
    assert "THEIRS" not in text
    assert "25.0%" in text
    assert "80%" in text


def test_an_interview_that_a_review_rejected_is_named_apart_and_is_no_complete_one(client, supervisor, club, factories):
    campaign, other = factories.rated_campaign(club), factories.rated_campaign(club)
    made = [
        factories.interview(one, factories.member(club), utcnow(), overall=4) for one in (campaign, campaign, other)
    ]
    factories.closed_entry(campaign, factories.member(club), "2.11", utcnow())
    for response in made[1:]:
        counting.leave_out(club.id, response.id, now=utcnow())
    db.session.commit()

    line, other_line = (campaigns.get(club.id, one.id) for one in (campaign, other))
    pages = [client.get(path).text for path in ("/campaigns", f"/campaigns/{campaign.id}", f"/campaigns/{other.id}")]

    assert (line.complete_count, line.rejected_count, dict(line.by_code)) == (1, 1, {"1.1": 1, "2.11": 1})
    assert (line.rates.rr1, line.rates.coop1, line.rates.con1) == (1 / 3, 1 / 3, 1)
    assert (other_line.complete_count, other_line.rejected_count, other_line.rates.rr1) == (0, 1, 0)
    assert all("1 rejected" in page for page in pages)
    assert "Rejected by a review, not counted as complete" in pages[1]
    assert "Nobody was called yet" not in pages[2]


def test_decisions_are_counted_without_a_look_at_the_queue(club, factories):
    campaign = factories.rated_campaign(club)
    response = factories.interview(campaign, factories.member(club), utcnow(), overall=4)
    elsewhere = factories.rated_campaign(factories.club())
    foreign = factories.interview(elsewhere, factories.member(club), utcnow(), overall=4)
    for one in (response, foreign):
        counting.leave_out(one.club_id, one.id, now=utcnow())
    db.session.commit()

    assert counting.left_out_counts(club.id) == {campaign.id: 1}


def test_a_build_that_never_reached_a_worker_is_queued_again(app, supervisor, client, plan):
    client.post("/campaigns", data=plan)
    app.extensions["hamseda_redis"].flushall()
    run = db.session.scalars(select(JobRun)).one()
    run.created_at -= jobs.WAITS_TOO_LONG
    db.session.commit()

    jobs.requeue_waiting()

    assert [list(job.args) for job in queue_named("default").jobs] == [[run.id]]


@pytest.mark.parametrize("path", ["", "/start", "/pause", "/build", "/close"])
def test_another_clubs_campaign_is_not_there(client, supervisor, factories, path):
    foreign = factories.campaign(factories.club())
    act = client.post if path else client.get

    assert act(f"/campaigns/{foreign.id}{path}").status_code == 404
    assert state_of(foreign) is CampaignState.RUNNING


def test_a_club_without_a_survey_can_publish_one_of_the_ready_made_ones(client, supervisor, club):
    assert "Beauty salon" in client.get("/campaigns").text
    unknown = client.post("/campaigns/ready-survey", data={"survey": "circus"})
    client.post("/campaigns/ready-survey", data={"survey": "clinic"})
    client.post("/campaigns/ready-survey", data={"survey": "supermarket"})

    assert unknown.status_code == 404
    assert [line.name for line in surveys.published(club.id)] == ["درمانگاه و مطب"]
    assert "Make the campaign" in client.get("/campaigns/new").text


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.CLUB_STAFF])
def test_who_does_not_run_campaigns_cannot_open_them(client, sign_in, factories, club, role):
    sign_in(client, factories.user(role, [club]))

    assert client.get("/campaigns").status_code == 403
