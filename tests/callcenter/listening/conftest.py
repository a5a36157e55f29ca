from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.calling import talk

if TYPE_CHECKING:
    from types import SimpleNamespace

    from callcenter.calls.models import Call


@pytest.fixture
def call(factories: SimpleNamespace) -> Call:
    """A call in which the two talk."""
    return talk(factories)
