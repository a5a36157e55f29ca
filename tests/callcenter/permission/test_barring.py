from __future__ import annotations

import pytest

from callcenter.campaigns import building
from callcenter.campaigns.models import CampaignState
from callcenter.permission import barring
from callcenter.permission import exclusions
from callcenter.queue import claim
from callcenter.queue import queries as queue
from callcenter.queue.models import EntryState
from club.members import listings
from club.members import stop_calls
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.errors import NotFoundError

NOW = utcnow()


def leave_out(campaign, member, reason="asked"):
    barring.leave_out(campaign.club_id, campaign.id, member.id, reason=reason, user_id=None, now=NOW)
    db.session.commit()


def take_back(campaign, reason="a mistake"):
    line = exclusions.of_campaign(campaign.club_id, campaign.id)[0]
    barring.take_back(campaign.club_id, campaign.id, line.id, reason=reason, user_id=None, now=NOW)
    db.session.commit()


def stop(member, **options):
    stop_calls.add_do_not_call(member.club_id, member.id, reason="asked", note=None, user_id=None, **options)
    db.session.commit()


def lift(member):
    listing = listings.holding(member.club_id, member.phone)[0]
    stop_calls.lift(member.club_id, listing.id, reason="a mistake", user_id=None, now=NOW)
    db.session.commit()


def test_a_member_left_out_leaves_this_queue_and_no_other(factories, club, campaign, member):
    here, there = factories.entry(campaign, member), factories.entry(factories.campaign(club), member)
    noise = factories.entry(campaign, factories.member(club))

    leave_out(campaign, member)
    leave_out(campaign, member, reason="again")

    assert [queue.get(one.id).state for one in (here, there, noise)] == ["closed", "waiting", "waiting"]
    assert [one.reason for one in exclusions.of_campaign(club.id, campaign.id)] == ["asked"]
    assert exclusions.count(campaign.id) == 1


@pytest.mark.parametrize(("before", "after"), [(None, "3.11"), ("3.12", "3.12")])
def test_to_be_left_out_is_no_refusal(factories, campaign, member, before, after):
    entry = factories.entry(campaign, member, outcome=before)

    leave_out(campaign, member)

    assert queue.get(entry.id).outcome == after


def test_a_member_left_out_is_not_drawn(factories, club, campaign, member):
    drawn = factories.member(club)
    leave_out(campaign, member)

    tally = building.build(campaign.id, now=NOW)

    assert (tally.queued, tally.left_out["left_out"]) == (1, 1)
    assert exclusions.of_campaign(club.id, campaign.id)[0].name.startswith(member.first_name)
    assert drawn.id != member.id


def test_taken_back_the_member_waits_again_as_the_calls_left_them(factories, club, campaign, member):
    entry = factories.entry(campaign, member, outcome="3.12", attempt_count=1)
    factories.call(entry, factories.operator([club]), disposition="3.12", disposed_at=NOW)
    leave_out(campaign, member)

    take_back(campaign)

    line = queue.get(entry.id)
    assert (line.state, line.outcome, line.attempt_count, line.operator_id) == (EntryState.WAITING, "3.12", 1, None)
    assert exclusions.count(campaign.id) == 0


def test_taken_back_the_member_is_anybodys_even_if_one_operator_had_promised_a_call(factories, club, campaign, member):
    owner, other = factories.operator([club]), factories.operator([club])
    promised = {"callback_at": NOW, "callback_operator_id": owner.id}
    entry = factories.entry(campaign, member, due_at=NOW, outcome="2.36", **promised)
    leave_out(campaign, member)

    take_back(campaign)

    assert claim.claim_next(other.id, campaign_ids=[campaign.id], now=utcnow()) == entry.id


@pytest.mark.parametrize("house_wide", [True, False])
def test_a_lifted_do_not_call_lets_the_member_wait_again_where_it_had_closed(
    factories, club, campaign, member, house_wide
):
    barred = factories.entry(campaign, member)
    refused = factories.entry(factories.campaign(club), member, state=EntryState.CLOSED, outcome="2.11")
    over = factories.campaign(club)
    gone = factories.entry(over, member)
    stop(member, house_wide=house_wide)
    over.state = CampaignState.CLOSED
    db.session.commit()

    lift(member)

    assert [queue.get(one.id).state for one in (barred, refused, gone)] == ["waiting", "closed", "closed"]
    assert queue.get(barred.id).outcome is None


def test_who_is_barred_twice_waits_again_only_when_both_are_lifted(factories, campaign, member):
    entry = factories.entry(campaign, member)
    leave_out(campaign, member)
    stop(member)

    take_back(campaign)
    assert queue.get(entry.id).state is EntryState.CLOSED
    lift(member)
    assert queue.get(entry.id).state is EntryState.WAITING


def test_a_lifted_number_does_not_undo_that_the_member_is_left_out(factories, campaign, member):
    entry = factories.entry(campaign, member)
    leave_out(campaign, member)
    stop(member)

    lift(member)

    assert queue.get(entry.id).state is EntryState.CLOSED


@pytest.mark.parametrize("reason", ["", "x" * 201])
def test_a_reason_is_needed_both_ways(campaign, member, reason):
    with pytest.raises(InvalidInputError):
        leave_out(campaign, member, reason=reason)
    leave_out(campaign, member)
    with pytest.raises(InvalidInputError):
        take_back(campaign, reason=reason)


def test_other_clubs_members_and_campaigns_are_not_there(factories, campaign, member):
    foreign = factories.campaign(factories.club())

    with pytest.raises(NotFoundError):
        barring.leave_out(campaign.club_id, foreign.id, member.id, reason="x", user_id=None, now=NOW)
    with pytest.raises(NotFoundError):
        barring.leave_out(foreign.club_id, foreign.id, member.id, reason="x", user_id=None, now=NOW)
