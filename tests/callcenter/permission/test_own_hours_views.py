from __future__ import annotations

from datetime import time

import pytest

from callcenter.campaigns.own_hours import Window
from callcenter.permission import member_hours
from config.accounts.models import Role
from config.database import db

FORM = {"days-0": ["0", "1"], "opens-0": "۱۷:۰۰", "closes-0": "20", "days-1": ["6"], "zone": ""}
KEPT = [Window(frozenset({0, 1}), time(17), time(20)), Window(frozenset({6}), time(0), time(23, 59))]


@pytest.fixture
def staff(client, factories, sign_in, club):
    person = factories.user(Role.CLUB_STAFF, [club], language="fa")
    sign_in(client, person)
    return client


def kept(member):
    db.session.rollback()
    return member_hours.of_member(member.id)


def test_the_members_page_keeps_and_shows_the_hours(staff, factories, club):
    member = factories.member(club)

    before = staff.get(f"/members/{member.id}").text
    staff.post(f"/members/{member.id}/calling-hours", data=FORM)
    page = staff.get(f"/members/{member.id}").text

    assert "هر ساعتی که تماس می‌گیریم." in before
    assert "شنبه، یکشنبه ۱۷:۰۰ تا ۲۰:۰۰؛ جمعه ۰۰:۰۰ تا ۲۳:۵۹" in page
    assert kept(member).windows == KEPT
    change = member_hours.last_change(member.id)
    assert f"· {change.by}</p>" in page
    assert f"· {change.by}</p>" not in before


@pytest.mark.parametrize("wrong", [{"closes-0": "16"}, {"opens-0": "soon"}, {"zone": "Nowhere/Else"}])
def test_what_cannot_be_is_said_and_nothing_is_kept(staff, factories, club, wrong):
    member = factories.member(club)

    staff.post(f"/members/{member.id}/calling-hours", data={**FORM, **wrong})
    page = staff.get(f"/members/{member.id}").text

    assert "flash error" in page
    assert kept(member) is None


def test_another_clubs_member_is_not_there(staff, factories):
    stranger = factories.member(factories.club())

    assert staff.post(f"/members/{stranger.id}/calling-hours", data=FORM).status_code == 404
