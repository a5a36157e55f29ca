from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest

from club.members import drawing
from club.members.drawing import Candidate
from club.members.models import Gender
from club.members.stop_calls import add_do_not_call
from config.database import db
from config.errors import NotFoundError

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def club(app, factories):
    club, noise = factories.club(), factories.club()
    factories.purchase(factories.member(noise), purchased_at=NOW)
    return club


def draw(club, sample=None, first_id=1, last_id=1_000_000, kinds=None):
    """The members weighed in one statement, which says the same as to weigh them one by one."""
    kinds = kinds or {}
    rows = drawing.weighed(club.id, sample or {}, first_id=first_id, last_id=last_id, now=NOW, kinds=kinds)
    found = [Candidate(*row) for row in db.session.execute(rows.order_by("member_id"))]
    one_by_one = [drawing.weigh(club.id, one.member_id, sample or {}, now=NOW, kinds=kinds) for one in found]
    assert found == one_by_one
    return found


def test_a_draw_goes_through_the_club_by_id(club, factories):
    ids = [factories.member(club).id for _ in range(3)]

    second = drawing.last_of_next(club.id, after_id=0, limit=2)
    third = drawing.last_of_next(club.id, after_id=second, limit=2)
    drawn = draw(club, first_id=second, last_id=third)

    assert [second, third, drawing.last_of_next(club.id, after_id=third, limit=2)] == [*ids[1:], None]
    assert [one.member_id for one in drawn] == ids[1:]
    assert all(one.matches and one.consent_calls and not one.is_do_not_call for one in drawn)


def test_a_draw_weighs_each_member_against_the_sample(club, factories):
    branch, tier = factories.branch(club), factories.tier(club)
    fits = factories.member(club, branch_id=branch.id, tier_id=tier.id)
    factories.purchase(fits, purchased_at=NOW - timedelta(days=30))
    long_ago = factories.member(club, branch_id=branch.id, tier_id=tier.id)
    factories.purchase(long_ago, purchased_at=NOW - timedelta(days=31))
    elsewhere = factories.member(club, tier_id=tier.id)
    sample = {"branch_ids": [branch.id], "tier_ids": [tier.id], "purchased_within_days": 30}

    weighed = {one.member_id: one.matches for one in draw(club, sample)}

    assert weighed == {fits.id: True, long_ago.id: False, elsewhere.id: False}


def test_a_draw_says_who_has_not_agreed_and_who_is_not_to_be_called(club, factories):
    silent, stopped = factories.member(club, consent_calls=False), factories.member(club)
    add_do_not_call(club.id, stopped.id, reason="asked", note=None, user_id=None)
    db.session.commit()

    weighed = {one.member_id: (one.consent_calls, one.is_do_not_call) for one in draw(club)}

    assert weighed == {silent.id: (False, False), stopped.id: (True, True)}


def test_a_draw_tells_the_kind_of_each_candidate(club, factories):
    man, unknown = factories.member(club, gender=Gender.MALE), factories.member(club)

    drawn = draw(club, kinds={5: {"gender": ["male"]}})

    assert [(one.member_id, one.kind_id) for one in drawn] == [(man.id, 5), (unknown.id, None)]


def test_a_member_of_another_club_is_not_weighed(club, factories):
    stranger = factories.member(factories.club())

    with pytest.raises(NotFoundError):
        drawing.weigh(club.id, stranger.id, {}, now=NOW, kinds={})
