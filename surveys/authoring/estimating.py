"""How long a survey takes to ask, as its interviews tell where there were some."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from config.database import db
from surveys.authoring import timing
from surveys.interviews import evidence
from surveys.questionnaires.models import SurveyVersion
from surveys.questionnaires.reading import unfinished

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.authoring.timing import Past
    from surveys.interviews.evidence import Timed
    from surveys.questionnaires.document import Questionnaire

# The newest interviews tell how long it takes now; one that was interrupted for an hour tells nothing.
INTERVIEWS = 200
LONGEST_INTERVIEW_MINUTES = 60


@dataclass(frozen=True)
class Asked:
    """How long one question takes. `is_timed`: it was asked in these words, else it is counted from them."""

    code: str
    seconds: float
    is_timed: bool


@dataclass(frozen=True)
class Estimate:
    """How long asking everything takes. `interviews` of the same survey told; 0 when there were too few."""

    minutes: float
    interviews: int
    questions: tuple[Asked, ...]

    @property
    def timed_count(self) -> int:
        """How many questions were timed."""
        return sum(one.is_timed for one in self.questions)


def estimate(club_id: int, survey_id: int, questionnaire: Questionnaire) -> tuple[Estimate, Past]:
    """How long it takes to ask, and what earlier interviews of the survey showed."""
    interviews = evidence.latest_timed(club_id, survey_id, limit=INTERVIEWS)
    documents = _documents({one.version_id for one in interviews})
    past = timing.past_of(
        questionnaire, _in_these_words(questionnaire, interviews, documents), _whole(interviews, documents)
    )
    questions = tuple(
        Asked(code, seconds, code in past.seconds) for code, seconds in timing.each_of(questionnaire, past).items()
    )
    is_known = past != timing.NOTHING_YET
    return Estimate(timing.minutes_of(questionnaire, past), len(interviews) if is_known else 0, questions), past


def _documents(version_ids: set[int]) -> dict[int, Questionnaire]:
    rows = db.session.execute(
        select(SurveyVersion.id, SurveyVersion.document).where(SurveyVersion.id.in_(version_ids))
    ).all()
    return {row.id: unfinished(row.document) for row in rows}


def _in_these_words(
    questionnaire: Questionnaire, interviews: list[Timed], documents: Mapping[int, Questionnaire]
) -> dict[str, list[float]]:
    """The seconds of each question in the interviews that asked it as it stands now, whatever their version."""
    same = {
        version_id: {
            question.code
            for question in questionnaire.questions
            if (before := document.by_code.get(question.code)) is not None
            and (before.text, before.kind, before.choices) == (question.text, question.kind, question.choices)
        }
        for version_id, document in documents.items()
    }
    timed: defaultdict[str, list[float]] = defaultdict(list)
    for one in interviews:
        for code in same[one.version_id].intersection(one.seconds):
            timed[code].append(one.seconds[code])
    return timed


def _whole(interviews: list[Timed], documents: Mapping[int, Questionnaire]) -> list[tuple[float, float]]:
    estimates = {version_id: timing.minutes_of(document) for version_id, document in documents.items()}
    return [(one.minutes, estimates[one.version_id]) for one in interviews if one.minutes <= LONGEST_INTERVIEW_MINUTES]
