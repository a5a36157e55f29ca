"""Drafts as they are kept: read, changed under a lock, begun from a blank, a ready-made or a published wording."""

from __future__ import annotations

import json
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import replace
from hashlib import blake2s
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import select

from config.database import db
from config.text import new_code
from surveys.authoring.errors import ChangedMeanwhileError
from surveys.authoring.errors import DraftThereError
from surveys.questionnaires import publishing
from surveys.questionnaires import queries as questionnaires
from surveys.questionnaires.document import Questionnaire
from surveys.questionnaires.document import Section
from surveys.questionnaires.errors import VersionNotFoundError
from surveys.questionnaires.models import Survey
from surveys.questionnaires.models import SurveyVersion
from surveys.questionnaires.models import VersionState
from surveys.questionnaires.reading import unfinished

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from surveys.authoring.acting import Open
    from surveys.questionnaires.document import Question

    # What has a form of its own in the editor.
    Part = Question | Section | Questionnaire

# What a page sends that wants its words kept, whatever was written meanwhile.
WHATEVER = "*"


@dataclass(frozen=True)
class Wording:
    """One version with its words, finished or not."""

    id: int
    survey_id: int
    survey: str
    number: int
    state: VersionState
    questionnaire: Questionnaire

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state is VersionState.DRAFT


def wording(club_id: int, version_id: int) -> Wording:
    """One version, to be read. Raises VersionNotFoundError."""
    row = db.session.execute(
        select(SurveyVersion, Survey.name)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(SurveyVersion.club_id == club_id, SurveyVersion.id == version_id)
    ).one_or_none()
    if row is None:
        raise VersionNotFoundError(f"club {club_id} has no survey version {version_id}")
    version = row.SurveyVersion
    return Wording(version.id, version.survey_id, row.name, version.number, version.state, unfinished(version.document))


def mark_of(part: Part) -> str:
    """A short mark of what one form shows: a question, a section's own words, or the survey's. Others have others."""
    without: dict[type, dict[str, Any]] = {Section: {"questions": ()}, Questionnaire: {"sections": ()}}
    return _mark(replace(part, **without.get(type(part), {})))


def mark_of_all(questionnaire: Questionnaire) -> str:
    """A short mark of all that a questionnaire says."""
    return _mark(questionnaire)


def _mark(part: Part) -> str:
    return blake2s(json.dumps(asdict(part), sort_keys=True, default=str).encode(), digest_size=8).hexdigest()


def edit(
    club_id: int, version_id: int, change: Callable[[Questionnaire], tuple[Questionnaire, Open]], *, press: str = ""
) -> tuple[Wording, Open]:
    """Change a draft, while others wait; gives it as it is then, and what is open of it.

    `press` names the press of a button: one that comes again, since its answer was lost, changes nothing.
    Raises NotDraftError, VersionNotFoundError, and what `change` raises.
    """
    before = publishing.open_draft(club_id, version_id)
    presses = publishing.presses(club_id, version_id)
    if press in presses:
        after, open_ = before, presses[press]
    else:
        after, open_ = change(before)
        if press:
            publishing.note_press(club_id, version_id, press, open_)
    if after != before:
        publishing.change(club_id, version_id, questionnaire=after)
    line = questionnaires.version_line(club_id, version_id)
    return Wording(line.id, line.survey_id, line.name, line.number, line.state, after), open_


def ensure_same(there: Part, seen: str, wanted: Part) -> None:
    """Refuse to write over a part that is no longer as it was seen. Raises ChangedMeanwhileError.

    What says nothing new is no conflict: the answer to an earlier request was lost on its way.
    """
    mark = mark_of(there)
    if mark != mark_of(wanted) and seen not in (WHATEVER, mark):
        raise ChangedMeanwhileError(f"what was seen as {seen!r} was changed meanwhile")


def publish(club_id: int, version_id: int, *, seen: str, now: datetime) -> None:
    """Publish a draft as it was checked: `seen` is the mark of all that it said then.

    Raises ChangedMeanwhileError when it says something else by now, and what `publishing.publish` raises.
    """
    if seen not in (WHATEVER, mark_of_all(publishing.open_draft(club_id, version_id))):
        raise ChangedMeanwhileError(f"version {version_id} was changed since it was checked")
    publishing.publish(club_id, version_id, now=now)


def begin(club_id: int, questionnaire: Questionnaire, *, now: datetime) -> int:
    """A new survey of the club with this wording as its first draft; gives the version's id."""
    publishing.lock_names(club_id)
    taken = db.session.scalars(select(Survey.slug).where(Survey.club_id == club_id)).all()
    slug = new_code(questionnaire.title.get("en", ""), taken=taken, otherwise="survey")
    return publishing.draft(club_id, slug=slug, questionnaire=questionnaire, now=now)


def begin_next(club_id: int, survey_id: int, questionnaire: Questionnaire, *, now: datetime) -> int:
    """The next version of a survey with this wording, as a draft; gives its id.

    Raises DraftThereError, SurveyNotFoundError.
    """
    # In the order in which `publishing.draft` locks them.
    publishing.lock_names(club_id)
    slug = publishing.lock(club_id, survey_id)
    if _draft_of(survey_id) is not None:
        raise DraftThereError(f"survey {survey_id} has a draft")
    return publishing.draft(club_id, slug=slug, questionnaire=questionnaire, now=now)


def revise(club_id: int, version_id: int, *, now: datetime) -> int:
    """The survey's open draft if it has one, else a new one that begins with the words of this version.

    Raises NotPublishedError, VersionNotFoundError.
    """
    version = wording(club_id, version_id)
    # Of two who begin it at once the second one finds the draft of the first.
    publishing.lock(club_id, version.survey_id)
    there = _draft_of(version.survey_id)
    if there is not None:
        return there
    return publishing.revise(club_id, version_id, questionnaire=version.questionnaire, now=now)


def _draft_of(survey_id: int) -> int | None:
    return db.session.scalar(
        select(SurveyVersion.id)
        .where(SurveyVersion.survey_id == survey_id, SurveyVersion.state == VersionState.DRAFT)
        .order_by(SurveyVersion.number.desc())
        .limit(1)
    )
