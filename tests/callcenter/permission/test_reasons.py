from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from datetime import datetime
from datetime import time
from datetime import timedelta

import pytest

from callcenter.campaigns.hours import Hours
from callcenter.campaigns.models import CampaignState
from callcenter.permission.fatigue import Rest
from callcenter.permission.fatigue import Tired
from callcenter.permission.reasons import EntryFacts
from callcenter.permission.reasons import Facts
from callcenter.permission.reasons import Reason
from callcenter.permission.reasons import Why
from callcenter.permission.reasons import reasons
from callcenter.queue.models import EntryState

NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)
SOON, LATER = NOW + timedelta(hours=1), NOW + timedelta(days=2)
TOMORROW = datetime(2026, 3, 6, 8, tzinfo=UTC)
OPEN = Hours(zone="UTC", opens_at=time(8), closes_at=time(20))
ENTRY = EntryFacts(
    state=EntryState.WAITING,
    due_at=NOW,
    lease_until=None,
    holder=None,
    callback_at=None,
    outcome=None,
    is_barred=False,
    is_quota_full=False,
)
FREE = Facts(
    campaign=CampaignState.RUNNING,
    hours=OPEN,
    is_barred_by_house=False,
    is_barred_by_club=False,
    is_left_out=False,
    has_consent=True,
    is_in_sample=True,
    is_in_cell=True,
    rests=(),
    held_elsewhere_until=None,
    entry=ENTRY,
)


def of(**changes):
    """The reasons of a member who may be called but for these facts; those of the entry go by `entry_`."""
    entry = {name.removeprefix("entry_"): changes.pop(name) for name in list(changes) if name.startswith("entry_")}
    facts = replace(FREE, **{"entry": replace(ENTRY, **entry), **changes})
    return reasons(facts, now=NOW)


def test_nothing_speaks_against_a_member_who_is_due():
    assert of() == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"campaign": CampaignState.DRAFT}, Reason(Why.CAMPAIGN_DRAFT)),
        ({"campaign": CampaignState.PAUSED}, Reason(Why.CAMPAIGN_PAUSED)),
        ({"campaign": CampaignState.CLOSED}, Reason(Why.CAMPAIGN_CLOSED)),
        ({"hours": replace(OPEN, closes_at=time(9))}, Reason(Why.HOURS, TOMORROW, spans=[(time(8), time(9))])),
        ({"hours": replace(OPEN, rest_weekdays={5})}, Reason(Why.REST_DAY, TOMORROW)),
        ({"hours": replace(OPEN, holidays={NOW.date()})}, Reason(Why.HOLIDAY, TOMORROW)),
        ({"hours": replace(OPEN, starts_on=TOMORROW.date())}, Reason(Why.NOT_BEGUN, TOMORROW)),
        ({"hours": replace(OPEN, ends_on=(NOW - timedelta(days=1)).date())}, Reason(Why.OVER)),
        ({"is_barred_by_house": True}, Reason(Why.BARRED_HOUSE)),
        ({"is_barred_by_club": True}, Reason(Why.BARRED_CLUB)),
        ({"is_left_out": True}, Reason(Why.LEFT_OUT)),
        ({"has_consent": False}, Reason(Why.NO_CONSENT)),
        ({"rests": [Rest(Tired.INTERVIEWED, LATER)]}, Reason(Why.INTERVIEWED, LATER)),
        ({"rests": [Rest(Tired.RANG_OFTEN, LATER)]}, Reason(Why.RANG_OFTEN, LATER)),
        ({"entry": None}, Reason(Why.NOT_DRAWN)),
        ({"entry": None, "is_in_sample": False}, Reason(Why.NOT_IN_SAMPLE)),
        ({"entry": None, "is_in_cell": False}, Reason(Why.NO_CELL)),
        ({"entry_is_quota_full": True}, Reason(Why.QUOTA_FULL)),
        ({"held_elsewhere_until": SOON}, Reason(Why.HELD_ELSEWHERE, SOON)),
        (
            {"entry_state": EntryState.LEASED, "entry_holder": "نگار", "entry_lease_until": SOON},
            Reason(Why.HELD, SOON, "نگار"),
        ),
        ({"entry_due_at": SOON, "entry_callback_at": SOON, "entry_outcome": "2.36"}, Reason(Why.CALLBACK, SOON)),
        ({"entry_due_at": SOON, "entry_outcome": "3.13"}, Reason(Why.RETRY, SOON, "3.13")),
        ({"entry_due_at": SOON}, Reason(Why.TURN, SOON)),
        ({"entry_state": EntryState.CLOSED, "entry_outcome": "1.1"}, Reason(Why.CLOSED, detail="1.1")),
        ({"entry_state": EntryState.CLOSED, "entry_outcome": "3.13"}, Reason(Why.ATTEMPTS_USED_UP, detail="3.13")),
        (
            {"entry_state": EntryState.CLOSED, "entry_outcome": "2.11", "entry_is_barred": True},
            Reason(Why.CLOSED, detail="2.11"),
        ),
    ],
    ids=lambda value: str(value.kind) if isinstance(value, Reason) else "",
)
def test_each_fact_is_one_reason_with_the_time_it_ends(facts, expected):
    assert of(**facts) == [expected]


def test_all_reasons_are_told_at_once():
    found = of(
        campaign=CampaignState.PAUSED,
        hours=replace(OPEN, closes_at=time(9)),
        is_barred_by_house=True,
        is_barred_by_club=True,
        entry_state=EntryState.CLOSED,
        entry_outcome="2.11",
        entry_is_barred=True,
    )

    assert [reason.kind for reason in found] == [Why.CAMPAIGN_PAUSED, Why.HOURS, Why.BARRED_HOUSE, Why.BARRED_CLUB]


def test_a_promised_call_is_not_held_up_by_the_rules_of_rest():
    assert of(rests=[Rest(Tired.RANG_OFTEN, LATER)], entry_callback_at=NOW) == []


def test_what_a_closed_campaign_left_open_is_not_called_used_up():
    found = of(campaign=CampaignState.CLOSED, entry_state=EntryState.CLOSED, entry_outcome="3.13")

    assert found == [Reason(Why.CAMPAIGN_CLOSED), Reason(Why.CLOSED, detail="3.13")]
