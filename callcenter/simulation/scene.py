"""The scene of a shift: one club with members, a survey, a campaign that calls at every hour, and its operators."""

from __future__ import annotations

import secrets
from contextvars import Context
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from flask import session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import exists
from sqlalchemy import select

from callcenter.demo.present import start_campaign
from callcenter.integrity import thresholds
from callcenter.simulation.errors import NotEmptyError
from club.demo import names
from club.demo.people import DemoClub
from club.demo.people import add_offers
from club.demo.people import fill
from config import aftercommit
from config.accounts import people
from config.accounts.access import Role
from config.accounts.events import user_added
from config.accounts.models import Club
from config.accounts.models import Membership
from config.accounts.models import User
from config.accounts.passwords import hash_password
from config.database import db
from surveys.questionnaires.publishing import publish_ready

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

FIRST_NUMBER = 100_101
FIRST_EXTENSION = 10_000
READY_SURVEY = "recent_visit"
AMOUNT_RIAL = 500_000


@dataclass(frozen=True)
class SignedIn:
    """What the browser of a signed-in person sends with every request."""

    user_id: int
    cookie: str
    csrf_token: str


@dataclass(frozen=True)
class Scene:
    """What was made."""

    club_id: int
    campaign_id: int
    operator_ids: tuple[int, ...]


def make(*, operator_count: int, member_count: int, seed: int, now: datetime) -> Scene:
    """Write the scene into an empty house and commit. Raises NotEmptyError where there are clubs already."""
    if db.session.scalar(select(exists().select_from(Club))):
        raise NotEmptyError
    chance = Random(seed)
    club = people.add_club("simulation", name="باشگاه آزمایشی", time_zone="Asia/Tehran")
    # Simulated people are quicker than any, and nobody looks at their interviews afterwards.
    thresholds.save(club.id, thresholds.OFF)
    plan = DemoClub(club.id, ("ونک", "سعادت‌آباد"), ("برنزی", "نقره‌ای", "طلایی"), FIRST_NUMBER, names.COFFEE)
    members = fill(plan, member_count, chance=chance, now=now)
    tier_ids = sorted({member.tier_id for member in members})
    add_offers(club.id, name="سپاس از گفت‌وگو", amount_rial=AMOUNT_RIAL, tier_ids=tier_ids, now=now)
    campaign_id = start_campaign(club.id, version_id=publish_ready(club.id, READY_SURVEY, now=now), now=now)
    operator_ids = _operators(operator_count, club.id)
    # Nothing runs yet that could hear of it.
    aftercommit.forget()
    db.session.commit()
    return Scene(club.id, campaign_id, operator_ids)


def _operators(count: int, club_id: int) -> tuple[int, ...]:
    # Hashing a password takes long on purpose; these people share one that nobody knows.
    password_hash = hash_password(secrets.token_urlsafe())
    users = [
        User(email=f"operator{number}@simulation", name=f"اپراتور {number}", role=Role.OPERATOR,
             password_hash=password_hash, memberships=[Membership(club_id=club_id)])
        for number in range(1, count + 1)
    ]  # fmt: skip
    db.session.add_all(users)
    db.session.flush()
    for number, user in enumerate(users):
        user_added.send(user_id=user.id, role=Role.OPERATOR, extension=str(FIRST_EXTENSION + number))
    return tuple(user.id for user in users)


def sign_in(app: Flask, user_ids: tuple[int, ...]) -> list[SignedIn]:
    """The sessions of people who have signed in; the sign-in itself, which lets in few at once, is left out."""
    with app.app_context():
        epochs = {row[0]: row[1] for row in db.session.execute(select(User.id, User.session_epoch))}
        db.session.remove()
    return [signed_in(app, user_id, epochs[user_id]) for user_id in user_ids]


def signed_in(app: Flask, user_id: int, session_epoch: int) -> SignedIn:
    """The session of one person."""
    # Apart from any request of this moment, which has a token of its own.
    return Context().run(_signed_in, app, user_id, session_epoch)


def _signed_in(app: Flask, user_id: int, session_epoch: int) -> SignedIn:
    with app.test_request_context():
        token = generate_csrf()
        content = {
            "_user_id": f"{user_id}:{session_epoch}",
            "_fresh": True,
            "_permanent": True,
            "csrf_token": session["csrf_token"],
        }
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's default
    return SignedIn(user_id, f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(content)}", token)
