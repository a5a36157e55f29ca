from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from callcenter.campaigns.models import CampaignState
from callcenter.outcomes.models import CampaignOutcome
from callcenter.outcomes.queries import policy_of
from callcenter.outcomes.rules import DEFAULTS
from callcenter.outcomes.rules import Rule
from config.database import db

WEEK = 7 * 24 * 60
SELECT = re.compile(r'<select name="([^"]+)".*?</select>', re.DOTALL)
CHOSEN = re.compile(r'<option value="([^"]+)" selected>')
TICKED = re.compile(r'<input type="checkbox" name="([^"]+)" value="1"[^>]* checked>')


@pytest.fixture
def page(client, supervisor, campaign):
    """The page's form, filled in as a browser would send it."""

    def read():
        text = client.get(f"/campaigns/{campaign.id}/outcomes").text
        chosen = {}
        for found in SELECT.finditer(text):
            kept = CHOSEN.search(found[0])
            chosen[found[1]] = kept[1] if kept else re.search(r'<option value="([^"]+)"', found[0])[1]
        return {**chosen, **dict.fromkeys(TICKED.findall(text), "1")}

    return read


def kept_codes():
    db.session.rollback()
    return set(db.session.scalars(select(CampaignOutcome.code)))


def test_the_page_shows_the_defaults_and_saving_them_keeps_nothing(client, page, campaign):
    form = page()

    answer = client.post(f"/campaigns/{campaign.id}/outcomes", data=form)

    assert (form["wait-3.12"], form["times-3.12"], form["times-2.11"]) == ("20", "-", "1")
    assert form["note-4.10"] == "1"
    assert "note-2.11" not in form
    assert answer.location == f"/campaigns/{campaign.id}/outcomes"
    assert kept_codes() == set()


def test_what_is_chosen_is_kept_and_shown_again(client, page, campaign, factories, club):
    other = factories.campaign(club)
    form = {**page(), "wait-3.12": "60", "times-3.12": "4", "wait-2.11": str(2 * WEEK), "times-2.11": "2"}
    form = {**form, "note-3.90": "1"}
    del form["offered-3.14"]

    client.post(f"/campaigns/{campaign.id}/outcomes", data=form)

    policy = policy_of(campaign.id)
    assert policy.rule("3.12") == Rule("3.12", 60, 4)
    assert policy.rule("2.11") == Rule("2.11", 2 * WEEK, 2)
    assert policy.rule("3.90").needs_note
    assert not policy.rule("3.14").is_offered
    assert not policy.rule("2.22").is_offered
    assert policy.rule("3.13") == DEFAULTS["3.13"]
    assert not policy_of(other.id).is_changed
    assert page() == form


def test_the_defaults_come_back(client, page, campaign):
    client.post(f"/campaigns/{campaign.id}/outcomes", data={**page(), "wait-3.12": "60"})

    client.post(f"/campaigns/{campaign.id}/outcomes/defaults")

    assert kept_codes() == set()


@pytest.mark.parametrize(
    ("field", "chosen"),
    [
        ("wait-3.12", "7"),
        ("wait-3.12", "soon"),
        ("times-3.12", "0"),
        ("times-2.11", "-"),
        ("times-2.11", "3"),
        ("wait-2.11", "60"),
    ],
)
def test_what_aapor_does_not_leave_open_is_refused(client, page, campaign, field, chosen):
    answer = client.post(f"/campaigns/{campaign.id}/outcomes", data={**page(), field: chosen})

    assert answer.status_code == 422
    assert kept_codes() == set()


def test_what_the_page_does_not_offer_changes_nothing(client, page, campaign):
    forged = {"wait-1.1": "60", "times-1.1": "-", "times-2.36": "3", "times-4.31": "1"}

    client.post(f"/campaigns/{campaign.id}/outcomes", data={**page(), **forged})

    assert kept_codes() == set()


def test_a_closed_campaign_keeps_its_rules(client, page, campaign):
    form = {**page(), "wait-3.12": "60"}
    campaign.state = CampaignState.CLOSED
    db.session.commit()

    client.post(f"/campaigns/{campaign.id}/outcomes", data=form)

    assert kept_codes() == set()
    assert "Back to the defaults" not in client.get(f"/campaigns/{campaign.id}/outcomes").text


@pytest.mark.parametrize("path", ["", "/defaults"])
def test_another_clubs_campaign_is_not_there(client, page, factories, path):
    other = factories.campaign(factories.club())

    assert client.get(f"/campaigns/{other.id}/outcomes").status_code == 404
    assert client.post(f"/campaigns/{other.id}/outcomes{path}", data={**page(), "wait-3.12": "60"}).status_code == 404
    assert kept_codes() == set()


def test_the_campaigns_page_leads_to_its_outcomes(client, supervisor, campaign):
    assert f"/campaigns/{campaign.id}/outcomes" in client.get(f"/campaigns/{campaign.id}").text
