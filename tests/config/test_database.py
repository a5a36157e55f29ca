from __future__ import annotations

import pytest
from sqlalchemy import create_engine
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import ProgrammingError

from config import database
from config.accounts.models import Membership
from config.accounts.models import Role
from config.database import db
from config.settings import load_settings

END_OTHERS = text(
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'idle' AND pid <> :own"
)


@pytest.fixture
def engine(postgresql_url, tmp_path):
    url = load_settings(
        {"HAMSEDA_HOME": str(tmp_path), "HAMSEDA_DATABASE_URL": postgresql_url}, env_file=None
    ).database_url
    engine = create_engine(url, **database.engine_options(url))
    database.prepare_engine(engine)
    yield engine
    engine.dispose()


def end_the_connection_in_the_pool(engine):
    with engine.connect() as doomed:
        doomed.execute(text("SET application_name = 'idle'"))
        doomed.commit()
    end_the_idle(engine)


def end_the_idle(engine):
    other = create_engine(engine.url)
    with other.connect() as connection:
        own = connection.scalar(text("SELECT pg_backend_pid()"))
        assert connection.scalar(END_OTHERS, {"own": own}) == 1
    other.dispose()


def test_a_connection_that_was_cut_while_it_lay_idle_is_replaced(engine, monkeypatch):
    monkeypatch.setattr(database, "IDLE_SECONDS", 0.0)
    end_the_connection_in_the_pool(engine)

    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1


@pytest.mark.parametrize("say", ["commit", "rollback"])
def test_one_that_is_cut_in_a_transaction_says_so_and_the_next_finds_a_new_one(engine, say):
    with engine.connect() as connection:
        connection.execute(text("SET application_name = 'idle'"))
        connection.commit()
        connection.execute(text("SELECT 1"))
        end_the_idle(engine)

        with pytest.raises(OperationalError):
            getattr(connection, say)()

    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def use_often(engine):
    """Read in transactions that end as those of a request that only reads: undone."""
    for _ in range(8):
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT CAST(:value AS integer)"), {"value": 1}) == 1


def prepared_count(engine):
    with engine.connect() as connection:
        return connection.scalar(
            text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%AS integer%'")
        )


def test_what_is_asked_often_stays_prepared_after_transactions_that_only_read(engine):
    use_often(engine)

    assert prepared_count(engine) == 1


def test_after_a_refused_statement_all_are_prepared_anew(engine):
    use_often(engine)

    with pytest.raises(ProgrammingError), engine.connect() as connection:
        connection.execute(text("SELECT nothing"))

    assert prepared_count(engine) == 0
    use_often(engine)
    assert prepared_count(engine) == 1


def test_one_that_was_used_just_now_is_not_asked_and_the_next_finds_a_new_one(engine, monkeypatch):
    monkeypatch.setattr(database, "IDLE_SECONDS", 3600.0)
    end_the_connection_in_the_pool(engine)

    with pytest.raises(OperationalError), engine.connect() as connection:
        connection.scalar(text("SELECT 1"))

    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def test_only_a_unique_value_counts_as_there_already(factories):
    club = factories.club()
    person = factories.user(Role.MANAGER, [club])
    db.session.commit()

    assert not database.add_if_new(Membership(user_id=person.id, club_id=club.id))
    with pytest.raises(IntegrityError):
        database.add_if_new(Membership(user_id=person.id + 1000, club_id=club.id))
