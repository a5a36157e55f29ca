from __future__ import annotations

from pathlib import Path

import pytest

from tests.story.people import Person
from tests.support import browser as chromium
from tests.support import redis_server
from tests.support.house import House
from tests.support.house import running_house
from tests.support.require import require

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
LOCALES = {"fa": "fa-IR", "en": "en-GB"}


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    require("Redis server", redis_server.is_available(), "install redis-server or valkey-server")
    with running_house(tmp_path_factory.mktemp("house")) as house:
        yield house


# For one file, not for all: an event loop of Playwright that runs on would keep every other test from having its own.
@pytest.fixture(scope="module")
def browser():
    require("Chromium", chromium.is_available(), "install chromium")
    with chromium.running_browser() as browser:
        yield browser


@pytest.fixture(params=["fa", "en"])
def language(request):
    return request.param


@pytest.fixture
def visitor(browser):
    """A person at a browser of their own, in any house: `visitor(house, "manager@demo", "fa")`, signed in."""
    opened = []

    def enter(house: House, email: str, language: str) -> Person:
        context = browser.new_context(locale=LOCALES[language], viewport={"width": 1440, "height": 900})
        opened.append(context)
        page = context.new_page()
        someone = Person(page, house.url, language, SCREENSHOTS)
        someone.sign_in(email, house.passwords[email])
        return someone

    yield enter
    for context in opened:
        context.close()


@pytest.fixture
def person(house, visitor, language):
    """A person in the house with the simulated exchange: `person("manager@demo")`, signed in."""
    return lambda email: visitor(house, email, language)
