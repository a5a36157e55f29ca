"""The wording of a published version with the ids of its questions, read once by each process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from surveys.questionnaires import queries as questionnaires

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from surveys.questionnaires.document import Questionnaire


@dataclass(frozen=True)
class Wording:
    """A questionnaire, the ids of its questions by their codes, and the codes by the ids."""

    questionnaire: Questionnaire
    ids: Mapping[str, int]
    codes: Mapping[int, str]


# The database refuses every change of a published version, so what was read stays true. The moment of publication is
# part of the key for a database that was put back: there the same id may be another version.
@lru_cache(maxsize=64)
def wording_of(club_id: int, version_id: int, _published_at: datetime | None) -> Wording:
    """The wording of a published version. Raises VersionNotFoundError."""
    ids = questionnaires.question_ids(version_id)
    return Wording(
        questionnaire=questionnaires.questionnaire_of(club_id, version_id),
        ids=ids,
        codes={question_id: code for code, question_id in ids.items()},
    )
