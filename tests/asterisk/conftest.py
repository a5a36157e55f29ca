"""Fixtures of the test bed: Asterisk, and our own line to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.asterisk import bed
from tests.asterisk.house import house
from tests.asterisk.scenarios import MEMBER
from tests.asterisk.sound import forget_sounds
from tests.asterisk.switchroom import Switchroom
from tests.support.require import require

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import SimpleNamespace

    from flask import Flask

    from tests.asterisk.house import House

MEND = "run tests/asterisk/install.sh as root, or install Asterisk"


@pytest.fixture(scope="session")
def asterisk() -> Iterator[bed.Asterisk]:
    """An Asterisk that all tests of the run use; no test may harm it."""
    require("Asterisk", bed.is_available(), MEND)
    with bed.asterisk() as running:
        yield running


@pytest.fixture
def own_asterisk() -> Iterator[bed.Asterisk]:
    """An Asterisk of the test's own, to be killed."""
    require("Asterisk", bed.is_available(), MEND)
    with bed.asterisk() as running:
        yield running


@pytest.fixture
def switchroom(asterisk: bed.Asterisk) -> Iterator[Switchroom]:
    """Our line to Asterisk, connected, with a tracker for every call."""
    with Switchroom.at(asterisk.ports.ami) as room:
        yield room


@pytest.fixture
def at_work(app: Flask, factories: SimpleNamespace, asterisk: bed.Asterisk) -> Iterator[House]:
    """A house with its pbx process on this Asterisk."""
    with house(app, factories, asterisk.ports.ami) as running:
        yield running


@pytest.fixture
def talk(at_work: House, asterisk: bed.Asterisk) -> Iterator[int]:
    """The id of a talk of which both sides record what they hear."""
    forget_sounds(asterisk.spool)
    with at_work.talk(MEMBER + "9", "speaks") as call_id:
        yield call_id
