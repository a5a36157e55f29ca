"""What was answered to the questions that no measure counts, question by question.

Counted are the answers on the path of complete interviews, as everywhere. A question is the same in all versions of its
survey that ask it by one code and in one kind; its words are those of the newest of them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field
from operator import itemgetter
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from sqlalchemy import Text
from sqlalchemy import and_
from sqlalchemy import cast
from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select

from config.database import db
from surveys.interviews.models import Answer
from surveys.interviews.models import Response
from surveys.interviews.states import AnswerStatus
from surveys.questionnaires import queries as questionnaires
from surveys.questionnaires.document import Kind
from surveys.questionnaires.models import VersionQuestion
from surveys.results.queries import matching

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Select

    from surveys.questionnaires.document import Question
    from surveys.results.filters import Filters

KINDS = (
    Kind.RECOMMEND,
    Kind.EFFORT,
    Kind.YES_NO,
    Kind.CHOICE_ONE,
    Kind.CHOICE_MANY,
    Kind.NUMBER,
    Kind.AMOUNT,
    Kind.DATE,
)


@dataclass(frozen=True)
class QuestionCounts:
    """The answers to one question: how many members gave each value, knew not, or refused.

    `n` members gave one, or several where several may be chosen. `choices` are the words of all that could be chosen.
    """

    survey: str
    question: Question
    values: Mapping[Any, int]
    n: int
    dont_know: int
    refused: int
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class _Asked(NamedTuple):
    survey_id: int
    code: str
    kind: str


def by_question(filters: Filters) -> list[QuestionCounts]:
    """The questions that were asked and that no measure counts, by survey and in the order of asking."""
    lines = {line.id: line for line in questionnaires.issued(filters.club_id)}
    tallies: defaultdict[_Asked, _Tally] = defaultdict(_Tally)
    for version_id, code, kind, status, value, count in db.session.execute(_query(filters)):
        tallies[_Asked(lines[version_id].survey_id, code, kind)].add(version_id, status, value, count)
    found = []
    for asked, tally in tallies.items():
        newest_first = sorted(tally.version_ids, key=lambda one: -lines[one].number)
        wordings = [questionnaires.questionnaire_of(filters.club_id, version_id) for version_id in newest_first]
        place = list(wordings[0].by_code).index(asked.code)
        counts = tally.counts(lines[newest_first[0]].name, [one.by_code[asked.code] for one in wordings])
        found.append(((asked.survey_id, place, asked.kind), counts))
    return [counts for _place, counts in sorted(found, key=itemgetter(0))]


class _Tally:
    """The answers to one question while they are counted."""

    def __init__(self) -> None:
        self.version_ids: set[int] = set()
        self._values: Counter[Any] = Counter()
        self._members: Counter[AnswerStatus] = Counter()

    def add(self, version_id: int, status: AnswerStatus, value: str | None, count: int) -> None:
        """So many members gave this value, as JSON."""
        self.version_ids.add(version_id)
        self._members[status] += count
        if status is AnswerStatus.ANSWERED and value is not None:
            given = json.loads(value)
            for one in given if isinstance(given, list) else [given]:
                self._values[one] += count

    def counts(self, survey: str, wordings: list[Question]) -> QuestionCounts:
        """What came of it; `wordings` are the question's own, the newest first."""
        choices: dict[str, Mapping[str, str]] = {}
        for question in wordings:
            for choice in question.choices:
                choices.setdefault(choice.code, choice.text)
        return QuestionCounts(
            survey=survey,
            question=wordings[0],
            values=self._values,
            n=self._members[AnswerStatus.ANSWERED],
            dont_know=self._members[AnswerStatus.DONT_KNOW],
            refused=self._members[AnswerStatus.REFUSED],
            choices=choices,
        )


def _query(filters: Filters) -> Select[Any]:
    columns: list[Any] = [
        VersionQuestion.version_id,
        VersionQuestion.code,
        VersionQuestion.kind,
        Answer.status,
        cast(Answer.value, Text),
    ]
    is_beside = and_(VersionQuestion.kind == Kind.RATING, VersionQuestion.dimension.is_(None))
    query = (
        select(*columns, func.count())
        .join(Answer, Answer.question_id == VersionQuestion.id)
        .join(Response, Response.id == Answer.response_id)
        .where(or_(VersionQuestion.kind.in_(KINDS), is_beside), Answer.is_on_path)
        .group_by(*columns)
    )
    return matching(query, filters)
