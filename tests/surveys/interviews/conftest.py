from __future__ import annotations

import pytest

from tests.surveys.interviews.leading import start


@pytest.fixture
def response(club, version):
    return start(club, version)
