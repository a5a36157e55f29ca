"""An interview for tests: its club, version and the short ways to lead it."""

from __future__ import annotations

from datetime import UTC
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import select

from config.database import db
from surveys.interviews import interviewing
from surveys.interviews.models import Answer
from surveys.questionnaires import publishing
from surveys.questionnaires.models import VersionQuestion
from surveys.questionnaires.reading import from_dict
from tests.surveys.questionnaires.samples import SHORT

NOW = datetime(2025, 11, 20, 10, 0, tzinfo=UTC)
VALUES = {"club": "لمیز", "operator": "مینا", "member": "سارا"}
FULL = {"hello": None, "consent": "yes", "price_1": 4, "price_2": 3, "staff": 5, "overall": 4}

_entries = count(1000)


def publish(club_id: int, document: dict[str, Any] | None = None, slug: str = "short") -> int:
    version_id = publishing.draft(club_id, slug=slug, questionnaire=from_dict(document or SHORT), now=NOW)
    publishing.publish(club_id, version_id, now=NOW)
    db.session.commit()
    return version_id


def start(club_id: int, version_id: int, **fields: Any) -> int:
    values = {
        "campaign_id": 1,
        "entry_id": next(_entries),
        "member_id": 1,
        "operator_id": 1,
        "branch_id": None,
        "tier_id": None,
        "language": "fa",
        "placeholders": VALUES,
        "now": NOW,
        **fields,
    }
    return interviewing.open_response(club_id, version_id=version_id, **values)


def give(response_id: int, /, now: datetime = NOW, **values: Any) -> None:
    for code, value in values.items():
        status = value if value in ("dont_know", "refused") else "answered"
        given = None if status != "answered" else value
        interviewing.save_answer(response_id, question=code, status=status, value=given, now=now)


def rows(response_id: int) -> dict[str, Answer]:
    query = (
        select(VersionQuestion.code, Answer)
        .join(Answer, Answer.question_id == VersionQuestion.id)
        .where(Answer.response_id == response_id)
    )
    return dict(db.session.execute(query).all())


def finish(
    club_id: int, version_id: int, /, at: datetime = NOW, answers: dict[str, Any] | None = None, **fields: Any
) -> int:
    response_id = start(club_id, version_id, **fields)
    give(response_id, **{**FULL, **(answers or {})})
    interviewing.complete(response_id, now=at)
    return response_id
