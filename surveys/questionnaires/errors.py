"""What this room refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.errors import ConflictError
from config.errors import InvalidInputError
from config.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence


class QuestionnaireError(InvalidInputError):
    """A questionnaire that cannot be asked. `problems` are sentences that name the place and the mend."""

    code = "questionnaire"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("document", "; ".join(problems))
        self.problems = tuple(problems)


class SurveyNotFoundError(NotFoundError):
    """There is no such survey in this club."""

    code = "survey_not_found"


class VersionNotFoundError(NotFoundError):
    """There is no such version of a survey in this club."""

    code = "version_not_found"


class ReadySurveyNotFoundError(NotFoundError):
    """There is no ready-made survey of that name."""

    code = "ready_survey_not_found"


class NotDraftError(ConflictError):
    """Only a draft can be published; a published wording is changed by revising it into a new version."""

    code = "version_not_draft"


class NotPublishedError(ConflictError):
    """Only a published version can be closed or revised."""

    code = "version_not_published"
