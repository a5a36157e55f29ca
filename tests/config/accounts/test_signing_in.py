import pytest

from config.accounts import people
from config.accounts.access import Role
from config.accounts.models import User
from config.accounts.redirects import safe_next
from config.database import db
from tests.factories import PASSWORD


@pytest.fixture
def person(factories):
    return factories.user(Role.MANAGER, [factories.club()])


def sign_in_with(client, email, password=PASSWORD, **form):
    return client.post("/sign-in", data={"email": email, "password": password, **form})


def test_the_right_password_opens_the_page_asked_for(client, person):
    answer = sign_in_with(client, person.email.upper(), next="/me")

    assert answer.location == "/me"
    assert person.email in client.get("/me").text


@pytest.mark.parametrize("email", ["nobody@test", None], ids=["unknown address", "wrong password"])
def test_a_wrong_address_and_a_wrong_password_get_the_same_answer(client, person, email):
    answer = sign_in_with(client, email or person.email, "not the password")

    assert answer.status_code == 401
    assert "گذرواژه با هم نمی‌خوانند" in answer.text


def test_a_disabled_account_stays_outside(client, person):
    people.set_enabled(person, enabled=False)
    db.session.commit()

    assert sign_in_with(client, person.email).status_code == 401


def test_a_new_password_ends_older_sessions(client, person):
    sign_in_with(client, person.email)

    people.set_password(db.session.get(User, person.id), "another password")
    db.session.commit()

    assert "/sign-in" in client.get("/me").location


def test_signing_out_ends_a_copied_cookie_too(client, person):
    sign_in_with(client, person.email)
    copied = client.get_cookie("hamseda").value

    client.post("/sign-out")
    client.set_cookie("hamseda", copied)

    assert "/sign-in" in client.get("/me").location


def test_signing_in_is_throttled_by_account(app, client, person):
    statuses = [sign_in_with(client, person.email, "wrong again").status_code for _ in range(9)]

    assert statuses == [401] * 8 + [429]


def test_a_form_without_its_token_is_refused(app, client, person):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = sign_in_with(client, person.email)
    finally:
        app.config["WTF_CSRF_ENABLED"] = False

    assert answer.status_code == 400


def test_every_page_carries_its_protection(client):
    headers = client.get("/sign-in").headers

    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_the_session_cookie_is_out_of_reach(client, person):
    cookie = sign_in_with(client, person.email).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize(
    "target",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", "", None],
)
def test_nobody_is_sent_to_another_house(target):
    assert safe_next(target) == "/"


def test_the_language_is_kept_with_the_person(client, person):
    sign_in_with(client, person.email)

    client.post("/language/en", data={"next": "/me"})

    assert 'dir="ltr"' in client.get("/me").text


@pytest.mark.parametrize(("header", "language"), [("fa-IR,en;q=0.5", "fa"), ("en-GB", "en"), ("de", "fa")])
def test_the_first_guess_is_the_browsers(client, header, language):
    page = client.get("/sign-in", headers={"Accept-Language": header}).text

    assert f'lang="{language}"' in page
