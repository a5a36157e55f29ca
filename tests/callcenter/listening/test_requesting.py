from __future__ import annotations

import pytest

from callcenter.calls import requesting as calls
from callcenter.listening import phones
from callcenter.listening import requesting
from callcenter.listening.errors import AlreadyListeningError
from callcenter.listening.errors import NobodyTalksError
from callcenter.listening.errors import NoPhoneError
from callcenter.listening.models import Listening
from callcenter.listening.models import Manner
from config.accounts.access import Role
from config.accounts.models import Club
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.errors import NotFoundError
from tests.support.calling import held_entry


@pytest.fixture
def supervisor(factories, call):
    """The id of a supervisor of the call's club, who has a phone."""
    person = factories.user(Role.SUPERVISOR, [db.session.get_one(Club, call.club_id)])
    phones.give(person.id, "150")
    db.session.commit()
    return person.id


def begin(call, supervisor, manner=Manner.LISTEN, club_id=None):
    return requesting.begin(call.id, supervisor, club_id=club_id or call.club_id, manner=manner, now=utcnow())


def test_each_time_is_a_row_with_who_what_and_when(call, supervisor):
    row = db.session.get_one(Listening, begin(call, supervisor, Manner.WHISPER))

    assert (row.call_id, row.supervisor_id, row.manner, row.extension) == (call.id, supervisor, "whisper", "150")
    assert row.channel_id.startswith("hamseda-ear-")
    assert row.requested_at is not None
    assert row.started_at is None


def test_nobody_is_on_two_calls_at_a_time(call, supervisor):
    begin(call, supervisor)

    with pytest.raises(AlreadyListeningError):
        begin(call, supervisor, Manner.BARGE)

    assert db.session.query(Listening).count() == 1


def test_a_call_of_another_club_is_not_there(call, supervisor, factories):
    with pytest.raises(NotFoundError):
        begin(call, supervisor, club_id=factories.club().id)


def test_a_call_that_is_not_answered_is_not_listened_to(supervisor, factories):
    held = held_entry(factories)
    ringing = calls.request_call(held.entry_id, held.operator_id, now=utcnow())

    with pytest.raises(NobodyTalksError):
        requesting.begin(ringing, supervisor, club_id=held.club_id, manner=Manner.LISTEN, now=utcnow())


def test_who_has_no_phone_cannot_listen(call, factories):
    person = factories.user(Role.SUPERVISOR, [db.session.get_one(Club, call.club_id)])

    with pytest.raises(NoPhoneError):
        begin(call, person.id)


def test_leaving_is_asked_for_once_and_only_by_oneself(call, supervisor, factories):
    listening_id = begin(call, supervisor)
    other = factories.user(Role.SUPERVISOR, [db.session.get_one(Club, call.club_id)])

    with pytest.raises(NotFoundError):
        requesting.end(listening_id, other.id, now=utcnow())
    requesting.end(listening_id, supervisor, now=utcnow())
    first = db.session.get_one(Listening, listening_id).end_requested_at
    requesting.end(listening_id, supervisor, now=utcnow())

    assert db.session.get_one(Listening, listening_id).end_requested_at == first


@pytest.mark.parametrize("extension", ["", "1 50", "150&PJSIP/101", "۱۵۰\r\nX: y", "a" * 41])
def test_what_is_no_extension_is_no_phone(supervisor, extension):
    with pytest.raises(InvalidInputError):
        phones.give(supervisor, extension)

    assert phones.of(supervisor) == "150"


def test_a_phone_belongs_to_one_person(supervisor, call, factories):
    club = db.session.get_one(Club, call.club_id)
    other = factories.user(Role.SUPERVISOR, [club])
    factories.operator([club], extension="177")
    db.session.commit()

    for taken in ("150", "177"):
        with pytest.raises(InvalidInputError):
            phones.give(other.id, taken)
    phones.give(other.id, "۱۵۱")

    assert phones.of(other.id) == "151"
    assert phones.of(supervisor) == "150"
