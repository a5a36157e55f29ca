"""A trial interview with a simulated member, from the first hello to the score. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from random import Random
from typing import Any

from callcenter.training import dialogue
from callcenter.training import families
from callcenter.training import learning
from callcenter.training import pretend
from callcenter.training.dialogue import Choice
from callcenter.training.dialogue import Turn
from callcenter.training.errors import PracticeOverError
from callcenter.training.models import PracticeRun
from callcenter.training.personas import Persona
from config.accounts.models import Club
from config.accounts.models import User
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError
from surveys.interviews.rehearsing import Rehearsal
from surveys.interviews.rehearsing import Said
from surveys.interviews.states import AnswerStatus
from surveys.questionnaires import queries as surveys

PASS_PERCENT = 80
MOST_SEEDS = 1_000_000


@dataclass(frozen=True)
class Practice:
    """A practice at one moment. `asked_again` are the questions the member was asked once more, `reply` is the place
    of the reply chosen for what they asked at the beginning.
    """

    id: int
    club_id: int
    survey_id: int
    persona: Persona
    seed: int
    rehearsal: Rehearsal
    asked_again: frozenset[str]
    reply: int | None
    started_on: date
    is_finished: bool

    @property
    def turn(self) -> Turn:
        """What the member says to the question on the screen."""
        return self.turn_of(self.rehearsal.question.code)

    @property
    def challenge(self) -> Choice:
        """What the member asks before anything else."""
        return dialogue.challenge(self.persona, self.rehearsal.language, seed=self.seed)

    @property
    def is_beginning(self) -> bool:
        """Whether the first step is on the screen."""
        return self.rehearsal.question.code == self.rehearsal.questionnaire.questions[0].code

    def turn_of(self, code: str) -> Turn:
        """What the member says to one of the questions."""
        question = self.rehearsal.questionnaire.by_code[code]
        return dialogue.turn(self.persona, question, self.rehearsal.language, seed=self.seed, today=self.started_on)


@dataclass(frozen=True)
class Missed:
    """An answer that was recorded otherwise than it was meant, or guessed; `said` is what the member said at last."""

    text: str
    said: str
    is_guessed: bool


@dataclass(frozen=True)
class Score:
    """How a practice went, in percent of what there was to get right."""

    percent: int
    missed: Sequence[Missed]
    is_reply_right: bool

    @property
    def is_passed(self) -> bool:
        """Whether it counts."""
        return self.percent >= PASS_PERCENT


def start(club_id: int, survey_id: int, operator_id: int, *, persona: str, language: str, now: datetime) -> int:
    """Begin a practice of the newest version; gives its id. Raises NotFoundError, InvalidInputError (`persona`)."""
    if persona not in set(Persona):
        raise InvalidInputError("persona", f"{persona[:20]!r} is nobody")
    family = families.get(club_id, survey_id)
    row = PracticeRun(
        club_id=club_id,
        operator_id=operator_id,
        survey_id=survey_id,
        version_id=family.newest.id,
        number=family.newest.number,
        persona=persona,
        seed=Random().randrange(MOST_SEEDS),
        language=surveys.questionnaire_of(club_id, family.newest.id).language_for(language),
        state={},
        started_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def get(operator_id: int, run_id: int) -> Practice:
    """A practice of this operator. Raises NotFoundError."""
    return _practice(_of(operator_id, db.session.get(PracticeRun, run_id), run_id))


def answer(operator_id: int, run_id: int, *, question: str, status: str, value: Any, now: datetime) -> None:
    """Record an answer. Raises NotFoundError, InvalidInputError and what `Rehearsal.answer` raises."""
    if status not in set(AnswerStatus):
        raise InvalidInputError("status", f"{status!r} is not a status of an answer")
    row = _open(operator_id, run_id)
    given = value if status == AnswerStatus.ANSWERED else None
    _keep(row, _practice(row).rehearsal.answer(question, AnswerStatus(status), given, today=now.date()))


def choose(operator_id: int, run_id: int, *, question: str, value: str, now: datetime) -> None:
    """Add one of many choices, or take it away. Raises as `answer`."""
    row = _open(operator_id, run_id)
    _keep(row, _practice(row).rehearsal.press(question, value, today=now.date()))


def go_on(operator_id: int, run_id: int) -> None:
    """To the next step. Raises NotFoundError, AnswerNeededError."""
    row = _open(operator_id, run_id)
    _keep(row, _practice(row).rehearsal.go_on())


def go_back(operator_id: int, run_id: int) -> None:
    """To the step before. Raises NotFoundError."""
    row = _open(operator_id, run_id)
    _keep(row, _practice(row).rehearsal.go_back())


def go_to(operator_id: int, run_id: int, *, question: str) -> None:
    """To an answer given before. Raises NotFoundError, QuestionOffPathError."""
    row = _open(operator_id, run_id)
    _keep(row, _practice(row).rehearsal.go_to(question))


def speak(operator_id: int, run_id: int, *, language: str) -> None:
    """Go on in another language of the survey. Raises NotFoundError."""
    row = _open(operator_id, run_id)
    row.language = _practice(row).rehearsal.questionnaire.language_for(language)
    db.session.flush()


def ask_again(operator_id: int, run_id: int) -> None:
    """Ask the question on the screen once more, neutrally. Raises NotFoundError."""
    row = _open(operator_id, run_id)
    practice = _practice(row)
    _change(row, asked_again=sorted(practice.asked_again | {practice.rehearsal.question.code}))


def reply(operator_id: int, run_id: int, *, place: int) -> None:
    """Answer what the member asked at the beginning; the first answer stands. Raises NotFoundError."""
    row = _open(operator_id, run_id)
    if row.state.get("reply") is None:
        _change(row, reply=place)


def finish(operator_id: int, run_id: int, *, is_refused: bool, now: datetime) -> Score:
    """End the practice and keep its score as a step of the training.

    Raises NotFoundError, PracticeOverError, and IncompleteError while an answer is missing, unless the member was taken
    to refuse.
    """
    row = _open(operator_id, run_id)
    practice = _practice(row)
    if not (is_refused and practice.rehearsal.screen().is_refused):
        practice.rehearsal.ensure_complete()
    row.finished_at = now
    db.session.flush()
    result = score(practice)
    learning.practised(
        row.club_id,
        row.survey_id,
        operator_id,
        number=row.number,
        percent=result.percent,
        is_passed=result.is_passed,
        now=now,
    )
    return result


def score(practice: Practice) -> Score:
    """What was recorded beside what was meant: each question on the path, and the reply at the beginning."""
    rehearsal = practice.rehearsal
    given = rehearsal.answers
    asked = [code for code in rehearsal.interview.path if rehearsal.questionnaire.by_code[code].wants_answer]
    missed = []
    for code in asked:
        turn, said = practice.turn_of(code), given.get(code)
        was_asked_again = code in practice.asked_again
        status, value = (said.status, said.value) if said else (None, None)
        if not dialogue.is_right(turn, status, value, was_asked_again=was_asked_again):
            text = replace(rehearsal, cursor=code).screen().text
            is_guessed = not turn.is_clear and not was_asked_again
            missed.append(Missed(text, turn.again or turn.says, is_guessed))
    is_reply_right = practice.reply == practice.challenge.right
    total, right = len(asked) + 1, len(asked) - len(missed) + is_reply_right
    return Score(100 * right // total, missed, is_reply_right)


def _of(operator_id: int, row: PracticeRun | None, run_id: int) -> PracticeRun:
    if row is None or row.operator_id != operator_id:
        raise NotFoundError(f"Operator {operator_id} has no practice {run_id}.")
    return row


def _open(operator_id: int, run_id: int) -> PracticeRun:
    locked = db.session.get(PracticeRun, run_id, with_for_update=True, populate_existing=True)
    row = _of(operator_id, locked, run_id)
    if row.finished_at is not None:
        raise PracticeOverError(f"Practice {run_id} is over.")
    return row


def _practice(row: PracticeRun) -> Practice:
    names = {
        "club": db.session.get_one(Club, row.club_id).name,
        "operator": db.session.get_one(User, row.operator_id).name,
    }
    answers: Mapping[str, Sequence[Any]] = row.state.get("answers", {})
    rehearsal = Rehearsal(
        id=row.id,
        questionnaire=surveys.questionnaire_of(row.club_id, row.version_id),
        language=row.language,
        placeholders=pretend.words(**names),
        answers={code: Said(AnswerStatus(status), value) for code, (status, value) in answers.items()},
        cursor=row.state.get("cursor"),
    )
    return Practice(
        id=row.id,
        club_id=row.club_id,
        survey_id=row.survey_id,
        persona=Persona(row.persona),
        seed=row.seed,
        rehearsal=rehearsal,
        asked_again=frozenset(row.state.get("asked_again", ())),
        reply=row.state.get("reply"),
        started_on=row.started_at.date(),
        is_finished=row.finished_at is not None,
    )


def _keep(row: PracticeRun, rehearsal: Rehearsal) -> None:
    answers = {code: [said.status.value, said.value] for code, said in rehearsal.answers.items()}
    _change(row, answers=answers, cursor=rehearsal.cursor)


def _change(row: PracticeRun, **facts: Any) -> None:
    # A JSON column sees only another value, not a change inside it.
    row.state = {**row.state, **facts}
    db.session.flush()
