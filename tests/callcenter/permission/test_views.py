from __future__ import annotations

import pytest

from callcenter.permission import exclusions
from callcenter.permission.models import CampaignExclusion
from config.accounts.models import Role
from config.database import db


@pytest.fixture
def campaign(factories, club):
    return factories.campaign(club, name="آذر")


@pytest.fixture
def signed_in(client, factories, sign_in, club):
    def act(role):
        sign_in(client, factories.user(role, [club], language="en"))
        return client

    return act


def test_staff_leave_a_member_out_and_the_supervisor_takes_them_back(club, campaign, factories, signed_in):
    member = factories.member(club, first_name="Sara", last_name="Ahmadi")
    path = f"/campaigns/{campaign.id}/left-out"
    staff = signed_in(Role.CLUB_STAFF)
    assert "آذر" in staff.get(f"/members/{member.id}").text

    reply = staff.post(path, data={"member_id": member.id, "reason": "works for us"})
    assert "Left out of this campaign by hand" in staff.get(reply.location).text

    supervisor = signed_in(Role.SUPERVISOR)
    page = supervisor.get(path).text
    assert "Sara Ahmadi" in page
    assert "works for us" in page
    assert "Left out by hand: 1" in supervisor.get(f"/campaigns/{campaign.id}").text
    exclusion_id = exclusions.of_campaign(club.id, campaign.id)[0].id
    assert supervisor.post(f"{path}/{exclusion_id}/lift", data={"reason": " "}).status_code == 422
    supervisor.post(f"{path}/{exclusion_id}/lift", data={"reason": "left the firm"})
    assert exclusions.of_campaign(club.id, campaign.id)[0].lift_reason == "left the firm"
    assert "left the firm" in supervisor.get(path).text


def test_without_a_reason_nobody_is_left_out(club, campaign, factories, signed_in):
    member = factories.member(club)

    signed_in(Role.CLUB_STAFF).post(f"/campaigns/{campaign.id}/left-out", data={"member_id": member.id})

    assert db.session.query(CampaignExclusion).count() == 0


def test_another_clubs_campaign_and_exclusion_are_not_there(club, campaign, factories, signed_in):
    foreign = factories.campaign(factories.club())
    member = factories.member(club)
    form = {"member_id": member.id, "reason": "x"}

    assert signed_in(Role.SUPERVISOR).get(f"/campaigns/{foreign.id}/left-out").status_code == 404
    assert signed_in(Role.SUPERVISOR).post(f"/campaigns/{foreign.id}/left-out/1/lift", data=form).status_code == 404
    assert signed_in(Role.CLUB_STAFF).post(f"/campaigns/{foreign.id}/left-out", data=form).status_code == 404
