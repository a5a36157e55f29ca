"""A response is opened with the call's member, or taken up again where it stopped."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import select

from config.database import add_if_new
from config.database import db
from config.errors import ConflictError
from surveys.interviews.errors import MissingPlaceholderError
from surveys.interviews.errors import VersionNotOpenError
from surveys.interviews.models import Response
from surveys.interviews.states import ResponseState
from surveys.interviews.wording import wording_of
from surveys.questionnaires import queries as questionnaires
from surveys.questionnaires.models import VersionState
from surveys.questionnaires.shuffling import SEEDS
from surveys.questionnaires.texts import needed_in
from surveys.questionnaires.texts import values_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from surveys.questionnaires.document import Questionnaire
    from surveys.questionnaires.queries import VersionLine


def open_response(
    club_id: int,
    *,
    version_id: int,
    campaign_id: int,
    entry_id: int,
    member_id: int,
    operator_id: int,
    branch_id: int | None,
    tier_id: int | None,
    language: str,
    placeholders: Mapping[str, Any],
    now: datetime,
) -> int:
    """The id of the response of this queue entry: the one there is, taken up by this operator, or a new one.

    `language` is what the member is spoken to in, if the questionnaire offers it, else its first one. `placeholders`
    are the values of surveys.questionnaires.texts.PLACEHOLDERS, each a text or a mapping of language to text.
    A stopped response goes on in the version that it was begun in; a complete one stays as it is. Raises
    VersionNotOpenError, VersionNotFoundError, MissingPlaceholderError.
    """
    there = _of_entry(club_id, entry_id)
    if there is not None:
        return _take_up(there, operator_id, placeholders, now)
    version = questionnaires.version_line(club_id, version_id)
    _ensure_published(version)
    response = Response(
        club_id=club_id, version_id=version_id, campaign_id=campaign_id, entry_id=entry_id, member_id=member_id,
        operator_id=operator_id, branch_id=branch_id, tier_id=tier_id, started_at=now, shown_at=now,
    )  # fmt: skip
    _prepare(response, wording_of(club_id, version_id, version.published_at).questionnaire, language, placeholders)
    return _begin_or_take_up(response)


def _prepare(response: Response, questionnaire: Questionnaire, language: str, placeholders: Mapping[str, Any]) -> None:
    """What the questionnaire decides about an interview."""
    _ensure_texts_can_be_filled(questionnaire, placeholders)
    response.language, response.placeholders = questionnaire.language_for(language), dict(placeholders)
    response.order_seed = secrets.randbelow(SEEDS) if questionnaire.is_shuffled else None


def _of_entry(club_id: int, entry_id: int) -> Response | None:
    return db.session.scalar(
        select(Response).where(Response.club_id == club_id, Response.entry_id == entry_id).with_for_update()
    )


def _begin_or_take_up(response: Response) -> int:
    if add_if_new(response):
        return response.id
    # A second request for the same entry was faster.
    there = _of_entry(response.club_id, response.entry_id)
    if there is None:
        raise ConflictError(f"Entry {response.entry_id} is not one of club {response.club_id}.")
    return _take_up(there, response.operator_id, response.placeholders, response.started_at)


def _take_up(response: Response, operator_id: int, placeholders: Mapping[str, Any], now: datetime) -> int:
    if response.state is not ResponseState.COMPLETE:
        response.state = ResponseState.STARTED
        response.stopped_at = None
        response.operator_id = operator_id
        response.shown_at = now
        response.placeholders = {**response.placeholders, **placeholders}
    return response.id


def _ensure_published(version: VersionLine) -> None:
    if version.state is not VersionState.PUBLISHED:
        raise VersionNotOpenError(f"survey version {version.id} is {version.state}")


def _ensure_texts_can_be_filled(questionnaire: Questionnaire, placeholders: Mapping[str, Any]) -> None:
    for language in questionnaire.languages:
        values = values_in(language, placeholders)
        for question in questionnaire.questions:
            for name in sorted(needed_in(question.text[language]) - set(values)):
                raise MissingPlaceholderError(name, f"question {question.code!r} cannot be read out without {{{name}}}")
