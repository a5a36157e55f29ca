from __future__ import annotations

from datetime import UTC
from datetime import datetime

import pytest
from sqlalchemy import func
from sqlalchemy import select

from callcenter.campaigns import building
from callcenter.campaigns import jobs
from callcenter.campaigns import running
from callcenter.campaigns.errors import CampaignNotDrawnError
from callcenter.campaigns.errors import CampaignStateError
from callcenter.campaigns.models import CampaignState
from callcenter.permission.asking import why
from callcenter.permission.reasons import Why
from callcenter.queue import claim
from callcenter.queue.models import CellKind
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from callcenter.quotas import making
from callcenter.quotas import queries
from club.members.models import Gender
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError

NOW = datetime(2025, 11, 21, 12, tzinfo=UTC)
BY_GENDER = {"gender": [["female"], ["male"]]}


@pytest.fixture
def campaign(factories, club):
    return factories.campaign(club, state=CampaignState.DRAFT)


@pytest.fixture
def members(factories, club):
    """Two women, a man, and somebody whose gender is unknown."""
    factories.member(factories.club(), gender=Gender.FEMALE)
    return [factories.member(club, gender=one) for one in (Gender.FEMALE, Gender.FEMALE, Gender.MALE, None)]


def make(campaign, axes=None, target=5):
    making.add(campaign.club_id, campaign.id, axes or BY_GENDER, target=target, user_id=None)


def draw_again(campaign):
    jobs.build(jobs.last_run(campaign.id).id)
    db.session.commit()


def cells_of_members(campaign):
    return dict(
        db.session.execute(
            select(QueueEntry.member_id, QueueEntry.cell_id).where(QueueEntry.campaign_id == campaign.id)
        ).all()
    )


def ids_of_cells(campaign):
    return list(db.session.scalars(select(QuotaCell.id).where(QuotaCell.campaign_id == campaign.id).order_by("id")))


def test_crossing_facets_makes_a_cell_of_each_combination(campaign, factories, club):
    branches = [factories.branch(club) for _ in range(2)]

    make(campaign, {**BY_GENDER, "branch": [[one.id] for one in branches]}, target=30)

    lines = queries.of_campaign(campaign.id, CellKind.MEMBERS)
    assert len(lines) == 4
    assert {line.target_count for line in lines} == {30}
    assert lines[0].facets == {"gender": ["female"], "branch": [branches[0].id]}


def test_members_are_drawn_into_their_cells_and_those_of_none_left_out(campaign, members):
    make(campaign)
    draw_again(campaign)

    women, men = ids_of_cells(campaign)
    assert cells_of_members(campaign) == {
        members[0].id: women, members[1].id: women, members[2].id: men,
    }  # fmt: skip
    assert campaign.build_report["left_out"]["no_cell"] == 1
    assert Why.NO_CELL in [reason.kind for reason in why(campaign.club_id, members[3].id, campaign.id, now=NOW)]


def test_members_of_no_cell_are_called_too_where_that_is_wanted(campaign, members):
    make(campaign)
    making.call_others(campaign.club_id, campaign.id, is_wanted=True, user_id=None)
    draw_again(campaign)

    assert cells_of_members(campaign)[members[3].id] is None
    making.call_others(campaign.club_id, campaign.id, is_wanted=False, user_id=None)
    draw_again(campaign)
    assert members[3].id not in cells_of_members(campaign)


def test_a_queue_that_was_drawn_before_is_sorted_into_the_cells(campaign, members):
    building.build(campaign.id, now=NOW)
    assert set(cells_of_members(campaign).values()) == {None}

    make(campaign)
    draw_again(campaign)

    women, men = ids_of_cells(campaign)
    assert sorted(cells_of_members(campaign).values()) == [women, women, men]


def test_a_removed_cell_leaves_its_members_out(campaign, members):
    make(campaign)
    draw_again(campaign)
    women, men = ids_of_cells(campaign)

    making.remove(campaign.club_id, campaign.id, women, user_id=None)
    draw_again(campaign)

    assert cells_of_members(campaign) == {members[2].id: men}


def test_without_its_last_cell_a_campaign_calls_everybody_again(campaign, members):
    make(campaign, {"gender": [["male"]]})
    draw_again(campaign)

    making.remove(campaign.club_id, campaign.id, ids_of_cells(campaign)[0], user_id=None)
    draw_again(campaign)

    assert cells_of_members(campaign) == {member.id: None for member in members}


