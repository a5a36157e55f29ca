from __future__ import annotations

from datetime import date

import pytest

from club.credit.models import Offer
from config.accounts.access import Role
from config.database import db

FORM = {"name": "پاییز", "amount": "۲۰٬۰۰۰"}


def only_offer():
    return db.session.query(Offer).one()


def test_an_offer_is_made_from_toman_in_any_digits(staff, club, factories):
    gold, silver = factories.tier(club), factories.tier(club)

    answer = staff.post(
        "/offers",
        data={
            **FORM,
            f"tier_{gold.id}": "۱۵",
            f"tier_{silver.id}": "",
            "birthday_percent": "50",
            "birthday_days": "٣",
            "starts_on": "۱۴۰۵/۰۱/۰۱",
            "ends_on": "2026-12-31",
        },
    )

    assert answer.status_code == 302
    offer = only_offer()
    assert (offer.name, offer.amount_rial, offer.club_id, offer.is_active) == ("پاییز", 200_000, club.id, True)
    assert (offer.birthday_percent, offer.birthday_days) == (50, 3)
    assert (offer.starts_on, offer.ends_on) == (date(2026, 3, 21), date(2026, 12, 31))
    assert [(bonus.tier_id, bonus.percent) for bonus in offer.tier_bonuses] == [(gold.id, 15)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param({"name": " "}, "Give the offer a name.", id="no name"),
        pytest.param({"name": "x" * 201}, "This name is too long.", id="a long name"),
        pytest.param({"amount": ""}, "Write a whole number from 1 to 1,000,000,000.", id="no amount"),
        pytest.param({"amount": "0"}, "Write a whole number from 1", id="nothing"),
        pytest.param({"amount": "-5"}, "Write a whole number from 1", id="less than nothing"),
        pytest.param({"amount": "9" * 30}, "Write a whole number from 1", id="more than there is"),
        pytest.param({"amount": "0" * 10 + "20000" + "9" * 6}, "Write a whole number from 1", id="noughts first"),
        pytest.param({"birthday_percent": "501"}, "Write a whole number from 0 to 500.", id="a wild per cent"),
        pytest.param({"starts_on": "1405/13/01"}, "This is not a day of the calendar", id="no such month"),
        pytest.param(
            {"starts_on": "1405/02/01", "ends_on": "1405/01/31"}, "The last day comes before the first.", id="backwards"
        ),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_rest_of_the_form_kept(staff, typed, sentence):
    answer = staff.post("/offers", data={**FORM, "birthday_days": "21", **typed})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="21"' in answer.text
    assert db.session.query(Offer).count() == 0


def test_a_percent_for_another_clubs_tier_is_not_taken(staff, factories):
    stranger = factories.tier(factories.club())

    staff.post("/offers", data={**FORM, f"tier_{stranger.id}": "15"})

    assert only_offer().tier_bonuses == []


def test_an_offer_is_stopped_and_started_again(staff, club, factories):
    offer_id = factories.offer(club).id

    staff.post(f"/offers/{offer_id}/stop")
    assert only_offer().is_active is False
    assert "stopped" in staff.get("/offers").text
    staff.post(f"/offers/{offer_id}/start")

    db.session.expire_all()
    assert only_offer().is_active is True


def test_another_clubs_offers_are_not_there(staff, factories):
    offer_id = factories.offer(factories.club(), name="theirs").id

    assert "theirs" not in staff.get("/offers").text
    assert staff.post(f"/offers/{offer_id}/stop").status_code == 404
    assert only_offer().is_active is True


def test_a_manager_does_not_make_offers(client, factories, sign_in, club):
    sign_in(client, factories.user(Role.MANAGER, [club]))

    assert client.get("/offers").status_code == 403
    assert client.post("/offers", data=FORM).status_code == 403
