"""A survey with its versions, as training sees it: how much of each was new, and from which one on a certificate
counts for the newest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from itertools import pairwise

from callcenter.training import rules
from callcenter.training.refreshing import Change
from callcenter.training.refreshing import counts_from
from config.errors import NotFoundError
from surveys.questionnaires import queries as surveys
from surveys.questionnaires.queries import VersionLine
from surveys.questionnaires.rewording import share_changed


@dataclass(frozen=True)
class Family:
    """A survey that was published; `versions` and `changes` are the oldest first. `percent` is the club's rule."""

    survey_id: int
    name: str
    versions: Sequence[VersionLine]
    changes: Sequence[Change]
    percent: int

    @property
    def newest(self) -> VersionLine:
        """The version that is asked next."""
        return self.versions[-1]

    def number_of(self, version_id: int) -> int:
        """The number of one of the versions."""
        return next(line.number for line in self.versions if line.id == version_id)

    def counts_from(self, number: int) -> int:
        """The oldest version whose certificates count for version `number`."""
        return counts_from(self.changes, number, self.percent)

    @property
    def from_number(self) -> int:
        """The oldest version whose certificates count for the newest."""
        return self.counts_from(self.newest.number)


def of_club(club_id: int) -> list[Family]:
    """The surveys of a club that were ever published, by name."""
    percent = rules.of_club(club_id).change_percent
    families = groupby(surveys.issued(club_id), key=lambda line: line.survey_id)
    return [_family(club_id, list(lines)[::-1], percent) for _survey_id, lines in families]


def get(club_id: int, survey_id: int) -> Family:
    """One of them. Raises NotFoundError."""
    lines = [line for line in surveys.issued(club_id) if line.survey_id == survey_id]
    if not lines:
        raise NotFoundError(f"Club {club_id} has published no survey {survey_id}.")
    return _family(club_id, lines[::-1], rules.of_club(club_id).change_percent)


def of_version(club_id: int, version_id: int) -> Family:
    """The survey of a version. Raises NotFoundError."""
    return get(club_id, surveys.version_line(club_id, version_id).survey_id)


def _family(club_id: int, versions: Sequence[VersionLine], percent: int) -> Family:
    changes = [
        Change(versions[0].number, 0.0),
        *(Change(after.number, _share(club_id, before, after)) for before, after in pairwise(versions)),
    ]
    return Family(versions[0].survey_id, versions[0].name, versions, changes, percent)


def _share(club_id: int, before: VersionLine, after: VersionLine) -> float:
    return share_changed(*(surveys.questionnaire_of(club_id, line.id) for line in (before, after)))
