"""Fixtures of the test bed: Asterisk, and our own line to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.asterisk import bed
from tests.asterisk.switchroom import Switchroom
from tests.support.require import require

if TYPE_CHECKING:
    from collections.abc import Iterator

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
