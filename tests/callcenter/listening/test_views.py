from __future__ import annotations

from datetime import timedelta

import pytest

from callcenter.calls.models import Call
from callcenter.handover.models import Handover
from callcenter.listening import keeping
from callcenter.listening import queries
from callcenter.listening.models import Listening
from callcenter.listening.models import SupervisorPhone
from config.accounts.access import Role
from config.accounts.models import Club
from config.accounts.models import User
from config.database import db
from config.database import utcnow


@pytest.fixture
def floor(client, sign_in, factories, call):
    """The floor in a supervisor's browser, in English."""
    person = factories.user(Role.SUPERVISOR, [db.session.get_one(Club, call.club_id)])
    person.language = "en"
    db.session.commit()
    sign_in(client, person)
    return lambda: client.get("/floor").get_data(as_text=True)


def row():
    db.session.rollback()
    return db.session.query(Listening).one()


def test_a_supervisor_gives_a_phone_listens_and_leaves(floor, client, call):
    assert "Whisper" not in floor()
    client.post("/floor/listening/phone", data={"extension": "۱۵۰"})
    assert 'value="whisper"' in floor()

    client.post("/floor/listening", data={"call_id": call.id, "manner": "whisper"})
    page = floor()
    assert "your phone rings" in page
    assert 'value="whisper"' not in page

    keeping.note_started(row().channel_id, now=utcnow())
    db.session.commit()
    assert "your phone rings" not in floor()

    client.post(f"/floor/listening/{row().id}/end")
    assert row().end_requested_at is not None
    keeping.note_end(row().channel_id, now=utcnow())
    db.session.commit()
    page = floor()
    assert "whispered to the operator" in page
    assert 'value="whisper"' in page


def test_without_a_phone_the_floor_says_what_is_missing(floor, client, call):
    client.post("/floor/listening", data={"call_id": call.id, "manner": "listen"})

    assert "Enter the number of your phone first" in floor()
    assert db.session.query(Listening).count() == 0


@pytest.mark.parametrize("extension", ["", "1 5", "PJSIP/1"])
def test_a_wrong_phone_is_refused_in_words(floor, client, extension):
    client.post("/floor/listening/phone", data={"extension": extension})

    assert "A phone is letters and digits" in floor()


@pytest.mark.parametrize("form", [{"call_id": "x", "manner": "listen"}, {"call_id": "1", "manner": "shout"}])
def test_a_form_that_no_page_makes_is_refused(floor, client, form):
    assert client.post("/floor/listening", data=form).status_code == 422


def test_a_call_of_another_club_is_not_there(client, sign_in, factories, call):
    sign_in(client, factories.user(Role.SUPERVISOR, [factories.club()]))

    assert client.post("/floor/listening", data={"call_id": call.id, "manner": "listen"}).status_code == 404


def test_who_listened_is_shown_to_supervisors_alone(floor, client, sign_in, factories, call):
    client.post("/floor/listening/phone", data={"extension": "150"})
    client.post("/floor/listening", data={"call_id": call.id, "manner": "barge"})
    assert "Listened today" in floor()

    administrator = factories.user(Role.ADMINISTRATOR, [])
    administrator.language = "en"
    db.session.commit()
    sign_in(client, administrator)
    page = client.get("/floor").get_data(as_text=True)

    assert "Listened today" not in page
    assert "joined in" not in page


def test_a_new_supervisor_has_the_phone_of_the_account(app, client, sign_in, factories):
    club = factories.club()
    sign_in(client, factories.user(Role.ADMINISTRATOR, []))
    form = {"name": "سرپرست", "email": "boss@club", "role": "supervisor", "password": "long-enough-1", "club": club.id}

    client.post("/accounts", data={**form, "extension": "160"})

    assert db.session.scalars(db.select(SupervisorPhone.extension)).all() == ["160"]


def test_nobody_is_offered_to_listen_to_themselves(client, sign_in, call):
    person = db.session.get_one(User, call.operator_id)
    person.role = Role.SUPERVISOR
    db.session.commit()
    sign_in(client, person)
    client.post("/floor/listening/phone", data={"extension": "150"})

    page = client.get("/floor").text

    assert person.name in page
    assert 'value="whisper"' not in page


def test_the_log_names_who_had_the_call_then_though_it_went_to_another_desk(floor, client, call, factories):
    club = db.session.get_one(Club, call.club_id)
    first, second = factories.operator([club]).id, factories.operator([club]).id
    db.session.get_one(User, first).name = "Giver One"
    row_of_call = db.session.get_one(Call, call.id)
    row_of_call.operator_id = second
    client.post("/floor/listening/phone", data={"extension": "150"})
    client.post("/floor/listening", data={"call_id": call.id, "manner": "listen"})
    keeping.note_end(row().channel_id, now=utcnow())
    taken_at = utcnow()
    db.session.add(
        Handover(
            club_id=club.id, entry_id=call.entry_id, call_id=call.id, from_id=first, to_id=second,
            given_by=second, done_at=taken_at, ended_at=taken_at,
        )
    )  # fmt: skip
    db.session.commit()

    lines = queries.board(club.id, second, since=taken_at - timedelta(hours=1)).today

    assert [line.operator for line in lines] == ["Giver One"]
