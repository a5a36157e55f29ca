"""A club with a survey, an offer, and interviews that go through the real completion."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from callcenter.calls.models import CallState
from callcenter.integrity import thresholds
from callcenter.integrity.reviewing import SOURCE
from callcenter.integrity.scoring import Thresholds
from club.credit.promises import promise
from config.database import db
from config.database import utcnow
from surveys.interviews import interviewing
from tests.surveys.interviews.leading import FULL
from tests.surveys.interviews.leading import VALUES
from tests.surveys.interviews.leading import give
from tests.surveys.interviews.leading import publish
from tests.surveys.questionnaires.samples import short

AMOUNT = 230_000
LONG = {"text": dict.fromkeys(("fa", "en"), "word " * 40)}


def rules(club, **limits):
    """Judge by these rules only."""
    thresholds.save(club.id, Thresholds(**{**dict.fromkeys(thresholds.NAMES, 0), **limits}))
    db.session.commit()


@pytest.fixture
def place(factories):
    """A club that looks at interviews without a call, with its people."""
    club = factories.club()
    rules(club, off_call_answers=1)
    factories.offer(club, amount_rial=AMOUNT)
    return SimpleNamespace(
        club=club,
        campaign=factories.campaign(club, version_id=publish(club.id, short(price_1=LONG))),
        operator=factories.operator([club]),
        supervisor=factories.user("supervisor", [club]),
        manager=factories.user("manager", [club]),
    )


@pytest.fixture
def interview(factories, place):
    """Completes an interview of `seconds` for each question; with `is_called` during a call. Gives its response.

    Without `is_complete` all is answered, and the completion is left to the test.
    """

    def make(*, is_called=False, seconds=5, answers=None, operator=None, at=None, is_complete=True):
        operator = operator or place.operator
        given = {**FULL, **(answers or {})}
        ended_at = at or utcnow()
        now = ended_at - timedelta(seconds=seconds * len(given))
        member = factories.member(place.club)
        entry = factories.entry(place.campaign, member)
        if is_called:
            factories.call(entry, operator, state=CallState.CONNECTED, connected_at=now, ended_at=ended_at)
        response_id = interviewing.open_response(
            place.club.id, version_id=place.campaign.version_id, campaign_id=place.campaign.id, entry_id=entry.id,
            member_id=member.id, operator_id=operator.id, branch_id=None, tier_id=None, language="fa",
            placeholders=VALUES, now=now,
        )  # fmt: skip
        promise(place.club.id, member.id, source=SOURCE, source_id=response_id, today=now.date())
        for code, value in given.items():
            now += timedelta(seconds=seconds)
            give(response_id, now, **{code: value})
        entry.state, entry.outcome, entry.closed_at, entry.attempt_count = "closed", "1.1", ended_at, 1
        if is_complete:
            interviewing.complete(response_id, now=ended_at)
        db.session.commit()
        return SimpleNamespace(id=response_id, member=member, entry=entry)

    return make
