"""What the entries of the queue need: computed ahead into the entry, so that the claim only compares."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy import ColumnElement
from sqlalchemy import and_
from sqlalchemy import case
from sqlalchemy import func
from sqlalchemy import literal
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
from config.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence


def compute(*which: ColumnElement[bool]) -> None:
    """Write anew what the open entries under these conditions need, where that has changed.

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


def of_new(campaign_id: int, language: ColumnElement[str | None]) -> ColumnElement[int]:
    """What a member who is put into a campaign's queue needs, by the column of the member's language (NULL: any)."""
    asked, masks = _of_campaigns().get(campaign_id, 0), _masks()
    needed = _numbers({code: asked | masks[code] for code in LANGUAGES})
    return case(needed, value=language, else_=_number(asked))


def _needed() -> ColumnElement[int]:
    promised = and_(QueueEntry.callback_at.is_not(None), QueueEntry.callback_operator_id.is_(None))
    masks, campaigns = _masks(), _of_campaigns()
    # Numbers, not subqueries: a whole campaign is computed at once.
    of_campaign = case(_numbers(campaigns), value=QueueEntry.campaign_id, else_=_number(0)) if campaigns else _number(0)
    # The code of a language is that of its skill.
    of_language = {language: masks[language] for language in LANGUAGES}
    return (
        of_campaign.bitwise_or(case(_numbers(of_language), value=language_of(QueueEntry.member_id), else_=_number(0)))
        .bitwise_or(case((_is_asked_again(), _number(masks[catalogue.REFUSALS])), else_=_number(0)))
        .bitwise_or(case((promised, _number(masks[catalogue.APPOINTMENTS])), else_=_number(0)))
    )


def _masks() -> dict[str, int]:
    return {skill.code: skill.mask for skill in catalogue.skills()}


def _of_campaigns() -> dict[int, int]:
    """The sum of the skills that each campaign asks for; those that ask for none are left out."""
    rows = db.session.execute(
        select(CampaignSkill.campaign_id, func.sum(Skill.mask))
        .join(Skill, Skill.code == CampaignSkill.skill)
        .group_by(CampaignSkill.campaign_id)
    )
    return {campaign_id: int(total) for campaign_id, total in rows}


def _numbers(masks: Mapping[Any, int]) -> dict[Any, ColumnElement[int]]:
    return {key: _number(mask) for key, mask in masks.items()}


def _number(mask: int) -> ColumnElement[int]:
    return literal(mask, BigInteger)


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
