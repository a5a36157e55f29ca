from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import event
from sqlalchemy import select

from callcenter.calls import progress
from callcenter.calls.models import Call
from callcenter.integrity import thresholds
from callcenter.telephony.tracker import Leg
from callcenter.telephony.tracker import Track
from club.credit.models import Offer
from config.database import db
from config.database import utcnow
from surveys.interviews import queries
from surveys.interviews.models import Response
from surveys.questionnaires import publishing

READY_SURVEY = "recent_visit"
ANSWERS = {
    "rating": "4",
    "recommend": "9",
    "yes_no": "yes",
    "consent": "yes",
    "open_text": "همه چیز خوب بود",
    "number": "۳",
}


@dataclass
class Line:
    """The telephone line of the newest call, as the pbx process would report it."""

    legs: dict = field(default_factory=dict)

    @property
    def call(self) -> Call:
        return db.session.scalars(select(Call).order_by(Call.id.desc()).limit(1)).one()

    def ring(self):
        self._tell(Track(self.call.channel_id, {"m": Leg("m", is_ringing=True)}, member="m"))

    def answer(self):
        self._tell(Track(self.call.channel_id, {"m": Leg("m", is_up=True)}, member="m", dial_status="ANSWER"))

    def hang_up(self, *, cause=16, is_answered=True):
        legs = {
            self.call.channel_id: Leg("o", is_gone=True),
            "m": Leg("m", is_up=is_answered, is_gone=True, cause=cause),
        }
        status = "ANSWER" if is_answered else ""
        self._tell(Track(self.call.channel_id, legs, member="m", dial_status=status))

    def operator_did_not_pick_up(self):
        self._tell(Track(self.call.channel_id, {self.call.channel_id: Leg("o", is_ringing=True, is_gone=True)}))

    def _tell(self, track):
        progress.record(self.call.id, track, told=(), now=utcnow())
        db.session.commit()


@dataclass
class Desk:
    """The operator's browser, with a script: every action answers with the parts."""

    client: object

    def act(self, action, status=200, **form):
        reply = self.client.post(f"/desk/{action}", data=form, headers={"Accept": "application/json"})
        assert reply.status_code == status, reply.get_data(as_text=True)
        return reply.get_json()

    def parts(self):
        return self.client.get("/desk/parts", headers={"Accept": "application/json"}).get_json()

    def response(self) -> Response:
        db.session.rollback()
        return db.session.scalars(select(Response).order_by(Response.id.desc()).limit(1)).one()


@pytest.fixture
def place(factories):
    """A club with a survey, an offer, a running campaign and an operator."""
    club = factories.club(name="کافه لمیز")
    version_id = publishing.publish_ready(club.id, READY_SURVEY, now=utcnow())
    db.session.add(Offer(club_id=club.id, name="هدیه‌ی پاییز", amount_rial=230_000))
    # These tests answer quicker than anybody can read.
    thresholds.save(club.id, thresholds.OFF)
    db.session.commit()
    operator = factories.operator([club])
    operator.language = "fa"
    operator.name = "نگار رضایی"
    db.session.commit()
    return SimpleNamespace(
        club=club, operator=operator, campaign=factories.campaign(club, version_id=version_id, name="نظرسنجی پاییز")
    )


@pytest.fixture
def waiting(factories, place):
    """Puts a member into the queue."""

    def make(**fields):
        member = factories.member(place.club, **{"first_name": "سارا", "last_name": "احمدی", **fields})
        factories.purchase(member)
        return factories.entry(place.campaign, member, due_at=utcnow() - timedelta(minutes=1))

    return make


@pytest.fixture
def desk(client, sign_in, place):
    sign_in(client, place.operator)
    return Desk(client)


@pytest.fixture
def line():
    return Line()


@pytest.fixture
def answered(desk, line, waiting):
    """A desk whose call was answered, with the interview open."""
    entry = waiting()
    desk.act("ready")
    desk.act("call", entry_id=entry.id)
    line.answer()
    desk.act("begin", call_id=line.call.id)
    return entry


@pytest.fixture
def go_through(desk):
    """Answers every question up to `until` (its code, or the closing)."""

    def act(until="thanks"):
        response_id = desk.response().id
        for _ in range(40):
            screen = queries.screen(response_id)
            if screen.code == until:
                return response_id
            form = {"response_id": response_id, "question": screen.code}
            if screen.wants_answer:
                value = ANSWERS.get(screen.kind) or screen.choices[0].value
                desk.act("choose" if screen.kind == "choice_many" else "answer", value=value, **form)
            desk.act("next", **form)
            db.session.rollback()
        raise AssertionError(f"{until} was not reached")

    return act


@pytest.fixture
def statements(app):
    """The statements that the database is sent, without those that only begin or end a transaction."""
    sent = []

    def hear(_connection, _cursor, statement, *_):
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", hear)
    yield sent
    event.remove(db.engine, "before_cursor_execute", hear)
