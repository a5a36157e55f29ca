"""Fixtures for all tests: a migrated database of each kind, the application on it, a client, people who sign in."""

from __future__ import annotations

import contextvars
import os
from types import SimpleNamespace
from typing import TYPE_CHECKING

import fakeredis
import pytest
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import HealthCheck
from hypothesis import settings

import wsgi
from config import kept
from config.accounts.signing_in import limiter
from config.database import begin_reading
from config.database import db
from config.database import restore_mode
from config.settings import load_settings
from surveys.interviews.wording import wording_of
from tests import factories as factory_functions
from tests.support import cleaning
from tests.support import postgresql
from tests.support import redis_server
from tests.support import turns
from tests.support.require import require

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

# A busy machine is no failure of the property.
settings.register_profile("without_deadline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("without_deadline")


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL cluster of our own, as long as the tests run."""
    require("PostgreSQL", postgresql.is_available(), "install PostgreSQL 15 or newer")
    with postgresql.cluster() as url:
        yield url


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Redis server of our own."""
    require("Redis server", redis_server.is_available(), "install redis-server or valkey-server")
    with redis_server.running(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a migrated SQLite database."""
    home = tmp_path_factory.mktemp("home")
    yield from migrated(make_app(home, f"sqlite:///{home}/test.db"))


@pytest.fixture(scope="session")
def postgresql_app(postgresql_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a migrated PostgreSQL database."""
    yield from migrated(make_app(tmp_path_factory.mktemp("home"), postgresql_url))


def migrated(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        upgrade()
        cleaning.remember(app)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


# Both stay as long as the tests run: a worker of `pytest -n` goes from file to file, and each file asks for both.
@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def migrated_app(request: pytest.FixtureRequest) -> Flask:
    """The application on a migrated database of one kind."""
    return request.getfixturevalue(f"{request.param}_app")


def make_app(home: Path, url: str, **environ: str) -> Flask:
    """The application as tests want it: no CSRF tokens, throttles in memory, a Redis of its own in memory."""
    environ = {"HAMSEDA_HOME": str(home), "HAMSEDA_DATABASE_URL": url, "HAMSEDA_SECRET_KEY": "tests-only", **environ}
    overrides = {
        "TESTING": True,
        "WTF_CSRF_ENABLED": False,
        "RATELIMIT_STORAGE_URI": "memory://",
    }
    app = wsgi.create_app(load_settings(environ, env_file=None), **overrides)
    app.extensions["hamseda_redis"] = fakeredis.FakeStrictRedis()
    app.test_client_class = OutsideClient
    return app


class OutsideClient(FlaskClient):
    """A client whose requests know nothing of the test's own context: its session, its `g`, its transaction."""

    def open(self, *args, **kwargs):
        db.session.commit()
        return contextvars.Context().run(super().open, *args, **kwargs)


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    """The application with an empty database, inside its context; runs once on SQLite and once on PostgreSQL."""
    mode = begin_reading()
    with migrated_app.app_context():
        yield migrated_app
        db.session.remove()
        cleaning.empty(migrated_app)
        limiter.reset()
        # The next test's versions take the ids of this one's.
        wording_of.cache_clear()
        kept.forget_all()
    migrated_app.extensions["hamseda_redis"].flushall()
    restore_mode(mode)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript."""
    return app.test_client()


@pytest.fixture
def factories(app: Flask) -> SimpleNamespace:
    """Makers of rows, each committed: `factories.member(club)`."""
    names = [name for name in vars(factory_functions) if not name.startswith("_")]
    return SimpleNamespace(**{name: getattr(factory_functions, name) for name in names})


@pytest.fixture
def sign_in():
    """Sign a user in on a client: `sign_in(client, user)`."""

    def act(client: FlaskClient, user) -> None:
        with client.session_transaction() as session:
            session["_user_id"] = f"{user.id}:{user.session_epoch}"
            session["_fresh"] = True

    return act


# What these ask is at work beside the rest of the run: an exchange that was late is asked again, and the run's last
# line counts it. What runs in our own process has one try.
OUTSIDE = {"asterisk", "browser", "story", "own_asterisk"}
TRIES_MORE = 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give tests that wait for a real exchange, a browser or a whole house two tries more."""
    for item in items:
        names = {marker.name for marker in item.iter_markers()} | set(getattr(item, "fixturenames", ()))
        if names & OUTSIDE:
            item.add_marker(pytest.mark.flaky(reruns=TRIES_MORE))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item):
    """Wait for the test's turn, before the clock of its timeout starts."""
    with turns.turn(item):
        return (yield)


def pytest_report_header() -> str:
    return f"REQUIRE={os.environ.get('REQUIRE', '')}"
