from __future__ import annotations

import dataclasses

import pytest

from callcenter.calls import dialling
from callcenter.calls import requesting
from callcenter.calls.models import Call
from callcenter.campaigns import queries as campaigns
from callcenter.campaigns.models import Campaign
from callcenter.desk import acting
from callcenter.operators.models import Operator
from callcenter.queue import queries as queue
from callcenter.queue.models import QueueEntry
from callcenter.skills import staff
from callcenter.skills.models import Skill
from config.database import db
from config.database import utcnow
from config.live import quick_redis
from config.processes import heartbeats
from config.settings import load_settings
from tests.support.calling import held_entry


@pytest.fixture(autouse=True)
def settings(app, tmp_path, monkeypatch):
    """A house with a second line."""
    environ = {"HAMSEDA_HOME": str(tmp_path), "HAMSEDA_LINES": "shiraz", "HAMSEDA_AMI_PORT_SHIRAZ": "1"}
    lines = load_settings(environ, env_file=None).lines
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(app.config["SETTINGS"], lines=lines))


@pytest.fixture
def far_campaign(factories, club):
    """A campaign of the second line with somebody to call."""
    campaign = factories.campaign(club, line="shiraz")
    factories.entry(campaign, factories.member(club))
    return campaign


@pytest.mark.parametrize(("line", "is_handed_out"), [("shiraz", True), ("main", False), ("gone", False)])
def test_only_operators_of_its_line_are_handed_a_campaigns_members(factories, club, far_campaign, line, is_handed_out):
    person = factories.operator([club], line=line)

    acting.get_ready(person.id, club_ids=[club.id], now=utcnow())

    assert (queue.held_by(person.id) is not None) is is_handed_out


def test_what_names_a_line_that_is_gone_is_on_the_first(factories, club):
    campaign = factories.campaign(club, line="gone")
    factories.campaign(club, line="shiraz")

    assert campaigns.open_campaign_ids([club.id], line="main", now=utcnow()) == [campaign.id]


@pytest.mark.parametrize(("line", "holder"), [("shiraz", "shiraz"), ("main", "main"), ("gone", "main")])
def test_a_call_goes_over_its_operators_line_and_only_that_process_sees_it(app, factories, monkeypatch, line, holder):
    held = held_entry(factories)
    db.session.get_one(Operator, held.operator_id).line = line
    call_id = requesting.request_call(held.entry_id, held.operator_id, now=utcnow())
    channel_id = db.session.get_one(Call, call_id).channel_id

    for name in ("main", "shiraz"):
        monkeypatch.setitem(app.config, "LINE", name)
        seen = [call.id for call in dialling.wanting_work()]
        assert seen == ([call_id] if name == holder else [])
        assert (dialling.find(channel_id) is not None) is (name == holder)


def test_the_desk_says_that_campaigns_go_over_another_line(client, sign_in, factories, club, far_campaign):
    person = factories.operator([club])
    person.language = "en"
    sign_in(client, person)

    client.post("/desk/ready")

    assert "1 running campaign goes over another telephone line" in client.get("/desk").text


def test_the_supervisor_puts_operators_and_campaigns_on_lines(client, supervisor, factories, club):
    person, campaign = factories.operator([club]), factories.campaign(club)
    chosen = {f"operator-{person.id}": "shiraz", f"campaign-{campaign.id}": "shiraz"}

    client.post("/floor/lines", data=chosen)

    page = client.get("/floor/lines").text
    assert (db.session.get(Operator, person.id).line, db.session.get(Campaign, campaign.id).line) == ("shiraz",) * 2
    assert page.count('<option value="shiraz" selected>') == 2
    assert "Nobody at work on this line" in page


@pytest.mark.parametrize("kind", ["operator", "campaign"])
def test_those_of_another_club_are_not_found(client, supervisor, factories, kind):
    stranger = factories.club()
    of_them = {"operator": lambda: factories.operator([stranger]), "campaign": lambda: factories.campaign(stranger)}

    reply = client.post("/floor/lines", data={f"{kind}-{of_them[kind]().id}": "shiraz"})

    assert reply.status_code == 404


def test_a_line_that_is_not_configured_is_refused(client, supervisor, factories, club):
    person = factories.operator([club])

    client.post("/floor/lines", data={f"operator-{person.id}": "gone"})

    assert "not configured any more" in client.get("/floor/lines").text
    assert db.session.get(Operator, person.id).line == "main"


def test_the_floor_names_each_line_and_what_is_wrong_with_it(client, supervisor):
    heartbeats.beat(quick_redis(), "line")
    heartbeats.beat(quick_redis(), "pbx:shiraz")

    page = client.get("/floor").text

    assert "main: The telephone line is up" in page
    assert "shiraz: No connection to the telephone exchange" in page
    assert "Nobody can be called over shiraz now." in page


def test_the_campaign_warns_when_nobody_at_work_is_on_its_line(client, supervisor, far_campaign):
    assert (
        "Nobody at work is on the telephone line of this campaign, shiraz."
        in client.get(f"/campaigns/{far_campaign.id}").text
    )


def test_readiness_and_metrics_name_the_process_of_each_line(client):
    heartbeats.beat(quick_redis(), "pbx")

    assert client.get("/readyz").get_json()["down"] == ["worker", "clock", "pbx:shiraz"]
    assert 'hamseda_up{part="pbx:shiraz"} 0.0' in client.get("/metrics").text


@pytest.mark.parametrize(("line", "is_short"), [("shiraz", False), ("main", True)])
def test_a_skill_counts_only_on_the_campaigns_line(factories, club, far_campaign, line, is_short):
    factories.skill("gentle", factories.operator([club], line=line))
    entry = db.session.scalars(db.select(QueueEntry)).one()
    entry.needs = db.session.get_one(Skill, "gentle").mask
    db.session.commit()

    assert bool(staff.shortages(club.id, far_campaign.id)) is is_short
