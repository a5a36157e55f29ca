from __future__ import annotations

import pytest

from callcenter.campaigns import modes
from callcenter.campaigns.models import CampaignState
from callcenter.campaigns.models import DiallingMode
from callcenter.campaigns.modes import Dialling
from config.accounts.models import Role

PREVIEW, PROGRESSIVE = DiallingMode.PREVIEW, DiallingMode.PROGRESSIVE


@pytest.fixture
def club(factories):
    return factories.club()


@pytest.fixture
def campaign(factories, client, sign_in, club):
    sign_in(client, factories.user(Role.SUPERVISOR, [club]))
    return factories.campaign(club)


def test_a_new_campaign_dials_with_preview_and_without_limits(campaign):
    assert modes.of(campaign.id) == Dialling(PREVIEW, None, None)


def test_the_way_of_calling_is_kept(client, campaign):
    form = {"mode": "progressive", "decide_seconds": "", "wrap_up_seconds": "۴۵"}

    client.post(f"/campaigns/{campaign.id}/dialling", data=form)

    assert modes.of(campaign.id) == Dialling(PROGRESSIVE, None, 45)
    assert modes.has_progressive([campaign.id])
    assert "پیاپی" in client.get(f"/campaigns/{campaign.id}").text


@pytest.mark.parametrize(
    "form",
    [
        {"mode": "predictive"},
        {"mode": "preview", "decide_seconds": "9"},
        {"mode": "preview", "decide_seconds": "-30"},
        {"mode": "preview", "decide_seconds": "6" * 5000},
        {"mode": "preview", "wrap_up_seconds": "601"},
        {"mode": "preview", "wrap_up_seconds": "soon"},
    ],
    ids=str,
)
def test_what_cannot_be_is_told_at_its_field(client, campaign, form):
    reply = client.post(f"/campaigns/{campaign.id}/dialling", data=form)

    assert reply.status_code == 422
    assert 'class="flash error"' in reply.text
    assert modes.of(campaign.id) == Dialling(PREVIEW, None, None)


def test_a_closed_campaign_and_that_of_another_club_are_left_alone(client, campaign, club, factories):
    closed = factories.campaign(club, state=CampaignState.CLOSED)
    strange = factories.campaign(factories.club())

    client.post(f"/campaigns/{closed.id}/dialling", data={"mode": "progressive"})
    reply = client.post(f"/campaigns/{strange.id}/dialling", data={"mode": "progressive"})

    assert reply.status_code == 404
    assert not modes.has_progressive([closed.id, strange.id])
