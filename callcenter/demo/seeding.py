"""Fills an empty database with the demo, once; a second start finds it and goes on with the same data."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import select

from callcenter.demo import accounts
from callcenter.demo import checking
from callcenter.demo import past
from callcenter.demo import present
from callcenter.demo import schooling
from callcenter.demo import voices
from callcenter.integrity import thresholds
from callcenter.integrity.scoring import Thresholds
from club.demo import names
from club.demo.people import DemoClub
from club.demo.people import add_offers
from club.demo.people import fill
from club.demo.settling import settle
from config import aftercommit
from config.accounts import people
from config.accounts.access import Role
from config.accounts.models import Club
from config.database import db
from config.database import utcnow
from surveys.questionnaires.publishing import publish_ready

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from club.demo.people import DemoMember

READY_SURVEY = "recent_visit"
ZONE = "Asia/Tehran"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One demo club: who it is, how large, what it offers, and the mean ratings that its past tells of."""

    slug: str
    name: str
    club: Callable[[int], DemoClub]
    member_count: int
    amount_rial: int
    people: tuple[accounts.Account, ...]
    branches: tuple[past.BranchMood, ...]
    weeks: int
    wave_size: int
    hasty_count: int = 0


FIRST = Plan(
    slug="demo",
    name="قهوه‌ی ترنج",
    club=lambda club_id: DemoClub(club_id, ("ونک", "سعادت‌آباد"), ("برنزی", "نقره‌ای", "طلایی"), 100_101, names.COFFEE),
    member_count=500,
    amount_rial=500_000,
    people=accounts.FIRST_CLUB,
    branches=(
        past.BranchMood(
            {"price": 3.35, "quality": 4.2, "service": 3.25, "overall": 3.75}, {"service": 0.95, "overall": 0.3}
        ),
        past.BranchMood({"price": 3.3, "quality": 4.0, "service": 4.05, "overall": 3.85}, {}),
    ),
    weeks=10,
    wave_size=270,
    hasty_count=5,
)
SECOND = Plan(
    slug="second",
    name="نان سحر",
    club=lambda club_id: DemoClub(club_id, ("تجریش",), ("عضو", "عضو ویژه"), 300_101, names.BREAD),
    member_count=60,
    amount_rial=300_000,
    people=accounts.SECOND_CLUB,
    branches=(past.BranchMood({"price": 3.9, "quality": 4.4, "service": 3.7, "overall": 4.1}, {}),),
    weeks=3,
    wave_size=36,
)


def seed_once(app: Flask, *, say: Callable[[str], None] = lambda _line: None) -> dict[str, str]:
    """Make the demo clubs unless they are there; returns the passwords of the demo accounts by address. Commits."""
    there = set(db.session.scalars(select(Club.slug).where(Club.slug.in_([FIRST.slug, SECOND.slug]))))
    if there:
        return _known_passwords(app)
    if db.session.scalar(select(Club.id).limit(1)) is not None:
        say("the database has clubs of its own; the demo is left out")
        return {}
    say("making the demo clubs; this is done once")
    passwords = seed(utcnow())
    aftercommit.forget()
    db.session.commit()
    accounts.keep(app.config["HOME"], passwords)
    return passwords


def _known_passwords(app: Flask) -> dict[str, str]:
    passwords = accounts.kept(app.config["HOME"])
    if passwords is None:
        passwords = accounts.renew()
        db.session.commit()
        accounts.keep(app.config["HOME"], passwords)
    return passwords


def seed(now: datetime) -> dict[str, str]:
    """Write everything into the session's transaction; returns the passwords by address."""
    passwords: dict[str, str] = {}
    chance = Random(1404)
    for plan in (FIRST, SECOND):
        _make(plan, passwords, chance, now)
    accounts.add(accounts.HOUSE, club_ids=[], passwords=passwords)
    return passwords


def _make(plan: Plan, passwords: dict[str, str], chance: Random, now: datetime) -> None:
    began = now - timedelta(weeks=plan.weeks, days=3)
    club = people.add_club(plan.slug, name=plan.name, time_zone=ZONE)
    # In its past each interview is judged by itself.
    thresholds.save(club.id, replace(Thresholds(), median_percent=0, operator_distance=0))
    user_ids = accounts.add(plan.people, club_ids=[club.id], passwords=passwords)
    phones = {user_ids[one.email]: one.extension for one in plan.people if one.extension}
    members = fill(plan.club(club.id), plan.member_count, chance=chance, now=now)
    tier_ids = sorted({member.tier_id for member in members})
    add_offers(club.id, name="سپاس از گفت‌وگو", amount_rial=plan.amount_rial, tier_ids=tier_ids, now=began)
    history = past.History(
        club_id=club.id,
        club_name=plan.name,
        version_id=publish_ready(club.id, READY_SURVEY, now=began),
        moods=_moods(plan, members),
        operators=phones,
        operator_names={user_ids[one.email]: one.name for one in plan.people},
        branch_names=dict(
            zip(sorted({member.branch_id for member in members}), plan.club(club.id).branches, strict=True)
        ),
        weeks=plan.weeks,
        wave_size=plan.wave_size,
        hasty_count=plan.hasty_count,
        zone=ZoneInfo(ZONE),
    )
    completed = past.write(history, members, chance=chance, now=now)
    voices.record(club.id)
    leaders = [user_ids[one.email] for one in plan.people if one.role in (Role.SUPERVISOR, Role.MANAGER)]
    checking.check(
        checking.Checkers(club_id=club.id, ids=leaders, zone=history.zone, now=now), completed, chance=chance
    )
    settle(club.id)
    # Today its simulated members answer at once, and who tries the desk does not read aloud.
    thresholds.save(club.id, replace(Thresholds(), words_per_second=0, median_percent=0, talk_seconds=0))
    campaign_id = present.start_campaign(club.id, version_id=history.version_id, now=now)
    schooling.certify(club.id, campaign_id, history.version_id, sorted(phones), given_by=leaders[0], now=now)


def _moods(plan: Plan, members: list[DemoMember]) -> dict[int, past.BranchMood]:
    return dict(zip(sorted({member.branch_id for member in members}), plan.branches, strict=True))
