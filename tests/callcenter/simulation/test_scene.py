from __future__ import annotations

import pytest

from callcenter.campaigns import queries as campaigns
from callcenter.operators import queries as operators
from callcenter.queue import claim
from callcenter.simulation import scene
from callcenter.simulation.errors import NotEmptyError
from config.database import utcnow


def test_the_scene_has_its_operators_and_somebody_to_call(app):
    made = scene.make(operator_count=3, member_count=20, seed=1, now=utcnow())

    open_now = campaigns.open_campaign_ids([made.club_id], now=utcnow().replace(hour=8))
    assert open_now == [made.campaign_id]
    assert len({operators.get(one).extension for one in made.operator_ids}) == 3
    assert claim.claim_next(made.operator_ids[0], campaign_ids=open_now, now=utcnow()) is not None


def test_their_browsers_are_signed_in(app):
    made = scene.make(operator_count=2, member_count=10, seed=1, now=utcnow())

    people = scene.sign_in(app, made.operator_ids)

    browser = app.test_client(use_cookies=False)
    for one in people:
        assert browser.get("/desk", headers={"Cookie": one.cookie}).status_code == 200


def test_a_house_with_clubs_is_left_alone(app, factories):
    factories.club()

    with pytest.raises(NotEmptyError):
        scene.make(operator_count=1, member_count=5, seed=1, now=utcnow())
