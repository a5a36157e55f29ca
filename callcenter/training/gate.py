"""Whether an operator may call for a campaign: one condition, to stand inside the queries that choose campaigns."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy import SQLColumnExpression
from sqlalchemy import exists

from callcenter.campaigns.models import Campaign
from callcenter.training.models import CampaignCertificate
from callcenter.training.models import Certificate
from callcenter.training.models import CertificateRevocation


def is_open_to(operator_id: int | SQLColumnExpression[int], *, now: datetime) -> ColumnElement[bool]:
    """Whether the campaign of the query around it asks for no certificate, or the operator has it."""
    needed = CampaignCertificate.campaign_id == Campaign.id
    return ~exists().where(needed, ~holds(operator_id, now=now)).correlate_except(CampaignCertificate)


def holds(operator_id: int | SQLColumnExpression[int], *, now: datetime) -> ColumnElement[bool]:
    """Whether an operator has a certificate that the `CampaignCertificate` of the query around it asks for."""
    held = exists().where(
        Certificate.operator_id == operator_id,
        Certificate.survey_id == CampaignCertificate.survey_id,
        Certificate.number >= CampaignCertificate.from_number,
        Certificate.until > now,
        ~exists().where(CertificateRevocation.certificate_id == Certificate.id),
    )
    # The operator may stand two queries further out, where SQLAlchemy does not look by itself.
    return held.correlate_except(Certificate)
