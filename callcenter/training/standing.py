"""How operators stand with a survey: certified until when, or why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import aliased

from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.lines.belonging import is_on
from callcenter.lines.belonging import known
from callcenter.operators.models import Operator
from callcenter.training.gate import holds
from callcenter.training.gate import is_open_to
from callcenter.training.models import CampaignCertificate
from callcenter.training.models import Certificate
from callcenter.training.models import CertificateRevocation
from config.accounts.models import User
from config.database import db

# A certificate is renewed in its last weeks.
ENDING = timedelta(days=30)


class Standing(StrEnum):
    """How an operator stands with a survey; the first two may call."""

    CERTIFIED = "certified"
    ENDING = "ending"
    EXPIRED = "expired"
    REWORDED = "reworded"
    REVOKED = "revoked"
    NEVER = "never"


MAY_CALL = frozenset({Standing.CERTIFIED, Standing.ENDING})


@dataclass(frozen=True)
class Held:
    """A certificate as it stands; `given_by` is empty for one that was earned, `revoked_by` for one that was not
    taken back, `reason` tells why it was.
    """

    survey_id: int
    number: int
    given_at: datetime
    until: datetime
    given_by: str | None
    note: str
    revoked_at: datetime | None
    revoked_by: str | None
    reason: str | None


@dataclass(frozen=True)
class Closed:
    """A running campaign that asks for a certificate which an operator lacks, and how they stand with its survey."""

    campaign: str
    survey_id: int
    standing: Standing


def of_survey(survey_id: int, operator_ids: Sequence[int]) -> dict[int, list[Held]]:
    """All certificates of some operators for a survey, the newest first."""
    found: dict[int, list[Held]] = {operator_id: [] for operator_id in operator_ids}
    for operator_id, held in _held(operator_ids):
        if held.survey_id == survey_id:
            found[operator_id].append(held)
    return found


def of_operator(operator_id: int) -> dict[int, list[Held]]:
    """All certificates of an operator, the newest first, by the survey's id."""
    found: dict[int, list[Held]] = {}
    for _operator_id, held in _held([operator_id]):
        found.setdefault(held.survey_id, []).append(held)
    return found


def best(certificates: Sequence[Held], *, from_number: int, now: datetime) -> tuple[Standing, Held | None]:
    """The standing, and the certificate that tells it: of those that hold the longest, else that of the newest event.

    To be taken back is an event, too: of an older one as well, when a newer one had ended before.
    """
    if not certificates:
        return Standing.NEVER, None
    told = max(certificates, key=lambda one: (_standing(one, from_number, now) in MAY_CALL, one.until, one.given_at))
    standing = _standing(told, from_number, now)
    if standing not in MAY_CALL:
        told = max(certificates, key=lambda one: one.revoked_at or one.given_at)
        standing = _standing(told, from_number, now)
    return standing, told


def _standing(held: Held, from_number: int, now: datetime) -> Standing:
    if held.revoked_at is not None:
        return Standing.REVOKED
    if held.until <= now:
        return Standing.EXPIRED
    if held.number < from_number:
        return Standing.REWORDED
    return Standing.ENDING if held.until <= now + ENDING else Standing.CERTIFIED


def closed_to(operator_id: int, club_ids: Sequence[int], *, line: str, now: datetime) -> list[Closed]:
    """The running campaigns on a telephone line that ask for a certificate the operator lacks."""
    rows = db.session.execute(
        select(Campaign.name, CampaignCertificate.survey_id, CampaignCertificate.from_number)
        .join(CampaignCertificate, CampaignCertificate.campaign_id == Campaign.id)
        .where(Campaign.club_id.in_(club_ids), Campaign.state == CampaignState.RUNNING)
        .where(is_on(Campaign.line, known(line)), ~holds(operator_id, now=now))
        .order_by(Campaign.id)
    ).all()
    held = of_operator(operator_id) if rows else {}
    found = [
        Closed(name, survey_id, best(held.get(survey_id, []), from_number=from_number, now=now)[0])
        for name, survey_id, from_number in rows
    ]
    # Without those whose certificate came between the two looks.
    return [one for one in found if one.standing not in MAY_CALL]


def barred(club_id: int, operator_ids: Sequence[int], *, now: datetime) -> dict[int, list[str]]:
    """For each operator the club's running campaigns that ask for a certificate they lack, by name."""
    found: dict[int, list[str]] = {operator_id: [] for operator_id in operator_ids}
    rows = db.session.execute(
        select(Operator.user_id, Campaign.name)
        .select_from(Operator)
        .join(CampaignCertificate, CampaignCertificate.club_id == club_id)
        .join(Campaign, Campaign.id == CampaignCertificate.campaign_id)
        .where(Campaign.state == CampaignState.RUNNING, Operator.user_id.in_(operator_ids))
        .where(~holds(Operator.user_id, now=now))
        .order_by(Operator.user_id, Campaign.id)
    )
    for operator_id, name in rows:
        found[operator_id].append(name)
    return found


def certified_for(campaign_id: int, operator_ids: Sequence[int], *, now: datetime) -> set[int]:
    """Those of the operators who may call for a campaign: all of them when it asks for no certificate."""
    rows = db.session.scalars(
        select(Operator.user_id)
        .join(Campaign, Campaign.id == campaign_id)
        .where(Operator.user_id.in_(operator_ids), is_open_to(Operator.user_id, now=now))
    )
    return set(rows)


def _held(operator_ids: Sequence[int]) -> list[tuple[int, Held]]:
    giver, taker = aliased(User), aliased(User)
    rows = db.session.execute(
        select(Certificate, giver.name, CertificateRevocation, taker.name)
        .select_from(Certificate)
        .outerjoin(giver, giver.id == Certificate.given_by)
        .outerjoin(CertificateRevocation, CertificateRevocation.certificate_id == Certificate.id)
        .outerjoin(taker, taker.id == CertificateRevocation.revoked_by)
        .where(Certificate.operator_id.in_(operator_ids))
        .order_by(Certificate.given_at.desc(), Certificate.id.desc())
    )
    return [
        (
            row.operator_id,
            Held(
                survey_id=row.survey_id,
                number=row.number,
                given_at=row.given_at,
                until=row.until,
                given_by=given_by,
                note=row.note,
                revoked_at=revocation.revoked_at if revocation else None,
                revoked_by=revoked_by,
                reason=revocation.reason if revocation else None,
            ),
        )
        for row, given_by, revocation, revoked_by in rows
    ]
