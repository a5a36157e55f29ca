import pytest

from config.accounts.access import Role
from config.accounts.people import add_club
from config.accounts.people import find_user
from config.accounts.people import get_club
from config.errors import InvalidInputError


@pytest.fixture
def club(factories):
    return factories.club()


@pytest.fixture
def as_administrator(client, factories, sign_in):
    sign_in(client, factories.user(Role.ADMINISTRATOR))
    return client


def form(of, **fields):
    return {
        "name": "نگار",
        "email": "negar@cafe",
        "role": "manager",
        "club": of.id,
        "password": "long enough 1",
        **fields,
    }


def test_an_account_is_added_with_its_club(as_administrator, club):
    club_id = club.id

    answer = as_administrator.post("/accounts", data=form(club))

    assert answer.status_code == 302
    person = find_user("negar@cafe")
    assert [place.club_id for place in person.memberships] == [club_id]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": "n" * 200 + "@cafe"}, "email"),
        ({"name": "ن" * 201}, "name"),
        ({"password": "short"}, "password"),
        ({"club": ""}, "club"),
        ({"club": "9" * 5000}, "club"),
        ({"role": "king"}, "role"),
    ],
)
def test_a_bad_account_is_refused_at_its_field(as_administrator, club, fields, field):
    answer = as_administrator.post("/accounts", data=form(club, **fields))

    assert answer.status_code == 422
    assert f"#f-{field}" in answer.text
    assert find_user("negar@cafe") is None


def test_an_address_pasted_with_marks_nobody_sees_is_the_same_address(as_administrator, club):
    as_administrator.post("/accounts", data=form(club, email="\u200eNegar@cafe\u202c"))

    assert find_user("negar@cafe") is not None
    assert find_user("\u200enegar@cafe\x00") is not None


def test_a_club_gets_the_zone_of_the_installation(app, as_administrator):
    as_administrator.post("/accounts/clubs", data={"slug": "cafe", "club_name": "کافه"})

    assert get_club("cafe").time_zone == app.config["TIME_ZONE"]


def test_an_empty_house_shows_the_first_steps_until_there_are_people(as_administrator, factories):
    as_administrator.post("/language/en")

    assert "First steps" in as_administrator.get("/accounts").text
    factories.user(Role.MANAGER, [factories.club()])
    assert "First steps" not in as_administrator.get("/accounts").text


def test_pages_about_a_club_say_that_there_is_none(as_administrator):
    as_administrator.post("/language/en")

    answer = as_administrator.get("/members")

    assert answer.status_code == 404
    assert "There is no club here yet" in answer.text


@pytest.mark.parametrize("name", [" ", "ن" * 201])
def test_a_club_needs_a_name(as_administrator, name):
    answer = as_administrator.post("/accounts/clubs", data={"slug": "cafe", "club_name": name})

    assert answer.status_code == 422
    assert "#f-club_name" in answer.text


def test_a_club_needs_a_zone_that_there_is(app):
    with pytest.raises(InvalidInputError) as refusal:
        add_club("cafe", name="کافه", time_zone="Mars/Olympus")

    assert refusal.value.field == "time_zone"


def test_an_operator_without_a_phone_is_refused(as_administrator, club):
    answer = as_administrator.post("/accounts", data=form(club, role="operator"))

    assert answer.status_code == 422
    assert find_user("negar@cafe") is None


def test_nobody_locks_themselves_out(as_administrator):
    me = find_user_id(as_administrator)

    assert as_administrator.post(f"/accounts/{me}/disable").status_code == 409


def find_user_id(client):
    with client.session_transaction() as session:
        return int(session["_user_id"].split(":")[0])
