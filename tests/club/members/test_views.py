from __future__ import annotations

from types import SimpleNamespace

import pytest

from club.members.events import history_asked
from club.members.models import DoNotCall
from config.accounts.access import Role
from config.database import db
from config.database import utcnow


@pytest.fixture
def signed_in(client, factories, sign_in, club):
    def act(role=Role.CLUB_STAFF, language="en"):
        sign_in(client, factories.user(role, [club], language=language))
        return client

    return act


def test_the_list_masks_numbers_and_links_each_row(club, factories, signed_in):
    member = factories.member(club, phone="+989121234567", first_name="Sara", last_name="Ahmadi")
    factories.member(factories.club(), first_name="Stranger")

    page = signed_in().get("/members").text

    assert "0912***4567" in page
    assert "09121234567" not in page
    assert f'href="/members/{member.id}"' in page
    assert "Stranger" not in page


def test_search_and_filters_stay_in_the_address_of_the_next_page(club, factories, signed_in, monkeypatch):
    monkeypatch.setattr("club.members.browsing.PAGE_SIZE", 1)
    for name in ("Sara A", "Sara B"):
        factories.member(club, first_name=name, search_key=name.lower())

    page = signed_in().get("/members?q=sara&consent=yes").text

    assert "Sara B" in page
    assert "Sara A" not in page
    assert "q=sara" in page
    assert "consent=yes&amp;before=" in page


def test_an_empty_club_teaches_and_an_empty_search_helps(signed_in):
    client = signed_in()

    assert "No members yet" in client.get("/members").text
    assert "Nobody fits" in client.get("/members?q=x").text


@pytest.mark.parametrize(
    ("role", "number"),
    [(Role.CLUB_STAFF, "09121234567"), (Role.ADMINISTRATOR, "09121234567"), (Role.MANAGER, "0912***4567")],
)
def test_the_members_page_shows_the_whole_number_to_those_who_need_it(club, factories, signed_in, role, number):
    member = factories.member(club, phone="+989121234567")

    page = signed_in(role).get(f"/members/{member.id}").text

    assert number in page
    assert ("09121234567" in page) is (number == "09121234567")


def test_the_members_page_tells_purchases_credit_and_interviews(club, factories, signed_in):
    member = factories.member(club, custom={"Colour": "green"})
    factories.purchase(member, amount_rial=4_850_000, items="Coffee")
    factories.ledger_entry(member, amount_rial=230_000)
    item = SimpleNamespace(
        survey="Autumn",
        state="complete",
        started_at=utcnow(),
        ended_at=utcnow(),
        scores=[SimpleNamespace(dimension="price", rating=3.5)],
        words=["Too dear"],
    )

    def answer(_sender, club_id, member_id):
        return [item] if member_id == member.id else []

    with history_asked.connected_to(answer):
        page = signed_in().get(f"/members/{member.id}").text

    for words in ("Colour", "green", "485,000", "Coffee", "23,000", "Autumn", "3.5", "Too dear"):
        assert words in page


def test_an_interview_that_is_under_way_is_told_in_words(club, factories, signed_in):
    member = factories.member(club)
    item = SimpleNamespace(survey="Autumn", state="started", started_at=utcnow(), ended_at=None, scores=[], words=[])

    def answer(_sender, **_who):
        return [item]

    with history_asked.connected_to(answer):
        page = signed_in().get(f"/members/{member.id}").text

    assert "not finished yet" in page


def test_a_member_of_another_club_is_not_there(factories, signed_in):
    stranger = factories.member(factories.club())

    assert signed_in().get(f"/members/{stranger.id}").status_code == 404
    assert signed_in().post(f"/members/{stranger.id}/do-not-call", data={"reason": "asked"}).status_code == 404


def test_staff_put_a_member_on_the_do_not_call_list(club, factories, signed_in):
    member = factories.member(club)
    client = signed_in()

    answer = client.post(f"/members/{member.id}/do-not-call", data={"reason": "asked", "note": "by e-mail"})

    assert answer.status_code == 302
    page = client.get(f"/members/{member.id}").text
    assert "The member asked for it" in page
    assert "by e-mail" in page
    assert "Never call this number again" not in page


