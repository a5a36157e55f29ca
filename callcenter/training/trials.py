"""What supervisors wrote down of the trial interviews they listened to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from callcenter.training.checklist import Item
from callcenter.training.checklist import Mark
from callcenter.training.models import StepKind
from callcenter.training.models import TrainingStep
from config.accounts.models import User
from config.database import db


@dataclass(frozen=True)
class Trial:
    """A trial interview: when, who listened, what was not good in it (`faults`), and the note beside the checklist."""

    at: datetime
    by: str
    percent: int | None
    is_passed: bool
    faults: tuple[tuple[Item, Mark], ...]
    note: str


def last(survey_id: int, operator_ids: Sequence[int]) -> dict[int, Trial]:
    """The last trial interview of operators for a survey; who had none is not in it."""
    rows = db.session.execute(
        select(TrainingStep, User.name)
        .join(User, User.id == TrainingStep.scored_by)
        .where(TrainingStep.survey_id == survey_id, TrainingStep.operator_id.in_(operator_ids))
        .where(TrainingStep.kind == StepKind.CHECKLIST)
        .order_by(TrainingStep.id)
    )
    return {step.operator_id: _trial(step, name) for step, name in rows}


def _trial(step: TrainingStep, by: str) -> Trial:
    marks = step.detail.get("marks", {})
    faults = tuple((item, Mark(marks[item])) for item in Item if marks.get(item, Mark.GOOD) < Mark.GOOD)
    return Trial(step.taken_at, by, step.percent, step.is_passed, faults, step.detail.get("note", ""))
