import pytest

from config.accounts.access import Role
from config.accounts.people import find_user


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
        ({"password": "short"}, "password"),
        ({"club": ""}, "club"),
        ({"role": "king"}, "role"),
    ],
)
def test_a_bad_account_is_refused_at_its_field(as_administrator, club, fields, field):
    answer = as_administrator.post("/accounts", data=form(club, **fields))

    assert answer.status_code == 422
    assert f"#f-{field}" in answer.text
    assert find_user("negar@cafe") is None


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