def test_the_list_wants_one_of_its_reasons(club, factories, signed_in):
    member = factories.member(club)

    answer = signed_in().post(f"/members/{member.id}/do-not-call", data={"reason": "because"})

    assert answer.status_code == 422
    assert "Choose why" in answer.text
    assert db.session.query(DoNotCall).count() == 0


def test_a_manager_reads_and_does_not_write(club, factories, signed_in):
    member = factories.member(club)
    client = signed_in(Role.MANAGER)

    assert client.get("/members").status_code == 200
    assert "Never call this number again" not in client.get(f"/members/{member.id}").text
    assert client.post(f"/members/{member.id}/do-not-call", data={"reason": "asked"}).status_code == 403


def test_a_number_comes_off_the_list_for_a_reason_and_the_record_stays(club, factories, signed_in):
    member = factories.member(club, first_name="Sara", last_name="Ahmadi")
    client = signed_in()
    client.post(f"/members/{member.id}/do-not-call", data={"reason": "asked"})
    listing = db.session.query(DoNotCall).one().id
    assert "Sara Ahmadi" in client.get("/members/do-not-call").text

    assert client.post(f"/members/do-not-call/{listing}/lift", data={"reason": " "}).status_code == 422
    client.post(f"/members/do-not-call/{listing}/lift", data={"reason": "asked us to call"})

    assert "Sara Ahmadi" not in client.get("/members/do-not-call").text
    assert "asked us to call" in client.get("/members/do-not-call?show=lifted").text
    page = client.get(f"/members/{member.id}").text
    assert "asked us to call" in page
    assert "Never call this number again" in page


def test_the_list_of_the_house_is_the_administrators(club, factories, signed_in):
    member = factories.member(club)
    form = {"reason": "asked", "house_wide": "1"}
    signed_in().post(f"/members/{member.id}/do-not-call", data=form)
    signed_in(Role.ADMINISTRATOR).post(f"/members/{factories.member(club).id}/do-not-call", data=form)
    own, house = db.session.query(DoNotCall).order_by(DoNotCall.id)
    assert (own.club_id, house.club_id) == (club.id, None)
    path = f"/members/do-not-call/{house.id}/lift"

    assert signed_in().post(path, data={"reason": "x"}).status_code == 403
    assert signed_in(Role.ADMINISTRATOR).post(path, data={"reason": "x"}).status_code == 302
    assert db.session.get_one(DoNotCall, house.id).lifted_at is not None


def test_another_clubs_listing_is_not_lifted(factories, signed_in):
    foreign = factories.club()
    db.session.add(DoNotCall(club_id=foreign.id, phone="+989120000000", reason="asked"))
    db.session.commit()
    listing = db.session.query(DoNotCall).one().id

    assert signed_in().post(f"/members/do-not-call/{listing}/lift", data={"reason": "x"}).status_code == 404


def test_the_persian_page_has_persian_digits_dates_and_words(club, factories, signed_in):
    member = factories.member(club, phone="+989121234567")
    factories.ledger_entry(member, amount_rial=1_430_000)

    page = signed_in(language="fa").get(f"/members/{member.id}").text

    for words in ('dir="rtl"', "۰۹۱۲۱۲۳۴۵۶۷", "۱۴۳٬۰۰۰", "۱۱ دی ۱۴۰۱", "گردش اعتبار"):
        assert words in page


def test_the_language_of_calls_is_kept_and_any_other_refused(client, sign_in, factories):
    club = factories.club()
    member = factories.member(club)
    sign_in(client, factories.user(Role.CLUB_STAFF, [club], language="en"))
    address = f"/members/{member.id}"

    client.post(f"{address}/language", data={"language": "en"})

    assert '<option value="en" selected>English</option>' in client.get(address).text
    assert client.post(f"{address}/language", data={"language": "de"}).status_code == 422
    client.post(f"{address}/language", data={"language": ""})
    assert '<option value="en" selected>' not in client.get(address).text
