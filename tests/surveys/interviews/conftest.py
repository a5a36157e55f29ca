from __future__ import annotations

import pytest

from tests.surveys.interviews.leading import publish
from tests.surveys.interviews.leading import start


@pytest.fixture
def club(factories):
    return factories.club().id


@pytest.fixture
def version(club):
    return publish(club)


@pytest.fixture
def response(club, version):
    return start(club, version)
