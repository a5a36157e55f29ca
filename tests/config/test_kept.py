"""What is read once and kept for a while."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy import update

from config import kept
from config.accounts.models import Club
from config.accounts.models import User
from config.database import db


@pytest.fixture
def names(app):
    """The names of the clubs as they are kept, and how often they were read."""
    reads = []

    def read(suffix):
        reads.append(suffix)
        return sorted(f"{name}{suffix}" for name in db.session.scalars(db.select(Club.name)))

    ours = kept.kept(Club)(read)
    ours.reads = reads
    yield ours
    kept._every.remove(ours)


@pytest.fixture
def club(factories):
    return factories.club(name="Lamiz")


def test_it_is_read_once_for_each_value(club, names):
    assert names("!") == names("!") == ["Lamiz!"]
    assert names("?") == ["Lamiz?"]
    assert names.reads == ["!", "?"]


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda club: setattr(club, "name", "Sam"), id="an object"),
        pytest.param(lambda club: db.session.execute(update(Club).values(name="Sam")), id="a statement"),
        pytest.param(lambda club: db.session.execute(text("UPDATE clubs SET name = 'Sam'")), id="words"),
    ],
)
def test_a_commit_that_writes_the_table_makes_it_read_anew(club, names, write):
    names("")

    write(club)
    db.session.commit()

    assert names("") == ["Sam"]


def test_a_rollback_and_a_commit_that_writes_others_leave_it(club, names, factories):
    names("")

    club.name = "Sam"
    db.session.flush()
    db.session.rollback()
    factories.user()
    db.session.commit()

    assert names("") == ["Lamiz"]
    assert names.reads == [""]
    assert User.__tablename__ not in names.tables


def test_after_some_seconds_it_is_read_anew(club, names, monkeypatch):
    names("")

    monkeypatch.setattr(kept, "monotonic", lambda: float("inf"))

    assert names("") == ["Lamiz"]
    assert names.reads == ["", ""]


def test_what_was_read_before_a_commit_that_came_meanwhile_is_not_kept():
    reads = []

    def read():
        reads.append("")
        if len(reads) == 1:
            # Another thread commits now.
            ours.forget()
        return len(reads)

    ours = kept.Kept(read, frozenset())

    assert [ours(), ours(), ours()] == [1, 2, 2]
