from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from callcenter.objections import keeping
from callcenter.objections import starting
from config.accounts import people
from config.database import db

PARKING = {
    "title_fa": "جای پارک نبود",
    "title_en": "There was no parking",
    "reply_fa": "درست می‌گویید؛ به شعبه‌ی {branch} می‌گویم.",
    "reply_en": "You are right; I tell {branch}.",
}


@pytest.fixture
def seeded(club):
    starting.on_club_added(club_id=club.id)
    db.session.commit()
    return keeping.of_club(club.id)


def titles(club):
    db.session.rollback()
    return [one.title_en for one in keeping.of_club(club.id)]


def test_a_new_club_begins_with_six(app):
    club = people.add_club("fresh", name="تازه", time_zone="Asia/Tehran")

    found = keeping.of_club(club.id)

    assert len(found) == 6
    assert found[0].title == {"fa": "شماره‌ی من را از کجا آورده‌اید؟", "en": "Who gave you my number?"}
    assert all(one.is_offered and one.reply["fa"] and one.reply["en"] for one in found)


def test_the_migration_gives_the_same_six(app):
    [path] = Path(app.root_path, "migrations/versions").glob("*_objections.py")
    written = import_module(f"migrations.versions.{path.stem}").FIRST

    # A club's replies are its own from then on: their words may have been bettered for new clubs since.
    assert [objection[:2] for objection in written] == [objection[:2] for objection in starting.FIRST]


def test_an_objection_is_added_changed_moved_and_switched_off(client, supervisor, club, seeded):
    client.post("/floor/objections", data=PARKING)
    added = keeping.of_club(club.id)[-1]
    client.post(f"/floor/objections/{added.id}/up")
    client.post(f"/floor/objections/{seeded[0].id}", data={**PARKING, "title_en": "Where to park?"})

    page = client.get("/floor/objections").text
    first = keeping.of_club(club.id)[0]

    assert titles(club)[4:] == ["What happens to my answers?", "There was no parking", seeded[5].title_en]
    assert (first.title_en, first.is_offered) == ("Where to park?", False)
    assert "not on the desks" in page


def test_the_first_one_stays_where_it_is(client, supervisor, club, seeded):
    client.post(f"/floor/objections/{seeded[0].id}/up")

    assert titles(club) == [one.title_en for one in seeded]


@pytest.mark.parametrize(
    ("field", "text"),
    [("title_fa", " "), ("title_en", "x" * 81), ("reply_fa", ""), ("reply_en", "Your {salary} please")],
)
def test_what_cannot_be_said_is_told_at_its_field(client, supervisor, club, field, text):
    reply = client.post("/floor/objections", data={**PARKING, field: text})

    assert reply.status_code == 422
    assert f'href="#f-{field}"' in reply.text
    assert keeping.of_club(club.id) == []


def test_there_are_keys_for_nine(client, supervisor, club, seeded):
    for _ in range(3):
        client.post("/floor/objections", data=PARKING)

    reply = client.post("/floor/objections", data=PARKING)

    assert (reply.status_code, len(titles(club))) == (422, 9)


def test_those_of_another_club_are_not_there(client, supervisor, factories, seeded):
    other = factories.club()
    strange = keeping.add(other.id, PARKING)
    db.session.commit()

    answers = [
        client.post(f"/floor/objections/{strange}", data=PARKING),
        client.post(f"/floor/objections/{strange}/up"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "There was no parking" not in client.get("/floor/objections").text
