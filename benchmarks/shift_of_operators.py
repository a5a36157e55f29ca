"""Operators in the middle of an interview, with their sessions: what `answer` sends its requests as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.demo import seeding
from callcenter.desk import acting
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.queue import claim
from callcenter.queue.models import QueueEntry
from callcenter.simulation import scene
from config import aftercommit
from config.accounts import people
from config.accounts.access import Role
from config.accounts.models import Club
from config.database import db
from config.database import utcnow
from surveys.interviews import interviewing
from surveys.interviews.models import Response
from surveys.interviews.states import AnswerStatus

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True)
class AtWork:
    """An operator in an interview: the response, and what their browser sends."""

    response_id: int
    cookie: str
    csrf_token: str


def start(app: Flask, count: int) -> list[AtWork]:
    """Seed the demo and bring `count` operators into an interview, at its first rating."""
    with app.app_context():
        seeding.seed_once(app)
        club_id = db.session.scalar(select(Club.id).where(Club.slug == seeding.FIRST.slug))
        running = select(Campaign.id).where(Campaign.club_id == club_id, Campaign.state == CampaignState.RUNNING)
        campaign_id = db.session.scalars(running).one()
        at_work = [_bring_to_work(number, int(club_id or 0), campaign_id) for number in range(count)]
        db.session.remove()
    people = [(response_id, scene.signed_in(app, user_id, epoch)) for response_id, user_id, epoch in at_work]
    return [AtWork(response_id, one.cookie, one.csrf_token) for response_id, one in people]


def _bring_to_work(number: int, club_id: int, campaign_id: int) -> tuple[int, int, int]:
    now = utcnow()
    user = people.add_user(
        f"bench{number}@demo", name=f"Bench {number}", role=Role.OPERATOR, password=uuid4().hex, club_ids=[club_id],
        extension=f"9{number:03}",
    )  # fmt: skip
    entry_id = claim.claim_next(user.id, campaign_ids=[campaign_id], now=now)
    entry = db.session.get_one(QueueEntry, entry_id)
    call = _answered_call(entry, user.id)
    states.change(user.id, OperatorState.ON_CALL, now=now)
    acting.begin(user.id, call_id=call.id, operator_name=user.name, language="fa", now=now)
    response_id = db.session.scalars(select(Response.id).where(Response.entry_id == entry.id)).one()
    interviewing.save_answer(response_id, question="consent", status=AnswerStatus.ANSWERED, value="yes", now=now)
    aftercommit.forget()
    db.session.commit()
    return response_id, user.id, user.session_epoch


def _answered_call(entry: QueueEntry, operator_id: int) -> Call:
    now = utcnow()
    call = Call(
        club_id=entry.club_id, campaign_id=entry.campaign_id, entry_id=entry.id, member_id=entry.member_id,
        operator_id=operator_id, phone="+989990000000", extension="900", channel_id=uuid4().hex,
        state=CallState.CONNECTED, line_status=LineStatus.ANSWERED, requested_at=now - timedelta(seconds=20),
        sent_at=now, member_dialled_at=now, connected_at=now,
    )  # fmt: skip
    db.session.add(call)
    db.session.flush()
    return call
