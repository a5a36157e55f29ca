from __future__ import annotations

import json
from datetime import UTC
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlalchemy import select

from club.members import importing
from club.members.models import Branch
from club.members.models import Member
from config.database import db

DATA = Path(__file__).parents[3] / "data"
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def expected():
    return json.loads((DATA / "members_messy.expected.json").read_text())


def run(club, now=NOW):
    db.session.commit()
    report = importing.import_file(DATA / "members_messy.csv", club.id, now=now)
    db.session.commit()
    return report


def test_the_messy_file_gives_what_a_right_import_gives(app, factories, expected):
    club, noise = factories.club(), factories.club()
    factories.member(noise, phone="+989999000478", external_id="C000835")

    report = run(club)

    assert (report.rows, report.created, report.updated) == (
        expected["rows"],
        expected["created"],
        expected["updated"],
    )
    assert [{"line": one.line, "field": one.field} for one in report.rejected] == expected["rejected"]
    members = db.session.scalars(select(Member).where(Member.club_id == club.id)).all()
    assert len(members) == expected["members"]
    assert sum(member.consent_calls for member in members) == expected["with_call_consent"]
    by_phone = {member.phone: member for member in members}
    for phone, facts in expected["sample"].items():
        assert told(by_phone[phone]) == facts


def told(member):
    return {
        "external_id": member.external_id,
        "name": f"{member.first_name} {member.last_name}",
        "birth_date": member.birth_date.isoformat(),
        "joined_at": member.joined_at.isoformat(),
        "consent_calls": member.consent_calls,
    }


def test_the_same_import_again_creates_nothing_and_changes_nothing(app, factories):
    club = factories.club()
    first = run(club)
    before = contents(club)

    second = run(club, now=LATER)

    assert second.created == 0
    assert second.updated == first.created + first.updated
    assert second.rejected == first.rejected
    assert contents(club) == before


def contents(club):
    columns = [column for column in Member.__table__.columns if column.name != "updated_at"]
    return db.session.execute(select(*columns).where(Member.club_id == club.id).order_by(Member.id)).all()


def test_every_branch_is_made_once(app, factories):
    club = factories.club()
    run(club)

    names = db.session.scalars(select(Branch.name).where(Branch.club_id == club.id)).all()

    assert sorted(names) == sorted(["انقلاب", "ونک", "تجریش"])


def test_another_club_keeps_its_members_as_they_were(app, factories):
    club, other = factories.club(), factories.club()
    theirs = factories.member(other, phone="+989999000478", external_id="C000835", first_name="دیگری").id

    run(club)

    assert db.session.get(Member, theirs).first_name == "دیگری"
    assert db.session.scalar(select(func.count()).where(Member.club_id == other.id)) == 1