def test_a_running_campaign_draws_new_members_into_their_cells_and_moves_nobody(campaign, members, factories, club):
    make(campaign)
    draw_again(campaign)
    running.start(club.id, campaign.id)
    before = cells_of_members(campaign)
    members[0].gender = Gender.MALE
    newcomer = factories.member(club, gender=Gender.MALE)

    building.build(campaign.id, now=NOW)

    assert cells_of_members(campaign) == {**before, newcomer.id: ids_of_cells(campaign)[1]}


def test_a_draft_starts_only_when_its_members_are_sorted(campaign, members, club):
    building.build(campaign.id, now=NOW)
    make(campaign)

    with pytest.raises(CampaignNotDrawnError):
        running.start(club.id, campaign.id)
    draw_again(campaign)
    running.start(club.id, campaign.id)

    assert campaign.state is CampaignState.RUNNING


@pytest.mark.parametrize("state", [CampaignState.RUNNING, CampaignState.PAUSED, CampaignState.CLOSED])
def test_the_cells_of_a_campaign_that_was_started_stay(factories, club, state):
    started = factories.campaign(club, state=state)
    cell = factories.quota_cell(started, 5)

    with pytest.raises(CampaignStateError):
        make(started)
    with pytest.raises(CampaignStateError):
        making.remove(club.id, started.id, cell.id, user_id=None)
    with pytest.raises(CampaignStateError):
        making.call_others(club.id, started.id, is_wanted=True, user_id=None)


def test_cells_in_which_a_member_could_be_twice_are_refused(campaign):
    make(campaign)

    with pytest.raises(InvalidInputError, match="two of these cells") as refused:
        make(campaign, {"age": [{"from": 18, "to": None}]})

    assert refused.value.field == "overlap"


def test_nothing_chosen_and_too_many_cells_are_refused(campaign):
    ages = [{"from": age, "to": age} for age in range(101)]
    for axes in ({"gender": []}, {"age": ages, **BY_GENDER}):
        with pytest.raises(InvalidInputError) as refused:
            making.add(campaign.club_id, campaign.id, axes, target=5, user_id=None)
        assert refused.value.field == "facets"


def test_a_branch_of_another_club_is_no_facet(campaign, factories):
    stranger = factories.branch(factories.club())

    with pytest.raises(NotFoundError):
        make(campaign, {"branch": [[stranger.id]]})


def test_a_target_changes_while_calls_go_on_but_not_below_what_is_taken(factories, club):
    started = factories.campaign(club)
    cell = factories.quota_cell(started, 5, completed_count=2)
    factories.entry(started, factories.member(club), cell_id=cell.id, due_at=NOW)
    claim.claim_next(factories.operator([club]).id, campaign_ids=[started.id], now=NOW)

    making.set_targets(club.id, started.id, {cell.id: 3})

    assert db.session.scalar(select(QuotaCell.target_count)) == 3
    with pytest.raises(InvalidInputError) as refused:
        making.set_targets(club.id, started.id, {cell.id: 2})
    assert refused.value.field == f"target-{cell.id}"


def test_a_higher_target_opens_a_full_cell_again(factories, club, operator):
    started = factories.campaign(club)
    cell = factories.quota_cell(started, 0)
    entry = factories.entry(started, factories.member(club), cell_id=cell.id, due_at=NOW)
    assert claim.claim_next(operator.id, campaign_ids=[started.id], now=NOW) is None

    making.set_targets(club.id, started.id, {cell.id: 1})

    assert claim.claim_next(operator.id, campaign_ids=[started.id], now=NOW) == entry.id


def test_targets_of_another_campaign_and_of_a_closed_one_stay(factories, club):
    campaign, other = factories.campaign(club), factories.campaign(club)
    cell = factories.quota_cell(other, 5)
    closed = factories.campaign(club, state=CampaignState.CLOSED)

    with pytest.raises(NotFoundError):
        making.set_targets(club.id, campaign.id, {cell.id: 9})
    with pytest.raises(CampaignStateError):
        making.set_targets(club.id, closed.id, {})


def test_the_page_counts_who_waits_and_says_when_members_are_too_few(campaign, members, factories):
    factories.quota_cell(factories.campaign(factories.club()), 9)
    make(campaign, target=2)
    draw_again(campaign)

    women, men = queries.of_campaign(campaign.id, CellKind.MEMBERS)

    assert (women.waiting_count, women.is_short) == (2, False)
    assert (men.waiting_count, men.reachable_count, men.is_short) == (1, 1, True)
    assert queries.fill([women, men]).short_count == 1
    assert db.session.scalar(select(func.count()).select_from(QuotaCell)) == 3
