from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from callcenter.recordings.models import DeletionReason
from callcenter.recordings.models import MomentKind
from callcenter.recordings.models import RecordedCampaign
from callcenter.recordings.models import RecordingConsent
from callcenter.recordings.models import RecordingDeletion
from callcenter.recordings.models import RecordingMoment
from callcenter.recordings.models import RecordingPlay
from callcenter.recordings.models import RecordingRule
from callcenter.recordings.models import RecordingState
from config.accounts.access import Role
from config.database import db
from config.database import utcnow

KEPT = {"state": RecordingState.KEPT, "seconds": 3.0}


@pytest.fixture
def made(record):
    """A recording that can be played, and one of another club."""
    record(**KEPT)
    return record(**KEPT)


@pytest.fixture
def visit(client, factories, sign_in, made):
    """The club's page at an address, as somebody of the role; in English."""
    people = {}

    def act(path, role=Role.SUPERVISOR, **options):
        if role not in people:
            people[role] = factories.user(role, [made.club])
        sign_in(client, people[role])
        client.post("/language/en")
        method = client.post if "data" in options else client.get
        return method(path, buffered=True, **options)

    act.people = people
    return act


def rows(model):
    db.session.rollback()
    return list(db.session.scalars(select(model)))


def test_the_list_has_the_clubs_recordings_and_no_others(visit, record, made):
    other = record(**KEPT)

    page = visit("/recordings").get_data(as_text=True)

    assert f'href="/recordings/{made.id}"' in page
    assert f'href="/recordings/{other.id}"' not in page


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("state=kept", True),
        ("state=faulty", False),
        ("campaign={campaign}", True),
        ("campaign=999", False),
        ("operator={operator}", True),
        ("operator=999", False),
        ("first_day=1395/01/01&last_day=1395/02/01", False),
        ("first_day=1400/01/01&last_day=1500/01/01", True),
    ],
)
def test_the_list_is_narrowed(visit, made, query, is_found):
    address = query.format(campaign=made.call.campaign_id, operator=made.operator.id)

    page = visit(f"/recordings?{address}").get_data(as_text=True)

    assert (f'href="/recordings/{made.id}"' in page) is is_found


def test_a_day_that_is_none_is_said(visit):
    assert "Write the day as" in visit("/recordings?first_day=tomorrow").get_data(as_text=True)


def test_a_browser_gets_the_part_that_it_seeks_and_every_play_is_a_row(visit, made):
    whole = visit(f"/recordings/{made.id}/sound.wav")
    part = visit(f"/recordings/{made.id}/sound.wav", headers={"Range": "bytes=1000-1099"})

    assert (whole.status_code, whole.mimetype, whole.data) == (200, "audio/wav", made.path.read_bytes())
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert (part.status_code, part.data) == (206, made.path.read_bytes()[1000:1100])
    assert part.headers["Content-Range"] == f"bytes 1000-1099/{made.path.stat().st_size}"
    plays = rows(RecordingPlay)
    assert [(play.recording_id, play.user_id) for play in plays] == [(made.id, visit.people[Role.SUPERVISOR].id)]


def test_who_listens_again_later_or_is_somebody_else_is_another_row(visit, made):
    visit(f"/recordings/{made.id}/sound.wav")
    rows(RecordingPlay)[0].last_at = utcnow() - timedelta(minutes=5)
    db.session.commit()

    visit(f"/recordings/{made.id}/sound.wav")
    visit(f"/recordings/{made.id}/sound.wav", Role.MANAGER)

    assert len(rows(RecordingPlay)) == 3
    assert visit(f"/recordings/{made.id}").get_data(as_text=True).count(visit.people[Role.SUPERVISOR].name) >= 2


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.CLUB_STAFF, Role.ADMINISTRATOR])
def test_others_hear_nothing(client, factories, sign_in, made, role):
    person = factories.operator([made.club]) if role is Role.OPERATOR else factories.user(role, [made.club])
    sign_in(client, person)

    assert client.get(f"/recordings/{made.id}/sound.wav").status_code == 403
    assert rows(RecordingPlay) == []


def test_another_clubs_recording_is_not_there(visit, record):
    other = record(**KEPT)

    for answer in (
        visit(f"/recordings/{other.id}"),
        visit(f"/recordings/{other.id}/sound.wav"),
        visit(f"/recordings/{other.id}/delete", Role.MANAGER, data={}),
        visit(f"/recordings/campaigns/{other.call.campaign_id}", data={"is_on": "1"}),
    ):
        assert answer.status_code == 404
    assert rows(RecordingPlay) == rows(RecordedCampaign) == []
    assert other.path.exists()


def test_a_recording_without_a_file_is_not_played(visit, made):
    made.path.unlink()

    assert visit(f"/recordings/{made.id}/sound.wav").status_code == 409
    assert rows(RecordingPlay) == []


def test_the_page_tells_what_happened(visit, made):
    now = utcnow()
    word = {"club_id": made.club.id, "entry_id": made.entry.id, "call_id": made.call.id}
    db.session.add(RecordingConsent(**word, operator_id=made.operator.id, is_given=True, said_at=now))
    for kind in MomentKind:
        db.session.add(RecordingMoment(recording_id=made.id, operator_id=made.operator.id, kind=kind, at=now))
    db.session.commit()

    page = visit(f"/recordings/{made.id}").get_data(as_text=True)

    for words in ("Agreed to be recorded", "Recording began", "Paused for a while", "Went on", "Stopped", "<audio"):
        assert words in page
    assert "Delete it for good" not in page


def test_a_manager_throws_one_away(visit, made):
    visit(f"/recordings/{made.id}/delete", Role.SUPERVISOR, data={})
    assert made.path.exists()

    visit(f"/recordings/{made.id}/delete", Role.MANAGER, data={})

    assert "Deleted by hand" in visit(f"/recordings/{made.id}").get_data(as_text=True)
    assert not made.path.exists()
    (row,) = rows(RecordingDeletion)
    assert (row.recording_id, row.reason, row.user_id) == (
        made.id, DeletionReason.BY_HAND, visit.people[Role.MANAGER].id,
    )  # fmt: skip
    assert visit(f"/recordings/{made.id}/delete", Role.MANAGER, data={}).status_code == 409


@pytest.mark.parametrize(
    ("typed", "days"), [("۳۰", 30), ("0", None), ("", None), ("many", None), ("9999", None), ("9" * 5000, None)]
)
def test_a_manager_says_how_long(visit, made, typed, days):
    answer = visit("/recordings/keep", Role.MANAGER, data={"keep_days": typed})

    assert answer.status_code == (302 if days else 422)
    assert [(row.club_id, row.keep_days) for row in rows(RecordingRule)] == ([(made.club.id, days)] if days else [])


def test_a_campaign_is_switched_on_and_off(visit, made):
    address, campaign = (f"/{place}campaigns/{made.call.campaign_id}" for place in ("recordings/", ""))

    for _ in range(2):
        visit(address, data={"is_on": "1"})
    assert "Calls are recorded" in visit(campaign).get_data(as_text=True)
    assert [row.campaign_id for row in rows(RecordedCampaign)] == [made.call.campaign_id]

    visit(address, data={"is_on": "0"})
    assert "Calls are not recorded" in visit(campaign).get_data(as_text=True)
    assert rows(RecordedCampaign) == []
