"""Training as its pages show it: surveys with their operators, and an operator with their surveys. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from callcenter.operators import queries as operators
from callcenter.operators.queries import OperatorLine
from callcenter.training import families
from callcenter.training import learning
from callcenter.training import standing
from callcenter.training import trials
from callcenter.training.families import Family
from callcenter.training.programme import Stage
from callcenter.training.standing import MAY_CALL
from callcenter.training.standing import Held
from callcenter.training.standing import Standing
from callcenter.training.trials import Trial
from config.accounts.access import Role


@dataclass(frozen=True)
class Trainee:
    """An operator beside a survey; `held` is the certificate that tells the standing, `stages` lead to one.

    `trial` is the last one that a supervisor listened to, whether it counts for the next certificate or not.
    """

    operator: OperatorLine
    standing: Standing
    held: Held | None
    stages: Sequence[Stage]
    trial: Trial | None

    @property
    def may_call(self) -> bool:
        """Whether a campaign that asks for the certificate gives them its members."""
        return self.standing in MAY_CALL


@dataclass(frozen=True)
class Course:
    """A survey with the operators of its club."""

    family: Family
    trainees: Sequence[Trainee]

    @property
    def certified_count(self) -> int:
        """How many may call."""
        return sum(one.may_call for one in self.trainees)

    @property
    def ending_count(self) -> int:
        """How many certificates end soon."""
        return sum(one.standing is Standing.ENDING for one in self.trainees)


@dataclass(frozen=True)
class OwnCourse:
    """A survey as one operator stands to it, as in `Trainee`."""

    club_id: int
    family: Family
    standing: Standing
    held: Held | None
    stages: Sequence[Stage]
    trial: Trial | None

    @property
    def next_stage(self) -> Stage | None:
        """What the operator does next."""
        return next((stage for stage in self.stages if not stage.is_done), None)


def courses(club_id: int, *, now: datetime) -> list[Course]:
    """The surveys of a club that were ever published, with its operators."""
    return [_course(club_id, family, family.newest.number, now) for family in families.of_club(club_id)]


def course(club_id: int, survey_id: int, *, now: datetime) -> Course:
    """One of them. Raises NotFoundError."""
    family = families.get(club_id, survey_id)
    return _course(club_id, family, family.newest.number, now)


def course_of_version(club_id: int, version_id: int, *, now: datetime) -> Course:
    """The survey of a version with its operators, and who of them may call for that version."""
    family = families.of_version(club_id, version_id)
    return _course(club_id, family, family.number_of(version_id), now)


def own_courses(operator_id: int, club_ids: Sequence[int], *, now: datetime) -> list[OwnCourse]:
    """The surveys of the clubs that an operator calls for."""
    held = standing.of_operator(operator_id)
    found = []
    for club_id in club_ids:
        for family in families.of_club(club_id):
            told = standing.best(held.get(family.survey_id, []), from_number=family.from_number, now=now)
            taken = learning.taken_by(family.survey_id, [operator_id])[operator_id]
            trial = trials.last(family.survey_id, [operator_id]).get(operator_id)
            found.append(OwnCourse(club_id, family, *told, learning.stages_of(family, *told, taken), trial))
    return found


def _course(club_id: int, family: Family, number: int, now: datetime) -> Course:
    people = [one for one in operators.of_club(club_id) if one.role is Role.OPERATOR]
    ids = [one.id for one in people]
    held, taken = standing.of_survey(family.survey_id, ids), learning.taken_by(family.survey_id, ids)
    tried = trials.last(family.survey_id, ids)
    trainees = []
    for one in people:
        told = standing.best(held[one.id], from_number=family.counts_from(number), now=now)
        stages = learning.stages_of(family, *told, taken[one.id])
        trainees.append(Trainee(one, *told, stages, tried.get(one.id)))
    return Course(family, trainees)
