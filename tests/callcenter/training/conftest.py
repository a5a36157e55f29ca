from __future__ import annotations

import pytest

from config.database import utcnow
from surveys.questionnaires import publishing
from surveys.questionnaires import queries as surveys


@pytest.fixture
def version(club):
    """The ready-made survey, published."""
    return publishing.publish_ready(club.id, "recent_visit", now=utcnow())


@pytest.fixture
def survey_id(club, version):
    return surveys.version_line(club.id, version).survey_id


@pytest.fixture
def campaign(factories, club, version):
    return factories.campaign(club, version_id=version)


@pytest.fixture
def operator(factories, club):
    """An operator who reads English."""
    person = factories.operator([club])
    person.language = "en"
    return person
