"""Who of a campaign's members is put into its queue, and why the others are not: decided for many in one statement."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from typing import NamedTuple

from sqlalchemy import case
from sqlalchemy import exists
from sqlalchemy import false
from sqlalchemy import literal
from sqlalchemy import null
from sqlalchemy import select

from callcenter.permission import rules
from callcenter.permission.exclusions import is_left_out
from callcenter.permission.resting import INTERVIEWED
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.quotas import assigning
from club.members import drawing as members

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy import Subquery

    from callcenter.campaigns.models import Campaign


class LeftOut(StrEnum):
    """Why a member is not in the queue of a campaign; the first reason that holds is the one counted."""

    NOT_IN_SAMPLE = "not_in_sample"
    NO_CONSENT = "no_consent"
    DO_NOT_CALL = "do_not_call"
    LEFT_OUT = "left_out"
    NO_CELL = "no_cell"
    ALREADY_QUEUED = "already_queued"
    ASKED_RECENTLY = "asked_recently"


class Stretch(NamedTuple):
    """Members of a club one after the other, by their ids, both included."""

    first_id: int
    last_id: int


def next_stretch(club_id: int, *, after_id: int, size: int) -> Stretch | None:
    """The next `size` members after `after_id`; None when there is none."""
    last_id = members.last_of_next(club_id, after_id=after_id, limit=size)
    return None if last_id is None else Stretch(after_id + 1, last_id)


def judged(campaign: Campaign, stretch: Stretch, *, now: datetime) -> Subquery:
    """The members of a stretch with `member_id`, `kind_id`, `language`, and `reason`: a LeftOut, NULL for who is drawn.

    `permission.asking` says the same of one member.
    """
    kinds = assigning.kinds_of(campaign.id)
    one = members.weighed(
        campaign.club_id, campaign.sample, first_id=stretch.first_id, last_id=stretch.last_id, now=now, kinds=kinds
    ).subquery("weighed")
    # The ids again: the database then reads the entries of this stretch once, and not the whole queue each time.
    in_queue = exists().where(QueueEntry.member_id.between(*stretch), QueueEntry.member_id == one.c.member_id)
    checks: tuple[tuple[ColumnElement[bool], LeftOut], ...] = (
        (~one.c.matches, LeftOut.NOT_IN_SAMPLE),
        (~one.c.consent_calls, LeftOut.NO_CONSENT),
        (one.c.is_do_not_call, LeftOut.DO_NOT_CALL),
        (is_left_out(campaign.id, one.c.member_id), LeftOut.LEFT_OUT),
        (one.c.kind_id.is_(None) if assigning.needs_cell(campaign, kinds) else false(), LeftOut.NO_CELL),
        (in_queue.where(QueueEntry.campaign_id == campaign.id), LeftOut.ALREADY_QUEUED),
        (in_queue.where(*_was_interviewed(campaign, now)), LeftOut.ASKED_RECENTLY),
    )
    reason = case(*((holds, literal(kind.value)) for holds, kind in checks), else_=null()).label("reason")
    return select(one.c.member_id, one.c.kind_id, one.c.language, reason).subquery("judged")


def _was_interviewed(campaign: Campaign, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The entry of an interview in any campaign within the rest days of this one, or of the club."""
    days = max(campaign.rest_days, rules.of_club(campaign.club_id).interview_days)
    is_interviewed = (QueueEntry.state == EntryState.CLOSED, QueueEntry.outcome.in_(INTERVIEWED))
    return (*is_interviewed, QueueEntry.closed_at > now - timedelta(days=days))
