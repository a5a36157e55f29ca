"""A queue is drawn in sets; what is said of one member (`permission.asking`) must be the same."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import combinations

import pytest
from sqlalchemy import select

from callcenter.campaigns import building
from callcenter.campaigns import drawing
from callcenter.campaigns.drawing import LeftOut
from callcenter.campaigns.drawing import Stretch
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.permission import asking
from callcenter.permission import barring
from callcenter.permission.reasons import Why
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from club.members import stop_calls
from club.members.models import Gender
from config.database import db
from config.database import utcnow

NOW = utcnow()
SAME = {
    LeftOut.NOT_IN_SAMPLE: {Why.NOT_IN_SAMPLE},
    LeftOut.NO_CONSENT: {Why.NO_CONSENT},
    LeftOut.DO_NOT_CALL: {Why.BARRED_HOUSE, Why.BARRED_CLUB},
    LeftOut.LEFT_OUT: {Why.LEFT_OUT},
    LeftOut.NO_CELL: {Why.NO_CELL},
    LeftOut.ASKED_RECENTLY: {Why.INTERVIEWED},
}


def not_in_sample(member, campaign, factories):
    member.branch_id = None


def no_consent(member, campaign, factories):
    member.consent_calls = False


def barred(member, campaign, factories):
    is_house_wide = random.Random(member.id).random() < 0.5
    stop_calls.add_do_not_call(
        member.club_id, member.id, reason="asked", note=None, user_id=None, house_wide=is_house_wide
    )


def left_out(member, campaign, factories):
    barring.leave_out(member.club_id, campaign.id, member.id, reason="staff", user_id=None, now=NOW)


def no_cell(member, campaign, factories):
    member.gender = None


def interviewed(member, campaign, factories):
    other = db.session.scalar(select(Campaign).where(Campaign.id != campaign.id))
    factories.entry(other, member, state=EntryState.CLOSED, outcome="1.2", closed_at=NOW - timedelta(days=20))


FLAWS = (not_in_sample, no_consent, barred, left_out, no_cell, interviewed)


@pytest.fixture
def campaign(factories, club):
    factories.campaign(club)
    branch = factories.branch(club)
    campaign = factories.campaign(club, state=CampaignState.DRAFT, sample={"branch_ids": [branch.id]}, rest_days=30)
    factories.quota_cell(campaign, 10, facets={"gender": ["male"]})
    return campaign


@pytest.fixture
def members(campaign, factories, club):
    """A member without a flaw, with each of them, and with each two of them."""
    branch_id = campaign.sample["branch_ids"][0]
    found = {}
    for flaws in ((), *((one,) for one in FLAWS), *combinations(FLAWS, 2)):
        member = factories.member(club, branch_id=branch_id, gender=Gender.MALE)
        for flaw in flaws:
            flaw(member, campaign, factories)
        found[member.id] = flaws
    factories.member(factories.club())
    db.session.commit()
    return found


def judged(campaign, members):
    every = drawing.judged(campaign, Stretch(min(members), max(members)), now=NOW)
    return dict(db.session.execute(select(every.c.member_id, every.c.reason)).all())


def said_of(campaign, member_id):
    reasons = {reason.kind for reason in asking.why(campaign.club_id, member_id, campaign.id, now=NOW)}
    return {kind for kind, same in SAME.items() if same & reasons}


def test_the_set_and_the_one_say_the_same_of_every_member(campaign, members):
    found = judged(campaign, members)

    said = {member_id: said_of(campaign, member_id) for member_id in members}
    assert found.keys() == members.keys()
    for member_id, reason in found.items():
        # Of one member all reasons are told, in a set the first is counted; why somebody out of the sample or the
        # cells is not there is one answer.
        assert (reason in said[member_id]) if reason else not said[member_id]
        assert len(said[member_id]) >= bool(members[member_id])


def test_who_is_drawn_is_who_nothing_was_said_against(campaign, members):
    free = {member_id for member_id in members if not said_of(campaign, member_id)}

    tally = building.build(campaign.id, now=NOW)

    queued = set(db.session.scalars(select(QueueEntry.member_id).where(QueueEntry.campaign_id == campaign.id)))
    assert queued == free == {member_id for member_id, flaws in members.items() if not flaws}
    assert (tally.seen, tally.queued) == (len(members), 1)
    assert set(judged(campaign, free).values()) == {LeftOut.ALREADY_QUEUED}
