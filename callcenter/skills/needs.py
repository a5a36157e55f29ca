"""What the entries of the queue need: computed ahead into the entry, so that the claim only compares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger
from sqlalchemy import ColumnElement
from sqlalchemy import and_
from sqlalchemy import case
from sqlalchemy import cast
from sqlalchemy import func
from sqlalchemy import null
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy import update

from callcenter.calls.aapor import REFUSALS
from callcenter.calls.models import Call
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.skills import catalogue
from callcenter.skills.models import CampaignSkill
from callcenter.skills.models import Skill
from club.members.queries import language_of
from config.database import db

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ScalarSelect


def compute(*which: ColumnElement[bool]) -> None:
    """Write anew what the open entries under these conditions need, where that has changed. One statement.

    The campaign's skills; the member's language; of who refused and is asked once more, calling again after a refusal,
    by anybody but the operator who was refused; of who was promised a call that is nobody's own, promised calls.
    """
    needed, refused = _needed(), _refused_operator()
    changed = or_(QueueEntry.needs != needed, QueueEntry.refused_operator_id.is_distinct_from(refused))
    db.session.flush()
    db.session.execute(
        update(QueueEntry)
        .where(*which, QueueEntry.state != EntryState.CLOSED, changed)
        .values(needs=needed, refused_operator_id=refused)
        .execution_options(synchronize_session=False)
    )


def on_language_changed(*, member_ids: Sequence[int]) -> None:
    """Who is to be spoken to in another language may need another operator, in every queue."""
    compute(QueueEntry.member_id.in_(member_ids))


def _needed() -> ColumnElement[int]:
    promised = and_(QueueEntry.callback_at.is_not(None), QueueEntry.callback_operator_id.is_(None))
    return (
        _of_campaign()
        # The code of a language is that of its skill.
        .bitwise_or(func.coalesce(_mask(language_of(QueueEntry.member_id)), 0))
        .bitwise_or(case((_is_asked_again(), _mask(catalogue.REFUSALS)), else_=0))
        .bitwise_or(case((promised, _mask(catalogue.APPOINTMENTS)), else_=0))
    )


def _is_asked_again() -> ColumnElement[bool]:
    """Later silence does not cancel a refusal: the entry keeps its outcome. Who asked for a call is no refusal."""
    return and_(QueueEntry.outcome.in_(REFUSALS), QueueEntry.callback_at.is_(None))


def _refused_operator() -> ColumnElement[int | None]:
    last = (
        select(Call.operator_id)
        .where(Call.entry_id == QueueEntry.id, Call.disposition.in_(REFUSALS))
        .order_by(Call.id.desc())
        .limit(1)
        .correlate(QueueEntry)
        .scalar_subquery()
    )
    return case((_is_asked_again(), last), else_=null())


def _of_campaign() -> ColumnElement[int]:
    total = (
        select(cast(func.coalesce(func.sum(Skill.mask), 0), BigInteger))
        .join(CampaignSkill, CampaignSkill.skill == Skill.code)
        .where(CampaignSkill.campaign_id == QueueEntry.campaign_id)
        .correlate(QueueEntry)
    )
    return total.scalar_subquery()


def _mask(code: str | ScalarSelect[str | None]) -> ColumnElement[int]:
    return select(Skill.mask).where(Skill.code == code).correlate(QueueEntry).scalar_subquery()
