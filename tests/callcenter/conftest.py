"""The place of the call-center tests: one club, and who and what is there. A file that needs another makes its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from config.accounts.access import Role

if TYPE_CHECKING:
    from types import SimpleNamespace

    from flask.testing import FlaskClient

    from callcenter.campaigns.models import Campaign
    from club.members.models import Member
    from config.accounts.models import Club
    from config.accounts.models import User


@pytest.fixture
def club(factories: SimpleNamespace) -> Club:
    return factories.club()


@pytest.fixture
def campaign(factories: SimpleNamespace, club: Club) -> Campaign:
    """A running campaign that is open all day."""
    return factories.campaign(club)


@pytest.fixture
def member(factories: SimpleNamespace, club: Club) -> Member:
    return factories.member(club)


@pytest.fixture
def operator(factories: SimpleNamespace, club: Club) -> User:
    return factories.operator([club])


@pytest.fixture
def supervisor(factories: SimpleNamespace, club: Club, client: FlaskClient, sign_in) -> User:
    """The club's supervisor, who reads English and is signed in on the client."""
    person = factories.user(Role.SUPERVISOR, [club], language="en")
    sign_in(client, person)
    return person
