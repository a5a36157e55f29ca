"""What operators learn about a survey: the text to read and the questions of the quiz. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from callcenter.training import families
from callcenter.training.basics import BASICS
from callcenter.training.families import Family
from callcenter.training.models import QuizQuestion
from callcenter.training.models import TrainingMaterial
from callcenter.training.quizzing import Asked
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError
from config.languages import LANGUAGES
from config.text import clean_text

LONGEST_TEXT = 20_000
LONGEST_QUESTION = 300
MOST_CHOICES = 4


@dataclass(frozen=True)
class OwnQuestion:
    """A question that the club has made for a survey."""

    id: int
    asked: Asked
    is_used: bool


def text_of(family: Family) -> dict[str, str]:
    """What there is to read for the newest version, by language; empty when nothing was written."""
    row = db.session.scalar(
        select(TrainingMaterial)
        .where(TrainingMaterial.survey_id == family.survey_id, TrainingMaterial.number <= family.newest.number)
        .order_by(TrainingMaterial.number.desc())
        .limit(1)
    )
    return {"fa": row.text_fa, "en": row.text_en} if row is not None else dict.fromkeys(LANGUAGES, "")


def write(club_id: int, survey_id: int, texts: Mapping[str, str], *, user_id: int, now: datetime) -> None:
    """Keep the text for the newest version; those before keep theirs. Raises InvalidInputError on its field."""
    family = families.get(club_id, survey_id)
    kept = {f"text_{language}": _long(texts[language], f"text_{language}") for language in LANGUAGES}
    number = family.newest.number
    row = db.session.scalar(
        select(TrainingMaterial).where(TrainingMaterial.survey_id == survey_id, TrainingMaterial.number == number)
    ) or TrainingMaterial(club_id=club_id, survey_id=survey_id, number=number)
    for name, value in {**kept, "changed_at": now, "changed_by": user_id}.items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()


def own_questions(survey_id: int) -> list[OwnQuestion]:
    """The club's own questions about a survey, in the order they were made."""
    rows = db.session.scalars(select(QuizQuestion).where(QuizQuestion.survey_id == survey_id).order_by(QuizQuestion.id))
    return [OwnQuestion(row.id, _asked(row), row.is_used) for row in rows]


def quiz(survey_id: int) -> list[Asked]:
    """All questions of the quiz: what everybody knows, then what is the survey's own."""
    return [*BASICS, *(one.asked for one in own_questions(survey_id) if one.is_used)]


def add_question(club_id: int, survey_id: int, asked: Asked) -> None:
    """Add a question to the quiz. Raises as `_ensure_whole`."""
    families.get(club_id, survey_id)
    _ensure_whole(asked)
    row = QuizQuestion(
        club_id=club_id,
        survey_id=survey_id,
        text_fa=asked.text["fa"],
        text_en=asked.text["en"],
        choices=[dict(choice) for choice in asked.choices],
    )
    db.session.add(row)
    db.session.flush()


def use_question(club_id: int, survey_id: int, question_id: int, *, is_used: bool) -> None:
    """Ask a question, or ask it no more. Raises NotFoundError."""
    row = db.session.get(QuizQuestion, question_id)
    if row is None or (row.club_id, row.survey_id) != (club_id, survey_id):
        raise NotFoundError(f"Survey {survey_id} of club {club_id} has no question {question_id}.")
    row.is_used = is_used
    db.session.flush()


def _asked(row: QuizQuestion) -> Asked:
    return Asked(f"own_{row.id}", {"fa": row.text_fa, "en": row.text_en}, tuple(row.choices))


def _ensure_whole(asked: Asked) -> None:
    """Raises InvalidInputError on `question` or `choices` for what is missing in a language, too long or too few."""
    texts = [asked.text[language] for language in LANGUAGES]
    if not _are_right(texts):
        raise InvalidInputError("question", "write the question in both languages")
    if not 2 <= len(asked.choices) <= MOST_CHOICES:  # noqa: PLR2004 - a choice is between two at least
        raise InvalidInputError("choices", "write the right answer and at least one wrong one")
    if not _are_right([choice[language] for choice in asked.choices for language in LANGUAGES]):
        raise InvalidInputError("choices", "write each answer in both languages")


def _are_right(texts: Sequence[str]) -> bool:
    return all(0 < len(text) <= LONGEST_QUESTION for text in texts)


def _long(typed: str, field: str) -> str:
    lines = [clean_text(line) for line in typed.splitlines()]
    text = "\n".join(lines).strip()
    if len(text) > LONGEST_TEXT:
        raise InvalidInputError(field, f"at most {LONGEST_TEXT} characters")
    return text
