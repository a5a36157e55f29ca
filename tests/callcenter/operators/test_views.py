from __future__ import annotations

import pytest

from callcenter.operators import pauses
from config.accounts.models import Role

PRAYER = {"name_fa": "نماز", "name_en": "Prayer", "is_paid": "1"}


def reason(code):
    return pauses.find(code, pauses.reasons())


def test_the_supervisor_sees_every_reason_with_both_its_names(client, supervisor):
    page = client.get("/floor/pauses").text

    assert "استراحت کوتاه" in page
    assert "Technical trouble" in page


def test_a_new_reason_is_there_with_the_next_page(client, supervisor):
    client.post("/floor/pauses", data=PRAYER)

    assert "The desks offer the new reason" in client.get("/floor/pauses").text
    assert (reason("prayer").name_fa, reason("prayer").is_paid) == ("نماز", True)


def test_a_reason_is_renamed_made_unpaid_and_switched_off(client, supervisor):
    client.post("/floor/pauses/training", data={"name_fa": "دوره", "name_en": "Course"})

    now = reason("training")
    assert (now.name_fa, now.name_en, now.is_paid, now.is_offered) == ("دوره", "Course", False, False)


@pytest.mark.parametrize("address", ["/floor/pauses", "/floor/pauses/lunch"])
@pytest.mark.parametrize("field", ["name_fa", "name_en"])
def test_a_reason_without_a_name_is_refused_at_its_field_and_what_was_typed_stays(client, supervisor, address, field):
    reply = client.post(address, data={**PRAYER, field: " "})

    assert reply.status_code == 422
    assert f'id="f-{field}-error"' in reply.text
    assert PRAYER["name_en" if field == "name_fa" else "name_fa"] in reply.text
    assert reason("lunch").name_fa == "ناهار"


def test_a_tenth_reason_is_refused_with_what_to_do(client, supervisor):
    for number in range(5):
        reply = client.post("/floor/pauses", data={**PRAYER, "name_en": f"Reason {number}"})

    assert reply.status_code == 422
    assert "Switch one off first" in reply.text


def test_a_reason_that_is_not_there_is_not_found(client, supervisor):
    assert client.post("/floor/pauses/bored", data=PRAYER).status_code == 404


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.MANAGER, Role.CLUB_STAFF])
def test_the_list_is_the_supervisors(client, sign_in, factories, role):
    sign_in(client, factories.user(role, [factories.club()]))

    assert client.post("/floor/pauses", data=PRAYER).status_code == 403
