"""Judging an interview: what speaks against it becomes rows, each once. Never commits."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.integrity import scoring
from callcenter.integrity import thresholds
from callcenter.integrity.models import FlaggedInterview
from callcenter.integrity.models import IntegrityFlag
from callcenter.integrity.scoring import FlagKind
from callcenter.integrity.scoring import Talk
from config.database import add_if_new
from config.database import db
from config.jobs.owed import owe
from surveys.interviews import evidence
from surveys.interviews.states import ResponseState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from callcenter.integrity.scoring import Flag
    from callcenter.integrity.scoring import Thresholds
    from surveys.interviews.evidence import Evidence
    from surveys.interviews.queries import ResponseLine

log = logging.getLogger(__name__)
COMPARE = "callcenter.integrity.jobs.compare"
# The others that an interview is compared with.
LATEST_INTERVIEWS = 100
OPERATORS_OVER = timedelta(days=60)


def judge_alone(response_id: int, *, club_id: int, now: datetime) -> bool:
    """Judge an interview that is being completed by itself; gives whether its credit has to wait for a review.

    What needs a look at others is left to a job, owed by this transaction: the completion does not wait for it.
    """
    limits = thresholds.of_club(club_id)
    if limits.median_percent or limits.operator_distance:
        owe(COMPARE, response_id)
    if limits == thresholds.OFF:
        return False
    found = evidence.of_response(response_id)
    flags = scoring.alone(found.steps, found.typed_at, _talks(found.line.entry_id, now), limits)
    if flags:
        _note(found.line, flags, is_held=True, now=now)
    return bool(flags)


def judge_in_company(response_id: int, *, now: datetime) -> None:
    """Judge a complete interview beside the others of its version. Done again it says nothing new.

    Its credit was paid unless it was held before: a flag of here changes nothing of that, a rejection does.
    """
    found = evidence.of_response(response_id)
    line = found.line
    if line.state is not ResponseState.COMPLETE:
        return
    limits = thresholds.of_club(line.club_id)
    flags = [_too_fast(found, limits), _far_operator(line, limits, now)]
    told = [flag for flag in flags if flag is not None]
    if told:
        _note(line, told, is_held=False, now=now)


def _too_fast(found: Evidence, limits: Thresholds) -> Flag | None:
    if not limits.median_percent:
        return None
    line = found.line
    others = evidence.paces(line.club_id, line.version_id, but=line.id, limit=LATEST_INTERVIEWS)
    return scoring.too_fast(found.steps, others, limits)


def _far_operator(line: ResponseLine, limits: Thresholds, now: datetime) -> Flag | None:
    """Said at one interview of the operator, and not again before as many further ones as it takes to know them."""
    if not limits.operator_distance:
        return None
    figures = evidence.figures_of_operators(line.club_id, line.version_id, since=now - OPERATORS_OVER)
    flag = scoring.far_operator(line.operator_id, figures, limits)
    return None if flag is None or _was_told_lately(line, limits.operator_interviews) else flag


def _was_told_lately(line: ResponseLine, interviews: int) -> bool:
    told = db.session.scalar(
        select(func.max(FlaggedInterview.completed_at))
        .join(IntegrityFlag, IntegrityFlag.flagged_id == FlaggedInterview.id)
        .where(
            FlaggedInterview.club_id == line.club_id,
            FlaggedInterview.version_id == line.version_id,
            FlaggedInterview.operator_id == line.operator_id,
            FlaggedInterview.response_id != line.id,
            IntegrityFlag.kind == FlagKind.OPERATOR,
        )
    )
    if told is None:
        return False
    return evidence.complete_count(line.club_id, line.version_id, line.operator_id, after=told) < interviews


def _talks(entry_id: int, now: datetime) -> list[Talk]:
    rows = db.session.execute(select(Call.connected_at, Call.ended_at).where(Call.entry_id == entry_id))
    return [Talk(since, until or now) for since, until in rows if since is not None]


def _note(line: ResponseLine, flags: Sequence[Flag], *, is_held: bool, now: datetime) -> None:
    row = FlaggedInterview(
        club_id=line.club_id,
        response_id=line.id,
        version_id=line.version_id,
        campaign_id=line.campaign_id,
        entry_id=line.entry_id,
        member_id=line.member_id,
        operator_id=line.operator_id,
        is_held=is_held,
        completed_at=line.completed_at or now,
    )
    add_if_new(row)
    flagged_id = db.session.scalars(select(FlaggedInterview.id).where(FlaggedInterview.response_id == line.id)).one()
    for flag in flags:
        add_if_new(
            IntegrityFlag(
                club_id=line.club_id, flagged_id=flagged_id, kind=flag.kind, figures=flag.figures, found_at=now
            )
        )
    log.info("interview %s: %s speak against it", line.id, [flag.kind.value for flag in flags])
