"""The sentence under each chart: what it shows, said only where a test allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcenter.reports.comparison import Compared
from callcenter.reports.comparison import Direction
from callcenter.reports.phrases import gettext as _
from callcenter.reports.sentences import MOST_TOLD
from callcenter.reports.sentences import Finding
from callcenter.reports.sentences import isolated
from callcenter.reports.sentences import subject
from config.formats import number
from config.formats import percent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence


def label(dimension: str) -> str:
    """The dimension's short name; a survey's own dimensions keep theirs."""
    labels = {"price": _("Price"), "quality": _("Quality"), "service": _("Service"), "overall": _("Overall")}
    return labels.get(dimension, dimension)


def trend(directions: Mapping[str, Direction]) -> list[str]:
    """Which measures went one way over the weeks."""
    sentences = []
    for dimension, direction in directions.items():
        if direction is Direction.ROSE:
            sentences.append(_("%(subject)s rose over these weeks.", subject=subject(dimension)))
        elif direction is Direction.FELL:
            sentences.append(_("%(subject)s fell over these weeks.", subject=subject(dimension)))
    if sentences:
        return sentences
    if all(direction is Direction.TOO_FEW for direction in directions.values()):
        return [_("There are too few weeks or answers to speak of a trend.")]
    return [_("Over these weeks no measure went one way beyond sampling error.")]


def low_answers(dimension: str, *, share: float, count: int) -> str:
    """Where dissatisfaction is most frequent among the answers."""
    return _(
        "Low answers (1 and 2) are most frequent under “%(dimension)s”: %(share)s of %(count)s answers.",
        dimension=label(dimension),
        share=percent(share),
        count=number(count),
    )


def branches(findings: Sequence[Finding]) -> list[str]:
    """Which branches differ from the rest of the club; `compared.before` is the rest."""
    told = sorted((finding for finding in findings if finding.is_told), key=_by_distance)[:MOST_TOLD]
    if told:
        return [_branch_told(str(finding.branch), finding.dimension, finding.compared) for finding in told]
    if all(finding.compared.direction is Direction.TOO_FEW for finding in findings):
        return [_("The branches have too few answers to compare yet; each needs 30.")]
    return [_("No branch differs from the rest of the club beyond sampling error.")]


def _by_distance(finding: Finding) -> float:
    return -abs(finding.compared.now.value - finding.compared.before.value)


def _branch_told(branch: str, dimension: str, compared: Compared) -> str:
    values = {
        "subject": subject(dimension),
        "branch": isolated(branch),
        "share": percent(compared.now.value),
        "rest": percent(compared.before.value),
    }
    if compared.direction is Direction.ROSE:
        return _("%(subject)s at %(branch)s is above the rest of the club: %(share)s against %(rest)s.", **values)
    return _("%(subject)s at %(branch)s is below the rest of the club: %(share)s against %(rest)s.", **values)
