from __future__ import annotations

from datetime import timedelta

import pytest

from callcenter.calls import dialling
from callcenter.calls import requesting
from callcenter.calls.models import Call
from callcenter.permission import barring
from callcenter.permission import gate
from callcenter.permission import rules
from callcenter.permission.errors import LeftOutError
from callcenter.permission.errors import RestingError
from callcenter.permission.rules import Rules
from callcenter.queue import claim
from callcenter.queue import queries as queue
from callcenter.queue.models import EntryState
from club.members.models import DoNotCall
from club.members.models import Member
from config.database import db
from config.database import utcnow
from tests.support.calling import held_entry

NOW = utcnow()


def send_away(held, operator_id):
    return gate.send_away(held.entry_id, operator_id, LeftOutError("left out"), now=NOW)


def bar_unseen(member, campaign, level):
    """Bar a member as somebody does whose transaction the queue did not see."""
    if level == "no_consent":
        db.session.get_one(Member, member.id).consent_calls = False
    elif level == "campaign":
        db.session.add(
            barring.CampaignExclusion(
                club_id=campaign.club_id, campaign_id=campaign.id, member_id=member.id, reason="asked"
            )
        )
    else:
        owner = None if level == "house" else member.club_id
        db.session.add(DoNotCall(club_id=owner, phone=member.phone, reason="asked"))
    db.session.commit()


@pytest.mark.parametrize("level", ["house", "club", "campaign", "no_consent"])
def test_whoever_is_not_to_be_called_is_never_handed_out(factories, club, campaign, operator, level):
    barred, free = factories.member(club), factories.member(club)
    turned_away, following = factories.entry(campaign, barred), factories.entry(campaign, free)
    bar_unseen(barred, campaign, level)

    claimed = claim.claim_next(operator.id, campaign_ids=[campaign.id], now=utcnow())

    assert claimed == following.id
    line = queue.get(turned_away.id)
    outcome = "3.11" if level == "campaign" else "2.11"
    assert (line.state, line.outcome, line.attempt_count) == (EntryState.CLOSED, outcome, 0)


def test_a_member_left_out_of_one_campaign_is_called_for_another(factories, club, campaign, operator):
    member = factories.member(club)
    bar_unseen(member, campaign, "campaign")
    other = factories.entry(factories.campaign(club), member)

    assert claim.claim_next(operator.id, campaign_ids=[campaign.id, other.campaign_id], now=utcnow()) == other.id


def test_a_queue_full_of_barred_members_is_gone_through_in_steps(factories, club, campaign, operator, monkeypatch):
    monkeypatch.setattr(claim, "LOOKS", 2)
    for _ in range(3):
        member = factories.member(club)
        factories.entry(campaign, member)
        bar_unseen(member, campaign, "club")

    claims = [claim.claim_next(operator.id, campaign_ids=[campaign.id], now=utcnow()) for _ in range(2)]

    assert claims == [None, None]
    assert queue.waiting([campaign.id], now=utcnow()).due_count == 0


def test_who_was_left_out_after_the_claim_is_not_dialled(factories):
    held = held_entry(factories)
    entry = queue.get(held.entry_id)
    call_id = requesting.request_call(held.entry_id, held.operator_id, now=NOW)
    barring.leave_out(held.club_id, entry.campaign_id, held.member_id, reason="asked", user_id=None, now=NOW)
    db.session.commit()

    line = dialling.find(db.session.get_one(Call, call_id).channel_id)

    assert not dialling.is_still_allowed(line)
    with pytest.raises(LeftOutError):
        gate.number_to_dial(held.club_id, held.member_id, entry.campaign_id)


@pytest.fixture
def tired(factories, club, operator):
    """A member whose phone rang as often as the club allows in a week, all in another campaign."""
    member = factories.member(club)
    rules.save(club.id, Rules(interview_days=0, weekly_attempts=2))
    other = factories.entry(factories.campaign(club), member, state=EntryState.CLOSED, outcome="3.13", closed_at=NOW)
    for hours in (30, 2):
        factories.dialled_call(other, operator, NOW - timedelta(hours=hours))
    return member


def test_who_was_called_too_often_lately_goes_back_until_the_week_is_over(factories, campaign, operator, tired):
    entry = factories.entry(campaign, tired, due_at=NOW)

    claimed = claim.claim_next(operator.id, campaign_ids=[campaign.id], now=NOW)

    line = queue.get(entry.id)
    assert claimed is None
    assert (line.state, line.outcome) == (EntryState.WAITING, None)
    assert line.due_at == line.rest_until == NOW - timedelta(hours=30) + timedelta(days=7)


def test_who_asked_for_the_call_gets_it_all_the_same(factories, campaign, operator, tired):
    entry = factories.entry(campaign, tired, callback_at=NOW - timedelta(minutes=1), due_at=NOW - timedelta(minutes=1))

    assert claim.claim_next(operator.id, campaign_ids=[campaign.id], now=NOW) == entry.id
    assert requesting.request_call(entry.id, operator.id, now=NOW)


def test_an_interview_in_any_campaign_gives_the_longer_of_both_rests(factories, club, operator):
    member = factories.member(club)
    rules.save(club.id, Rules(interview_days=20))
    factories.closed_entry(factories.campaign(club), member, "1.1", NOW - timedelta(days=10))
    campaign = factories.campaign(club, rest_days=5)
    entry = factories.entry(campaign, member, due_at=NOW)

    assert claim.claim_next(operator.id, campaign_ids=[campaign.id], now=NOW) is None
    assert queue.get(entry.id).rest_until == NOW + timedelta(days=10)


def test_the_press_asks_again_whether_the_member_rests(factories, campaign, operator, tired):
    leased = {"operator_id": operator.id, "leased_at": NOW, "lease_until": NOW + timedelta(minutes=15)}
    entry = factories.entry(campaign, tired, state=EntryState.LEASED, **leased)

    with pytest.raises(RestingError) as refused:
        requesting.request_call(entry.id, operator.id, now=NOW)

    assert refused.value.until == NOW - timedelta(hours=30) + timedelta(days=7)


def test_a_line_that_broke_is_dialled_again_however_often_it_rang(factories, campaign, operator, tired):
    leased = {"operator_id": operator.id, "leased_at": NOW, "lease_until": NOW + timedelta(minutes=15)}
    entry = factories.entry(campaign, tired, state=EntryState.LEASED, **leased)
    factories.dialled_call(entry, operator, NOW, connected_at=NOW, disposition="2.36")

    assert requesting.request_call(entry.id, operator.id, now=NOW)


def test_only_the_holder_turns_a_member_away(factories):
    held = held_entry(factories)

    assert not send_away(held, factories.operator().id)
    assert send_away(held, held.operator_id)
    assert not send_away(held, held.operator_id)
