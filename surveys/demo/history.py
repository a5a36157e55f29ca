"""Past interviews, written in bulk with every rule of a real one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import insert

from config.database import db
from surveys.demo.answering import Deck
from surveys.demo.answering import Opinion
from surveys.demo.answering import interview
from surveys.interviews import path
from surveys.interviews.models import Answer
from surveys.interviews.models import Response
from surveys.interviews.states import AnswerStatus
from surveys.interviews.states import ResponseState
from surveys.questionnaires import queries as questionnaires

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import datetime
    from random import Random

    from surveys.interviews.answers import Accepted
    from surveys.questionnaires.document import Questionnaire

# Where a member who does not go on stops: after the greeting and the consent, in the middle, or near the end.
STOPS_AFTER = {ResponseState.COMPLETE: None, ResponseState.PARTIAL: 8, ResponseState.BREAK_OFF: 3}


@dataclass(frozen=True, kw_only=True)
class PastInterview:
    """Who was interviewed when, how far it went, and the mean ratings their answers scatter around."""

    campaign_id: int
    entry_id: int
    member_id: int
    operator_id: int
    branch_id: int
    tier_id: int
    placeholders: Mapping[str, Any]
    started_at: datetime
    ended_at: datetime
    state: str
    means: Mapping[str, float]


def write(club_id: int, version_id: int, interviews: Sequence[PastInterview], *, chance: Random) -> list[int]:
    """Write the interviews with their answers; returns the response ids in the same order."""
    questionnaire = questionnaires.questionnaire_of(club_id, version_id)
    question_ids = questionnaires.question_ids(version_id)
    deck = Deck(chance)
    given = [
        interview(
            questionnaire,
            Opinion(past.means),
            deck=deck,
            chance=chance,
            today=past.ended_at.date(),
            stop_after=STOPS_AFTER[ResponseState(past.state)],
        )
        for past in interviews
    ]
    rows = [
        _response(club_id, version_id, past, _state(questionnaire, ResponseState(past.state), answers))
        for past, answers in zip(interviews, given, strict=True)
    ]
    ids = db.session.scalars(insert(Response).returning(Response.id, sort_by_parameter_order=True), rows).all()
    db.session.execute(
        insert(Answer),
        [
            row
            for response_id, past, answers in zip(ids, interviews, given, strict=True)
            for row in _answers(club_id, response_id, past, answers, question_ids)
        ],
    )
    return list(ids)


def _state(questionnaire: Questionnaire, wanted: ResponseState, answers: Mapping[str, Accepted]) -> ResponseState:
    """The state that the answers allow: an early end is named by the share answered, as for a real interview."""
    if wanted is ResponseState.COMPLETE:
        return wanted
    given = {code: path.Given(one.value, one.status is not AnswerStatus.REFUSED) for code, one in answers.items()}
    return ResponseState.PARTIAL if path.is_partial(questionnaire, given) else ResponseState.BREAK_OFF


def _response(club_id: int, version_id: int, past: PastInterview, state: ResponseState) -> dict[str, Any]:
    return {
        "club_id": club_id,
        "version_id": version_id,
        "campaign_id": past.campaign_id,
        "entry_id": past.entry_id,
        "member_id": past.member_id,
        "operator_id": past.operator_id,
        "branch_id": past.branch_id,
        "tier_id": past.tier_id,
        "language": "fa",
        "state": state,
        "placeholders": dict(past.placeholders),
        "started_at": past.started_at,
        "completed_at": past.ended_at if state is ResponseState.COMPLETE else None,
        "stopped_at": None if state is ResponseState.COMPLETE else past.ended_at,
    }


def _answers(
    club_id: int,
    response_id: int,
    past: PastInterview,
    answers: Mapping[str, Accepted],
    question_ids: Mapping[str, int],
) -> list[dict[str, Any]]:
    step = (past.ended_at - past.started_at) / (len(answers) + 1)
    return [
        {
            "club_id": club_id,
            "response_id": response_id,
            "question_id": question_ids[code],
            "status": answer.status,
            "value": answer.value,
            "number": answer.number,
            "is_on_path": True,
            "revision": 1,
            "answered_at": past.started_at + timedelta(seconds=round(step.total_seconds() * place)),
        }
        for place, (code, answer) in enumerate(answers.items(), start=1)
    ]
