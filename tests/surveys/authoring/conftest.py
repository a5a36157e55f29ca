from __future__ import annotations

import pytest

from config.accounts.access import Role


@pytest.fixture
def signed_in(client, factories, sign_in):
    """The manager's club."""
    of = factories.club()
    sign_in(client, factories.user(Role.MANAGER, [of], language="en"))
    return of.id
