from __future__ import annotations

import pytest
from sqlalchemy import select

from callcenter.campaigns.models import CampaignState
from callcenter.queue.models import QuotaCell
from config.database import db


@pytest.fixture
def draft(factories, club):
    return factories.campaign(club, state=CampaignState.DRAFT)


def page(campaign):
    return f"/campaigns/{campaign.id}/quotas"


def targets():
    db.session.expire_all()
    return list(db.session.scalars(select(QuotaCell.target_count).order_by(QuotaCell.id)))


def test_the_supervisor_makes_cells_and_reads_them_in_words(client, supervisor, draft, factories, club):
    branch = factories.branch(club, name="Vanak")
    chosen = {"branch": branch.id, "gender": ["female", "male"], "age": "18-29, ۳۰+", "target": "۲۵"}

    client.post(page(draft), data=chosen)
    answer = client.get(page(draft))

    assert "Vanak · Women · 18 to 29 years" in answer.text
    assert "Vanak · Men · from 30 years" in answer.text
    assert "The members are being drawn." in answer.text
    assert targets() == [25] * 4


def test_the_targets_of_the_table_are_saved(client, supervisor, campaign, factories):
    cells = [factories.quota_cell(campaign, 10, facets={"gender": [one]}) for one in ("female", "male")]

    client.post(f"{page(campaign)}/targets", data={f"target-{cells[0].id}": "12", f"target-{cells[1].id}": "۱۰"})

    assert targets() == [12, 10]


def test_a_target_below_what_is_complete_is_refused_beside_its_cell(client, supervisor, campaign, factories):
    cell = factories.quota_cell(campaign, 10, facets={"gender": ["female"]}, completed_count=7)

    answer = client.post(f"{page(campaign)}/targets", data={f"target-{cell.id}": "6"})

    assert answer.status_code == 422
    assert "Not below those that are complete or with operators." in answer.text
    assert targets() == [10]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"target": "5"}, "Choose at least one thing to sort by"),
        ({"gender": "female", "age": "young", "target": "5"}, "Write ages as 18-29"),
        ({"gender": "female", "target": "many"}, "Write a whole number."),
    ],
)
def test_what_cannot_be_a_cell_is_said_and_kept_in_the_form(client, supervisor, draft, typed, said):
    answer = client.post(page(draft), data=typed)

    assert answer.status_code == 422
    assert said in answer.text
    assert targets() == []


def test_a_started_campaign_shows_its_cells_and_offers_no_new_ones(client, supervisor, campaign, factories):
    factories.quota_cell(campaign, 4, facets={"gender": ["female"]}, completed_count=4)

    shown = client.get(page(campaign)).text
    client.post(page(campaign), data={"gender": "male", "target": "5"})
    refused = client.get(page(campaign))

    assert "Make cells" not in shown
    assert "full" in shown
    assert "moved on meanwhile" in refused.text
    assert len(targets()) == 1


def test_a_cell_is_removed_and_the_others_called_from_the_page(client, supervisor, draft, factories):
    cell = factories.quota_cell(draft, 4, facets={"gender": ["female"]})
    factories.quota_cell(draft, 6, facets={"gender": ["male"]})

    client.post(f"{page(draft)}/{cell.id}/remove")
    client.post(f"{page(draft)}/others/called")
    shown = client.get(page(draft))

    assert targets() == [6]
    assert "They are called too" in shown.text


def test_the_campaign_page_leads_to_its_quotas(client, supervisor, campaign, factories, club):
    version = factories.rated_campaign(club)
    factories.quota_cell(version, 4, completed_count=1)
    other = factories.campaign(factories.club())

    assert "1 cell · 1 of 4" in client.get(f"/campaigns/{version.id}").text
    assert client.get(page(other)).status_code == 404
    assert client.post(f"{page(other)}/targets").status_code == 404
