"""A floor for tests of calls: a club, an operator, a member each, entries that the operators hold, calls of theirs."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from callcenter.calls import dialling
from callcenter.calls import progress
from callcenter.calls import requesting
from callcenter.calls.models import Call
from callcenter.calls.models import CallEvent
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.queue.models import EntryState
from callcenter.telephony.tracker import Leg
from callcenter.telephony.tracker import Track
from config.database import begin_writing
from config.database import db
from config.database import restore_mode
from config.database import utcnow


@dataclass
class Held:
    """An entry in the hands of an operator, by ids."""

    club_id: int
    entry_id: int
    operator_id: int
    member_id: int


def held_entry(factories, phone=None, extension=None, **member) -> Held:
    """A new club, member and operator; the operator looks at the member."""
    club = factories.club()
    fields = {"phone": phone} if phone else {}
    who = factories.member(club, **fields, **member)
    person = factories.operator([club], **({"extension": extension} if extension else {}))
    now = utcnow()
    entry = factories.entry(
        factories.campaign(club),
        who,
        state=EntryState.LEASED,
        operator_id=person.id,
        leased_at=now,
        lease_until=now + timedelta(minutes=15),
    )
    states.change(person.id, OperatorState.PREVIEW, now=now)
    db.session.commit()
    return Held(club.id, entry.id, person.id, who.id)


def requested_call(factories, **fields) -> int:
    """The id of a new call that its operator asked for."""
    held = held_entry(factories, **fields)
    call_id = requesting.request_call(held.entry_id, held.operator_id, now=utcnow())
    db.session.commit()
    return call_id


def sent_call(factories, *, ago=timedelta()) -> Call:
    """A new call that was sent to the exchange so long ago."""
    call_id = requested_call(factories)
    dialling.take(call_id, now=utcnow() - ago)
    db.session.commit()
    return read_call(call_id)


def talk(factories) -> Call:
    """A new call in which the two talk."""
    call = sent_call(factories)
    report(call, {"m": Leg("m", is_up=True)})
    return read_call(call.id)


def report(call, legs) -> None:
    """Write down what became of the legs of a call that the member answered."""
    progress.record(call.id, Track(call.channel_id, legs, member="m", dial_status="ANSWER"), told=(), now=utcnow())
    db.session.commit()


def read_call(call_id) -> Call:
    """The call as the database has it now. The row is a copy: it holds no transaction that others wait for."""
    db.session.rollback()
    call = db.session.get_one(Call, call_id, populate_existing=True)
    db.session.expunge(call)
    db.session.rollback()
    return call


def kinds(call_id) -> list[str]:
    """The kinds in the call's log, in order."""
    db.session.rollback()
    found = list(db.session.scalars(db.select(CallEvent.kind).filter_by(call_id=call_id).order_by(CallEvent.id)))
    db.session.rollback()
    return found


@contextmanager
def writing():
    """One transaction that writes: on SQLite the test and the pbx process wait for each other at its beginning."""
    db.session.rollback()
    mode = begin_writing()
    try:
        yield
        db.session.commit()
    finally:
        db.session.rollback()
        restore_mode(mode)
