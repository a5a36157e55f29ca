from __future__ import annotations

import pytest

from callcenter.campaigns.models import CampaignState
from callcenter.outcomes import editing
from callcenter.outcomes.queries import policy_of
from callcenter.outcomes.rules import Rule
from callcenter.skills import catalogue
from callcenter.skills import giving
from callcenter.skills import requiring
from config.accounts.access import Role
from config.database import utcnow

WEEK = 7 * 24 * 60
GENTLE = {"name_fa": "گفت‌وگوی سخت", "name_en": "Hard talks"}


@pytest.fixture
def page_of(client):
    return lambda address: client.get(address).text


def test_the_supervisor_sees_the_operators_and_the_list_in_both_languages(client, supervisor, operator):
    page = client.get("/floor/skills").text

    assert operator.name in page
    assert "Calling again after a refusal" in page
    assert "تماس‌های مقرر" in page


def test_operators_are_given_what_was_ticked(client, supervisor, operator):
    client.post("/floor/skills/operators", data={"operator": operator.id, "has": f"{operator.id}:en"})

    assert giving.had_by([operator.id]) == {operator.id: {"en"}}
    assert f'value="{operator.id}:en" aria-label="{operator.name}: English" checked' in client.get("/floor/skills").text


def test_an_operator_of_another_club_is_not_found(client, supervisor, factories):
    stranger = factories.operator([factories.club()])

    reply = client.post("/floor/skills/operators", data={"operator": stranger.id, "has": f"{stranger.id}:en"})

    assert reply.status_code == 404
    assert giving.had_by([stranger.id]) == {stranger.id: set()}


def test_a_new_skill_is_there_with_the_next_page(client, supervisor):
    client.post("/floor/skills", data=GENTLE)

    assert "Hard talks" in client.get("/floor/skills").text


def test_a_skill_is_renamed_and_switched_off(client, supervisor):
    client.post("/floor/skills/en", data={**GENTLE, "is_given_first": "1"})

    now = next(skill for skill in catalogue.skills() if skill.code == "en")
    assert (now.name_en, now.is_used, now.is_given_first) == ("Hard talks", False, True)


@pytest.mark.parametrize("address", ["/floor/skills", "/floor/skills/fa"])
@pytest.mark.parametrize("field", ["name_fa", "name_en"])
def test_a_skill_without_a_name_is_refused_at_its_field_and_what_was_typed_stays(client, supervisor, address, field):
    reply = client.post(address, data={**GENTLE, field: " "})

    assert reply.status_code == 422
    assert f'id="f-{field}-error"' in reply.text
    assert GENTLE["name_en" if field == "name_fa" else "name_fa"] in reply.text


def test_a_campaign_asks_for_skills_and_says_so(client, supervisor, campaign):
    address = f"/campaigns/{campaign.id}/skills"

    client.post(address, data={"skill": ["en", "refusals"]})

    assert requiring.of_campaign(campaign.id) == {"en", "refusals"}
    assert "English, Calling again after a refusal" in client.get(f"/campaigns/{campaign.id}").text
    client.post(address, data={"skill": ["fa"]})
    assert requiring.of_campaign(campaign.id) == {"fa"}


def test_the_campaigns_page_says_how_many_operators_have_each(client, supervisor, campaign, factories, club, operator):
    factories.skill("yazd", operator, factories.operator([club]), factories.operator([factories.club()]))

    assert "2 operators of the club have it." in client.get(f"/campaigns/{campaign.id}/skills").text


def test_a_closed_campaign_keeps_what_it_asked_for(client, supervisor, factories, club):
    closed = factories.campaign(club, state=CampaignState.CLOSED)

    client.post(f"/campaigns/{closed.id}/skills", data={"skill": "en"})

    assert "has moved on" in client.get(f"/campaigns/{closed.id}/skills").text
    assert requiring.of_campaign(closed.id) == set()


def test_a_campaigns_page_warns_of_members_whom_nobody_may_call(client, supervisor, campaign, factories, club):
    asker = factories.operator([club])
    giving.keep(club.id, {asker.id: {"refusals"}}, given_by=supervisor.id, now=utcnow())
    for fields in ({"needs": 2}, {"needs": 2}, {"needs": 4}, {"needs": 4, "refused_operator_id": asker.id}):
        factories.entry(campaign, factories.member(club), **fields)

    page = client.get(f"/campaigns/{campaign.id}").text

    assert "2 members need what none of the club's operators has: English." in page
    assert "1 member refused the only operator who could ask again." in page
    assert page.count("flash warn") == 2


def test_the_desk_says_whom_the_waiting_members_wait_for(client, sign_in, factories, club, campaign):
    operator = factories.operator([club])
    operator.language = "en"
    sign_in(client, operator)
    factories.entry(campaign, factories.member(club), needs=2)

    client.post("/desk/ready")
    page = client.get("/desk").text

    assert "Nobody is waiting for you right now" in page
    assert "Wait for somebody who has: English" in page


def test_a_campaign_asks_once_more_who_refused_and_says_so(client, supervisor, campaign, page_of):
    address = f"/campaigns/{campaign.id}/skills"

    client.post(f"{address}/refusals", data={"wait": 2 * WEEK})

    assert policy_of(campaign.id).rule("2.11") == Rule("2.11", 2 * WEEK, 2)
    assert "asked once more after 14 days" in page_of(f"/campaigns/{campaign.id}")
    assert f'<option value="{2 * WEEK}" selected>' in page_of(address)
    assert "With fewer than two such operators" in page_of(address)


def test_asking_again_leaves_the_other_rules_and_is_taken_back(client, supervisor, campaign, club):
    editing.keep(club.id, campaign.id, [Rule("3.12", 60, 4), Rule("2.11", WEEK, 1, needs_note=True)])
    address = f"/campaigns/{campaign.id}/skills/refusals"

    client.post(address, data={"wait": 2 * WEEK})
    chosen = policy_of(campaign.id).rule("2.11")
    client.post(address, data={"wait": ""})

    assert chosen == Rule("2.11", 2 * WEEK, 2, needs_note=True)
    assert policy_of(campaign.id).rule("2.11") == Rule("2.11", WEEK, 1, needs_note=True)
    assert policy_of(campaign.id).rule("3.12") == Rule("3.12", 60, 4)


def test_nobody_is_asked_again_within_the_week(client, supervisor, campaign):
    assert client.post(f"/campaigns/{campaign.id}/skills/refusals", data={"wait": 60}).status_code == 422


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_clubs_campaign_is_not_found(client, supervisor, factories, method):
    other = factories.campaign(factories.club())

    assert getattr(client, method)(f"/campaigns/{other.id}/skills").status_code == 404


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.MANAGER, Role.CLUB_STAFF])
def test_who_has_which_skill_is_the_supervisors(client, sign_in, factories, role):
    sign_in(client, factories.user(role, [factories.club()]))

    assert client.get("/floor/skills").status_code == 403
    assert client.post("/floor/skills/operators").status_code == 403
