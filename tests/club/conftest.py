"""A club and its staff at a browser. A file that needs another club makes its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from config.accounts.access import Role

if TYPE_CHECKING:
    from types import SimpleNamespace

    from flask.testing import FlaskClient

    from config.accounts.models import Club


@pytest.fixture
def club(factories: SimpleNamespace) -> Club:
    return factories.club()


@pytest.fixture
def staff(client: FlaskClient, factories: SimpleNamespace, sign_in, club: Club) -> FlaskClient:
    """The browser of somebody on the club's staff, in English."""
    sign_in(client, factories.user(Role.CLUB_STAFF, [club], language="en"))
    return client
