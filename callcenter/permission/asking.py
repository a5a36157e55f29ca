"""Why (not) this member: the facts behind every reason, gathered for one member and one campaign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_
from sqlalchemy import select
from sqlalchemy.orm import aliased

from callcenter.campaigns.models import Campaign
from callcenter.permission import member_hours
from callcenter.permission import resting
from callcenter.permission import rules
from callcenter.permission.exclusions import is_left_out
from callcenter.permission.reasons import EntryFacts
from callcenter.permission.reasons import Facts
from callcenter.permission.reasons import Hands
from callcenter.permission.reasons import Reason
from callcenter.permission.reasons import reasons
from callcenter.queue import promises
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from callcenter.quotas.assigning import kinds_of
from callcenter.quotas.assigning import needs_cell
from callcenter.skills import catalogue
from callcenter.skills import staff
from callcenter.skills.staff import Caller
from callcenter.training import requiring
from callcenter.training import standing
from club.members import drawing
from club.members import listings
from club.members import queries as members
from config.accounts.models import User
from config.database import db
from config.errors import NotFoundError


def why(club_id: int, member_id: int, campaign_id: int, *, now: datetime) -> list[Reason]:
    """Every reason against calling a member for a campaign now, with the time it ends; none: they may be called.

    Raises NotFoundError when the club has no such member or campaign.
    """
    campaign = db.session.get(Campaign, campaign_id)
    if campaign is None or campaign.club_id != club_id:
        raise NotFoundError(f"Club {club_id} has no campaign {campaign_id}.")
    return reasons(_facts(campaign, member_id, now), now=now)


def _facts(campaign: Campaign, member_id: int, now: datetime) -> Facts:
    card = members.get_card(campaign.club_id, member_id)
    kinds = kinds_of(campaign.id)
    weighed = drawing.weigh(campaign.club_id, member_id, campaign.sample, now=now, kinds=kinds)
    levels = {listing.is_house_wide for listing in listings.holding(campaign.club_id, card.phone)}
    club_rules = rules.of_club(campaign.club_id)
    return Facts(
        campaign=campaign.state,
        hours=member_hours.with_campaign(campaign.id, member_id, now=now),
        is_barred_by_house=True in levels,
        is_barred_by_club=False in levels,
        is_left_out=bool(db.session.scalar(select(is_left_out(campaign.id, member_id)))),
        has_consent=card.consent_calls,
        is_in_sample=weighed.matches,
        is_in_cell=weighed.kind_id is not None or not needs_cell(campaign, kinds),
        rests=resting.rests_of(member_id, rules=club_rules, rest_days=campaign.rest_days, now=now),
        held_elsewhere_until=_held_elsewhere_until(member_id, campaign.id),
        entry=_entry(campaign.id, member_id, now),
    )


def _entry(campaign_id: int, member_id: int, now: datetime) -> EntryFacts | None:
    holder, promiser = aliased(User), aliased(User)
    row = db.session.execute(
        select(QueueEntry, holder.name, promiser.name, QuotaCell)
        .outerjoin(holder, and_(holder.id == QueueEntry.operator_id, QueueEntry.state == EntryState.LEASED))
        .outerjoin(promiser, promiser.id == QueueEntry.callback_operator_id)
        .outerjoin(QuotaCell, QuotaCell.id == QueueEntry.cell_id)
        .where(QueueEntry.campaign_id == campaign_id, QueueEntry.member_id == member_id)
    ).one_or_none()
    if row is None:
        return None
    entry, held_by, promised_by, cell = row
    return EntryFacts(
        state=entry.state,
        due_at=entry.due_at,
        lease_until=entry.lease_until,
        holder=held_by,
        callback_at=entry.callback_at,
        outcome=entry.outcome,
        is_barred=entry.is_barred,
        is_quota_full=cell is not None and cell.is_full,
        promised_by=promised_by,
        promise_ends=entry.callback_at and promises.missed_from(entry.callback_at, entry.callback_until),
        skills=catalogue.within(entry.needs, catalogue.used()),
        **_who_may_call(entry, now),
    )


def _who_may_call(entry: QueueEntry, now: datetime) -> dict[str, Hands]:
    """Who has the certificate, and who of them may make this call."""
    is_for_all = not entry.needs and entry.refused_operator_id is None
    is_certificate_needed = requiring.is_needed(entry.campaign_id)
    if is_for_all and not is_certificate_needed:
        return {}
    callers = staff.callers(entry.club_id, campaign_id=entry.campaign_id)
    ids = standing.certified_for(entry.campaign_id, [one.id for one in callers], now=now)
    certified = [one for one in callers if one.id in ids]
    able = staff.able(certified, needs=entry.needs, refused_operator_id=entry.refused_operator_id)
    return {
        "certified": _hands(certified) if is_certificate_needed else Hands.AT_WORK,
        "hands": Hands.AT_WORK if is_for_all else _hands(able),
    }


def _hands(found: Sequence[Caller]) -> Hands:
    if not found:
        return Hands.NOBODY
    return Hands.AT_WORK if any(one.is_at_work for one in found) else Hands.NOT_AT_WORK


def _held_elsewhere_until(member_id: int, campaign_id: int) -> datetime | None:
    return db.session.scalar(
        select(QueueEntry.lease_until).where(
            QueueEntry.member_id == member_id,
            QueueEntry.campaign_id != campaign_id,
            QueueEntry.state == EntryState.LEASED,
        )
    )
