from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import TimeoutError  # noqa: A004  # of the pool of connections

from config.accounts.models import Club
from config.accounts.models import Role
from config.database import db

HUGE = "9" * 25


@pytest.mark.parametrize("path", [f"/members/{HUGE}", f"/members?before={HUGE}", f"/jobs/{HUGE}"])
def test_an_id_that_no_column_holds_is_a_refusal_and_no_crash(factories, client, sign_in, path):
    sign_in(client, factories.user(Role.CLUB_STAFF, [factories.club()]))

    assert client.get(path).status_code == 422


def test_the_last_day_of_the_calendar_is_not_taken_and_no_crash(factories, client, sign_in):
    sign_in(client, factories.user(Role.MANAGER, [factories.club()]))

    page = client.get("/results?from=9999-12-31&to=9999-12-31")

    assert page.status_code == 200
    assert "چنین روزی در تقویم نیست" in page.text


def test_when_no_connection_comes_free_it_is_said_that_later_it_works_again(app):
    with app.test_request_context("/desk/parts", headers={"Accept": "application/json"}):
        answer = app.make_response(app.handle_user_exception(TimeoutError("QueuePool limit")))

    assert (answer.status_code, answer.json["error"]) == (503, "database_down")


def test_a_failed_statement_is_told_without_its_values(app):
    with pytest.raises(DBAPIError) as failure:
        db.session.execute(text("INSERT INTO nowhere VALUES (:phone)"), {"phone": "+989121234567"})
    db.session.rollback()

    assert "9121234567" not in str(failure.value)


def test_of_two_requests_that_want_the_same_key_the_slower_one_is_refused(app, factories):
    factories.club(slug="cafe")
    db.session.add(Club(slug="cafe", name="کافه"))
    with pytest.raises(IntegrityError) as failure:
        db.session.flush()

    with app.test_request_context("/accounts/clubs", headers={"Accept": "application/json"}):
        answer = app.make_response(app.handle_user_exception(failure.value))

    assert (answer.status_code, answer.json["error"]) == (409, "conflict")
