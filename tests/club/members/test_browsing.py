from __future__ import annotations

import pytest

from club.members import browsing
from club.members.browsing import Filters
from club.members.models import Member
from club.members.search import member_key
from club.members.stop_calls import add_do_not_call
from config.database import db
from config.errors import NotFoundError


@pytest.fixture
def club(app, factories):
    club, noise = factories.club(), factories.club()
    member(factories, noise, "مریم", "کاظمی", phone="+989125550001", external_id="C77")
    return club


def member(factories, club, first_name, last_name, **fields):
    key = member_key(first_name, last_name, fields.get("external_id"))
    return factories.member(club, first_name=first_name, last_name=last_name, search_key=key, **fields)


def found(club, text="", **filters):
    return [line.name for line in browsing.page_of_members(club.id, Filters(text, **filters)).lines]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("مریم", id="first name"),
        pytest.param("کاظم", id="part of the last name"),
        pytest.param("كاظمي مريم", id="Arabic letters, the other way round"),
        pytest.param("نیک‌نام", id="with the joiner"),
        pytest.param("نیکنام", id="without the joiner"),
        pytest.param("c77", id="member code"),
        pytest.param("C۷۷", id="member code in Persian digits"),
        pytest.param("09125550001", id="whole number"),
        pytest.param("۰۹۱۲۵۵۵۰۰۰۱", id="whole number in Persian digits"),
        pytest.param("٠٩١٢ ٥٥٥ ٠٠٠١", id="whole number in Arabic digits, spaced"),
        pytest.param("+98 912-555", id="beginning, with the country code"),
        pytest.param("0098912555", id="beginning, dialled from abroad"),
        pytest.param("0001", id="end of the number"),
        pytest.param("۵۵۵۰", id="middle of the number"),
    ],
)
def test_a_member_is_found_by(club, factories, text):
    member(factories, club, "مریم", "کاظمی نیک‌نام", phone="+989125550001", external_id="C77")
    member(factories, club, "رضا", "پارسا", phone="+989351112233", external_id="D1")

    assert found(club, text) == ["مریم کاظمی نیک‌نام"]


@pytest.mark.parametrize("text", ["%", "_", "x%", "مریم پارسا", "0912666"])
def test_signs_and_strangers_find_nobody(club, factories, text):
    member(factories, club, "مریم", "کاظمی", phone="+989125550001")

    assert found(club, text) == []


def test_filters_narrow_the_list_together(club, factories):
    branch, tier = factories.branch(club), factories.tier(club)
    member(factories, club, "هر", "سه", branch_id=branch.id, tier_id=tier.id, consent_calls=True)
    member(factories, club, "بی", "رضایت", branch_id=branch.id, tier_id=tier.id, consent_calls=False)
    member(factories, club, "بی", "سطح", branch_id=branch.id)

    assert found(club, branch_id=branch.id, tier_id=tier.id, consent=True) == ["هر سه"]
    assert found(club, consent=False) == ["بی رضایت"]
    assert browsing.count_members(club.id, Filters(branch_id=branch.id)) == 3


def test_pages_go_on_where_the_last_ended_and_back_again(club, factories, monkeypatch):
    monkeypatch.setattr(browsing, "PAGE_SIZE", 2)
    for number in range(5):
        member(factories, club, str(number), "")

    first = browsing.page_of_members(club.id, Filters())
    second = browsing.page_of_members(club.id, Filters(), before=first.older)
    third = browsing.page_of_members(club.id, Filters(), before=second.older)
    back = browsing.page_of_members(club.id, Filters(), after=third.newer)

    assert [[line.name for line in page.lines] for page in (first, second, third, back)] == [
        ["4", "3"],
        ["2", "1"],
        ["0"],
        ["2", "1"],
    ]
    assert (first.newer, third.older) == (None, None)
    assert browsing.page_of_members(club.id, Filters(), after=back.newer).newer is None


def test_the_list_says_who_is_not_to_be_called(club, factories):
    listed = member(factories, club, "مریم", "کاظمی")
    member(factories, club, "رضا", "پارسا")
    add_do_not_call(club.id, listed.id, reason="asked", note=None, user_id=None)

    lines = browsing.page_of_members(club.id, Filters()).lines

    assert [line.is_do_not_call for line in lines] == [False, True]


def test_facts_of_another_clubs_member_are_not_found(club, factories):
    stranger = db.session.query(Member).filter(Member.club_id != club.id).one()

    with pytest.raises(NotFoundError):
        browsing.get_facts(club.id, stranger.id)
