from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from datetime import timezone

import pytest
from sqlalchemy import bindparam
from sqlalchemy import delete
from sqlalchemy import insert
from sqlalchemy import literal
from sqlalchemy import select
from sqlalchemy import text
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import NoResultFound
from sqlalchemy.exc import OperationalError

from config.accounts.models import Club
from config.accounts.models import Membership
from config.accounts.models import Role
from config.accounts.models import User
from config.database import db
from config.kept import kept
from config.statements import run_plain
from config.statements import savepoint

TEHRAN = timezone(timedelta(hours=3, minutes=30))
ADD = insert(Club).values({name: bindparam(name) for name in ("slug", "name", "time_zone", "created_at")})
FIND = select(Club.id, Club.slug, Club.created_at).where(Club.slug == bindparam("slug"))
ROLES = select(User.id, User.role, literal(Role.MANAGER, User.role.type).label("other")).order_by(User.id)
RENAME = update(Club).where(Club.slug == bindparam("old")).values(slug=bindparam("new"))
REMOVE = delete(Club).where(Club.slug == bindparam("slug")).returning(Club.name)
IDS_TWICE = select(Club.id, User.id).join(Membership, Membership.club_id == Club.id).join(User)
THE_END = select(text("pg_terminate_backend(pg_backend_pid())"))
SERVER = text("SELECT pg_backend_pid()")
ONE_OF = select(Club.id).where(Club.slug.in_(bindparam("slugs", expanding=True)))
WITHOUT_TIME = insert(Club).values({name: bindparam(name) for name in ("slug", "name", "time_zone")})


def add(slug, at=datetime(2026, 3, 21, tzinfo=UTC)):
    return run_plain(ADD, {"slug": slug, "name": "کلوب", "time_zone": "Asia/Tehran", "created_at": at})


def test_values_and_rows_are_those_of_the_columns(app, factories):
    add("a", datetime(2026, 3, 21, 3, 30, tzinfo=TEHRAN))
    found = run_plain(FIND, {"slug": "a"}).one()
    assert (found.slug, found.created_at) == ("a", datetime(2026, 3, 21, tzinfo=UTC))
    assert found.created_at.tzinfo is UTC

    factories.user(role=Role.OPERATOR)
    db.session.flush()
    row = run_plain(ROLES, {}).one()
    assert (row.role, row.other) == (Role.OPERATOR, Role.MANAGER)
    assert isinstance(row.role, Role)


def test_what_writes_gives_back_only_what_it_was_asked_for(app):
    assert add("a") == []
    assert run_plain(RENAME, {"old": "a", "new": "b"}) == []
    assert run_plain(REMOVE, {"slug": "b"}).scalar() == "کلوب"
    assert run_plain(REMOVE, {"slug": "b"}).scalar() is None
    assert run_plain(FIND, {"slug": "b"}).one_or_none() is None
    with pytest.raises(NoResultFound):
        run_plain(FIND, {"slug": "b"}).one()


def test_of_columns_with_one_name_the_first_has_it(app, factories):
    user = factories.user(clubs=[factories.club()])
    db.session.flush()

    row = run_plain(IDS_TWICE, {}).one()

    assert tuple(row) == (row.id, user.id)


def test_a_refusal_is_told_as_the_session_tells_it_and_undone_to_the_savepoint(app):
    add("a")

    with pytest.raises(IntegrityError) as refused:
        add_both("b", "a")

    assert "کلوب" not in str(refused.value)
    assert run_plain(select_slugs(), {}).scalars() == ["a"]


def add_both(*slugs):
    with savepoint():
        for slug in slugs:
            add(slug)


def select_slugs():
    return select(Club.slug).order_by(Club.slug)


def test_what_was_kept_of_a_table_is_forgotten_when_it_was_written_to(app):
    @kept(Club)
    def count():
        return len(run_plain(select_slugs(), {}))

    assert count() == 0
    add("a")
    db.session.commit()
    assert count() == 1


def test_a_statement_that_is_not_always_the_same_is_refused(postgresql_app):
    with postgresql_app.app_context():
        for statement in (ONE_OF, WITHOUT_TIME):
            with pytest.raises(ValueError, match="same every time"):
                run_plain(statement, {})
        db.session.remove()


def servers_of_two():
    with db.engine.connect() as one, db.engine.connect() as other:
        return {one.scalar(SERVER), other.scalar(SERVER)}


@pytest.mark.parametrize("place", [nullcontext, savepoint])
def test_a_connection_that_was_cut_says_so_and_the_next_transaction_has_another(postgresql_app, place):
    with postgresql_app.app_context():
        before = servers_of_two()
        with pytest.raises(OperationalError) as cut, place():
            run_plain(THE_END, {})
        assert cut.value.connection_invalidated
        db.session.rollback()
        assert run_plain(select_slugs(), {}) == []
        db.session.remove()
        # What else was in the pool is from before the cut too.
        assert before.isdisjoint(servers_of_two())
