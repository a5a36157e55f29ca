"""A floor for tests of calls: a club, an operator, a member each, entries that the operators hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from callcenter.calls.models import Call
from callcenter.calls.models import CallEvent
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.queue.models import EntryState
from config.database import db
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
