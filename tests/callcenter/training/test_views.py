from __future__ import annotations

import pytest

from callcenter.campaigns.models import CampaignState
from callcenter.training import requiring
from callcenter.training import rules
from config.accounts.access import Role
from config.database import db

RULES = {"months": "۶", "change_percent": "10", "quiz_percent": "70"}


@pytest.fixture
def person(factories, club, client, sign_in):
    def become(role):
        user = factories.user(role, [club], language="en")
        sign_in(client, user)
        return user

    return become


def test_an_operator_without_the_certificate_gets_nobody_and_reads_why(
    client, sign_in, factories, club, campaign, operator, survey_id
):
    factories.entry(campaign, factories.member(club))
    requiring.keep(club.id, campaign.id, is_wanted=True)
    sign_in(client, operator)

    client.post("/desk/ready")

    page = client.get("/desk").text
    assert f"The members of {campaign.name} go to certified operators" in page
    assert f'href="/training#survey-{survey_id}"' in page
    assert f'id="survey-{survey_id}"' in client.get("/training").text


def test_the_certified_operator_gets_the_member(
    client, sign_in, factories, club, campaign, operator, survey_id, person
):
    factories.entry(campaign, factories.member(club, last_name="شایسته"))
    client.post(f"/campaigns/{campaign.id}/training", data={"is_needed": "1"})
    client.post(f"/training/surveys/{survey_id}/certificates", data={"operator": operator.id, "note": "two years here"})
    sign_in(client, operator)

    client.post("/desk/ready")

    assert "شایسته" in client.get("/desk").text
    assert "certified" in client.get("/training").text


def test_the_trainer_sees_who_has_it_and_since_when(client, supervisor, operator, survey_id):
    client.post(f"/training/surveys/{survey_id}/certificates", data={"operator": operator.id, "note": "two years here"})

    page = client.get(f"/training/surveys/{survey_id}").text

    assert f"given by {supervisor.name}: two years here" in page
    assert "certified" in page


@pytest.mark.parametrize(("form", "field"), [({"note": "why"}, "operator"), ({"operator": "{id}"}, "note")])
def test_a_certificate_for_nobody_or_without_a_reason_is_refused(client, supervisor, operator, survey_id, form, field):
    data = {key: value.format(id=operator.id) for key, value in form.items()}

    reply = client.post(f"/training/surveys/{survey_id}/certificates", data=data)

    assert reply.status_code == 422
    assert 'id="f-note-error"' in reply.text


def test_taking_back_needs_a_reason_and_is_seen_on_the_floor(client, supervisor, operator, survey_id, campaign, club):
    requiring.keep(club.id, campaign.id, is_wanted=True)
    address = f"/training/surveys/{survey_id}"
    client.post(f"{address}/certificates", data={"operator": operator.id, "note": "two years here"})

    refused = client.post(f"{address}/revoke", data={"operator": operator.id, "reason": ""})
    before = client.get("/floor").text
    client.post(f"{address}/revoke", data={"operator": operator.id, "reason": "leads the answers"})

    assert refused.status_code == 422
    assert "leads the answers" in client.get(address).text
    assert f"not certified: {campaign.name}" not in before
    assert f"not certified: {campaign.name}" in client.get("/floor").text


def test_the_campaign_says_who_is_certified_and_warns_of_nobody(client, supervisor, operator, campaign, survey_id):
    client.post(f"/campaigns/{campaign.id}/training", data={"is_needed": "1"})
    before = client.get(f"/campaigns/{campaign.id}").text
    client.post(f"/training/surveys/{survey_id}/certificates", data={"operator": operator.id, "note": "two years here"})
    after = client.get(f"/campaigns/{campaign.id}").text

    assert "none of the club's operators has" in before
    assert "needed; 1 of 1 operators have it" in after


def test_a_closed_campaign_keeps_what_it_asked_for(client, supervisor, factories, club, version):
    closed = factories.campaign(club, version_id=version, state=CampaignState.CLOSED)

    client.post(f"/campaigns/{closed.id}/training", data={"is_needed": "1"})

    assert not requiring.is_needed(closed.id)


def test_the_manager_sets_how_long_it_holds_and_the_supervisor_does_not(client, person, club):
    person(Role.MANAGER)
    client.post("/training/rules", data=RULES)
    kept = rules.of_club(club.id)
    refused = client.post("/training/rules", data={**RULES, "months": "0"})
    person(Role.SUPERVISOR)
    db.session.rollback()

    assert (kept.months, kept.change_percent) == (6, 10)
    assert refused.status_code == 422
    assert client.post("/training/rules", data=RULES).status_code == 403


@pytest.mark.parametrize("address", ["/training/surveys/{survey}", "/campaigns/{campaign}/training"])
def test_another_clubs_training_is_not_found(client, person, factories, campaign, survey_id, sign_in, address):
    sign_in(client, factories.user(Role.MANAGER, [factories.club()]))

    assert client.get(address.format(survey=survey_id, campaign=campaign.id)).status_code == 404
