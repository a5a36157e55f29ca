"""The steps an operator takes, and the certificate that follows the last of them. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from callcenter.operators import queries as operators
from callcenter.training import certifying
from callcenter.training import checklist
from callcenter.training import families
from callcenter.training import material
from callcenter.training import programme
from callcenter.training import rules
from callcenter.training import standing
from callcenter.training.checklist import Item
from callcenter.training.checklist import Mark
from callcenter.training.families import Family
from callcenter.training.models import StepKind
from callcenter.training.models import TrainingStep
from callcenter.training.programme import Stage
from callcenter.training.programme import Taken
from callcenter.training.quizzing import Result
from callcenter.training.quizzing import Shown
from callcenter.training.quizzing import score
from callcenter.training.quizzing import shown
from callcenter.training.standing import Held
from callcenter.training.standing import Standing
from config.database import db


def read(club_id: int, survey_id: int, operator_id: int, *, now: datetime) -> None:
    """The operator has read the material. Raises NotFoundError."""
    _take(families.get(club_id, survey_id), club_id, operator_id, StepKind.READ, is_passed=True, now=now)


def practised(
    club_id: int, survey_id: int, operator_id: int, *, number: int, percent: int, is_passed: bool, now: datetime
) -> None:
    """The operator has finished a practice in version `number`. Raises NotFoundError."""
    family = families.get(club_id, survey_id)
    facts = {"percent": percent, "is_passed": is_passed, "number": number}
    _take(family, club_id, operator_id, StepKind.PRACTICE, now=now, **facts)


def quiz(survey_id: int, operator_id: int, *, tries: int) -> list[Shown]:
    """The quiz in the order of the try after so many."""
    return shown(material.quiz(survey_id), seed=f"{operator_id}:{tries}")


def tries(survey_id: int, operator_id: int) -> int:
    """How often an operator tried the quiz."""
    return sum(one.kind is StepKind.QUIZ for one in taken_by(survey_id, [operator_id])[operator_id])


def answer_quiz(
    club_id: int, survey_id: int, operator_id: int, chosen: Mapping[str, int | None], *, tries: int, now: datetime
) -> Result:
    """Score a quiz that was shown after so many tries, and keep it. Raises NotFoundError."""
    family = families.get(club_id, survey_id)
    result = score(quiz(survey_id, operator_id, tries=tries), chosen)
    is_passed = result.percent >= rules.of_club(club_id).quiz_percent
    detail = {"wrong": list(result.wrong)}
    _take(
        family, club_id, operator_id, StepKind.QUIZ, is_passed=is_passed, percent=result.percent, detail=detail, now=now
    )
    return result


def score_trial(
    club_id: int,
    survey_id: int,
    operator_id: int,
    marks: Mapping[Item, Mark],
    *,
    note: str,
    scored_by: int,
    now: datetime,
) -> bool:
    """A supervisor has listened to a trial interview; gives whether it was passed. Raises NotFoundError."""
    family = families.get(club_id, survey_id)
    operators.ensure_of_club(club_id, [operator_id])
    is_passed = checklist.is_passed(marks)
    _take(
        family,
        club_id,
        operator_id,
        StepKind.CHECKLIST,
        is_passed=is_passed,
        percent=checklist.percent(marks),
        detail={"marks": {item.value: int(mark) for item, mark in marks.items()}, "note": note},
        scored_by=scored_by,
        now=now,
    )
    return is_passed


def taken_by(survey_id: int, operator_ids: Sequence[int]) -> dict[int, list[Taken]]:
    """The steps that operators took for a survey, the oldest first."""
    found: dict[int, list[Taken]] = {operator_id: [] for operator_id in operator_ids}
    rows = db.session.scalars(
        select(TrainingStep)
        .where(TrainingStep.survey_id == survey_id, TrainingStep.operator_id.in_(operator_ids))
        .order_by(TrainingStep.id)
    )
    for row in rows:
        found[row.operator_id].append(Taken(row.kind, row.number, row.taken_at, row.is_passed, row.percent))
    return found


def stages_of(family: Family, told: Standing, held: Held | None, taken: Sequence[Taken]) -> list[Stage]:
    """The steps that lead an operator to a certificate for the newest version."""
    return programme.stages(told, held, taken, from_number=family.from_number)


def _take(family: Family, club_id: int, operator_id: int, kind: StepKind, *, now: datetime, **facts: Any) -> None:
    certifying.lock(operator_id)
    step = TrainingStep(
        club_id=club_id,
        operator_id=operator_id,
        survey_id=family.survey_id,
        kind=kind,
        taken_at=now,
        **{"number": family.newest.number, **facts},
    )
    db.session.add(step)
    db.session.flush()
    _certify_if_through(family, club_id, operator_id, now)


def _certify_if_through(family: Family, club_id: int, operator_id: int, now: datetime) -> None:
    certificates = standing.of_survey(family.survey_id, [operator_id])[operator_id]
    told, held = standing.best(certificates, from_number=family.from_number, now=now)
    taken = taken_by(family.survey_id, [operator_id])[operator_id]
    if programme.is_through(stages_of(family, told, held, taken)):
        certifying.earn(club_id, family, operator_id, now=now)
