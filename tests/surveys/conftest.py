"""What the tests of this package share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from blinker import ANY

from surveys.interviews.events import response_completed
from tests.surveys.interviews.leading import publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import SimpleNamespace

    from flask import Flask


@pytest.fixture
def club(factories: SimpleNamespace) -> int:
    return factories.club().id


@pytest.fixture
def version(club: int) -> int:
    """A published version of the short questionnaire."""
    return publish(club)


@pytest.fixture
def alone(app: Flask) -> Iterator[None]:
    """Completions are told to nobody: what other packages make of them is tested there."""
    reactions = list(response_completed.receivers_for(ANY))
    for reaction in reactions:
        response_completed.disconnect(reaction)
    yield
    for reaction in reactions:
        response_completed.connect(reaction, weak=False)
