"""Certificates given, renewed and taken back; each time a row. Nothing here commits."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from callcenter.operators import queries as operators
from callcenter.operators.models import Operator
from callcenter.queue import promises
from callcenter.training import families
from callcenter.training import requiring
from callcenter.training import rules
from callcenter.training.families import Family
from callcenter.training.models import Certificate
from callcenter.training.models import CertificateRevocation
from config.database import db
from config.errors import InvalidInputError
from config.text import clean_text

LONGEST_NOTE = 300
YEAR = 12


def give(club_id: int, survey_id: int, operator_ids: Sequence[int], *, note: str, given_by: int, now: datetime) -> None:
    """Certify operators of the club for the newest version, without the steps of the training; `note` says why.

    Who has a certificate gets another one, which holds longer. Raises NotFoundError for a survey or an operator that is
    not the club's, InvalidInputError for nobody (field `operator`) and for no reason (`note`).
    """
    family = families.get(club_id, survey_id)
    operators.ensure_of_club(club_id, operator_ids)
    if not operator_ids:
        raise InvalidInputError("operator", "nobody was chosen")
    reason = _reason(note, "note")
    for operator_id in sorted(set(operator_ids)):
        _add(club_id, survey_id, operator_id, family.newest.number, given_by=given_by, note=reason, now=now)


def earn(club_id: int, family: Family, operator_id: int, *, now: datetime) -> None:
    """Certify an operator who has taken all the steps for the newest version."""
    _add(club_id, family.survey_id, operator_id, family.newest.number, given_by=None, note="", now=now)


def revoke(club_id: int, survey_id: int, operator_id: int, *, reason: str, revoked_by: int, now: datetime) -> None:
    """Take back what an operator has for a survey; a member on the desk stays there until the call is over.

    Calls they promised to make themselves are anybody's from now on, where campaigns ask for the certificate.
    Raises NotFoundError for an operator who does not call for the club, InvalidInputError for no `reason`.
    """
    operators.ensure_of_club(club_id, [operator_id])
    text = _reason(reason, "reason")
    # Entries come before operators, as in every call.
    promises.release(operator_id, requiring.campaigns_of(survey_id))
    lock(operator_id)
    valid = db.session.scalars(
        select(Certificate.id)
        .outerjoin(CertificateRevocation, CertificateRevocation.certificate_id == Certificate.id)
        .where(Certificate.club_id == club_id, Certificate.survey_id == survey_id)
        .where(Certificate.operator_id == operator_id, Certificate.until > now)
        .where(CertificateRevocation.certificate_id.is_(None))
    )
    db.session.add_all(
        CertificateRevocation(certificate_id=one, club_id=club_id, revoked_at=now, revoked_by=revoked_by, reason=text)
        for one in valid.all()
    )
    db.session.flush()


def lock(operator_id: int) -> None:
    """Of two who change at once what an operator has taken or holds, let the second see what the first did.

    Else the last two steps, taken in one moment, would both miss the other, and no certificate follow.
    """
    db.session.execute(select(Operator.user_id).where(Operator.user_id == operator_id).with_for_update(key_share=True))


def months_later(at: datetime, months: int) -> datetime:
    """The same day and hour so many months on, or the last day of a shorter month."""
    years, month = divmod(at.month - 1 + months, YEAR)
    day = min(at.day, monthrange(at.year + years, month + 1)[1])
    return at.replace(year=at.year + years, month=month + 1, day=day)


def _add(
    club_id: int, survey_id: int, operator_id: int, number: int, *, given_by: int | None, note: str, now: datetime
) -> None:
    certificate = Certificate(
        club_id=club_id,
        operator_id=operator_id,
        survey_id=survey_id,
        number=number,
        given_at=now,
        given_by=given_by,
        note=note,
        until=months_later(now, rules.of_club(club_id).months),
    )
    db.session.add(certificate)
    db.session.flush()


def _reason(typed: str, field: str) -> str:
    text = clean_text(typed)
    if not 0 < len(text) <= LONGEST_NOTE:
        raise InvalidInputError(field, f"write 1 to {LONGEST_NOTE} characters")
    return text
