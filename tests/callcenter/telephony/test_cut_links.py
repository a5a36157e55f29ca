"""The manager connection is cut again and again while fifty calls run."""

from __future__ import annotations

import pytest

from callcenter.telephony.exchange.server import ExchangeSettings
from callcenter.telephony.exchange.server import running
from tests.support.town import Town

CALLS = 50
CUT_EVERY_SECONDS = 0.3
FEWEST_CUTS = 5
# Answered, unallocated, busy, declined, congested, hung up soon.
DIGITS = "0012456"


@pytest.fixture
def town():
    with running(ExchangeSettings(secret="s3cret", speed=5)) as exchange:
        yield Town(exchange)
