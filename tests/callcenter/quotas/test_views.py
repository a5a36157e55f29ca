from __future__ import annotations

import pytest
from sqlalchemy import select

from callcenter.campaigns.models import CampaignState
from callcenter.queue.models import CellKind
from callcenter.queue.models import QuotaCell
from config.database import db
from config.database import utcnow
from surveys.questionnaires.publishing import publish_ready


@pytest.fixture
def version_id(club):
    return publish_ready(club.id, "recent_visit", now=utcnow())


@pytest.fixture
def campaign(factories, club, version_id):
    return factories.campaign(club, version_id=version_id)


@pytest.fixture
def draft(factories, club, version_id):
    return factories.campaign(club, state=CampaignState.DRAFT, version_id=version_id)


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

    assert "Cells of members" not in shown
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


def test_the_supervisor_makes_cells_of_answers(client, supervisor, draft):
    client.post(f"{page(draft)}/answers", data={"answer-price_paid": "1-2, 3, ۴+", "target": "20"})
    shown = client.get(page(draft)).text

    kinds = db.session.execute(select(QuotaCell.kind, QuotaCell.facets, QuotaCell.target_count)).all()
    assert len(kinds) == 3
    assert kinds[0] == (CellKind.ANSWERS, {"price_paid": {"from": 1, "to": 2}}, 20)
    assert "how satisfied or dissatisfied were you" in shown
    assert "1 to 2" in shown
    assert "The members are being drawn." not in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"target": "5"}, "Choose at least one thing to sort by"),
        ({"answer-price_paid": "low", "target": "5"}, "Write ranges as 1-2, 3, 4+."),
        ({"answer-price_paid": "1-3, 3-5", "target": "5"}, "would belong to two cells"),
        ({"answer-open_word": "1-3", "target": "5"}, "Choose at least one thing to sort by"),
    ],
)
def test_what_cannot_be_a_cell_of_answers_is_said(client, supervisor, draft, typed, said):
    answer = client.post(f"{page(draft)}/answers", data=typed)

    assert answer.status_code == 422
    assert said in answer.text
    assert targets() == []


def test_the_page_counts_whom_a_full_cell_turned_away(client, supervisor, campaign, factories, club):
    full = factories.quota_cell(
        campaign, 3, kind=CellKind.ANSWERS, facets={"price_paid": {"from": 4, "to": None}}, completed_count=3
    )
    for _ in range(17):
        factories.closed_entry(campaign, factories.member(club), "4.80", utcnow(), answer_cell_id=full.id)
    factories.closed_entry(campaign, factories.member(club), "2.11", utcnow(), answer_cell_id=full.id)

    shown = client.get(page(campaign)).text

    assert "Turned away" in shown
    assert ">17<" in shown


def test_the_campaign_page_leads_to_its_quotas(client, supervisor, campaign, factories):
    factories.quota_cell(campaign, 4, completed_count=1)
    other = factories.campaign(factories.club())

    assert "1 cell · 1 of 4" in client.get(f"/campaigns/{campaign.id}").text
    assert client.get(page(other)).status_code == 404
    assert client.post(f"{page(other)}/targets").status_code == 404


@pytest.mark.parametrize("address", ["", "/answers"])
def test_a_target_that_is_none_is_marked_in_the_form_it_was_typed_in(client, supervisor, draft, address):
    answer = client.post(page(draft) + address, data={"target": "many"})

    open_form = answer.text.partition('<details class="quota-new" open>')[2].partition("<button")[0]
    assert answer.status_code == 422
    assert 'id="f-target"' in open_form
    assert 'value="many"' in open_form
    assert answer.text.count('<details class="quota-new" open>') == 1
