"""What the numbers say, in whole sentences of the reader's language, and no further than the intervals allow.

Every sentence is one entry of the catalogue with its placeholders; sentences are only ever set side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callcenter.reports.comparison import Compared
from callcenter.reports.comparison import Direction
from callcenter.reports.phrases import gettext as _
from callcenter.reports.phrases import ngettext
from config.formats import number
from config.formats import percent

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

# More than this in one paragraph is a list, and the page has better ones below.
MOST_TOLD = 3


@dataclass(frozen=True)
class Finding:
    """One comparison and what it is about: a dimension, in one branch or (None) in the whole view."""

    dimension: str
    branch: str | None
    compared: Compared

    @property
    def is_told(self) -> bool:
        """Whether the change is beyond sampling error."""
        return self.compared.direction in {Direction.ROSE, Direction.FELL}


def subject(dimension: str) -> str:
    """The dimension as the subject of a sentence; a survey's own dimensions are told by their name."""
    subjects: dict[str, Callable[[], str]] = {
        "price": lambda: _("Satisfaction with price"),
        "quality": lambda: _("Satisfaction with quality"),
        "service": lambda: _("Satisfaction with service"),
        "overall": lambda: _("Overall satisfaction"),
    }
    return subjects[dimension]() if dimension in subjects else _("Satisfaction with “%(name)s”", name=dimension)


def changes(findings: Sequence[Finding]) -> list[str]:
    """What changed since the period before: the changes of the whole view first, then the largest."""
    if not findings or all(finding.compared.now.count == 0 for finding in findings):
        return [_("Nobody has finished an interview in this period yet.")]
    told = sorted((finding for finding in findings if finding.is_told), key=_by_weight)
    if not told:
        return [_nothing_told(findings)]
    sentences = [_told(finding) for finding in told[:MOST_TOLD]]
    rest = len(told) - MOST_TOLD
    if rest <= 0:
        return [*sentences, _("No other change goes beyond sampling error.")]
    more = ngettext(
        "%(count)s more change is in the tables below.",
        "%(count)s more changes are in the tables below.",
        rest,
        count=number(rest),
    )
    return [*sentences, more]


def _by_weight(finding: Finding) -> tuple[bool, float]:
    return finding.branch is not None, -abs(finding.compared.now.value - finding.compared.before.value)


def _nothing_told(findings: Sequence[Finding]) -> str:
    if all(finding.compared.before.count == 0 for finding in findings):
        return _("There is no earlier period to compare with yet.")
    if all(finding.compared.direction is Direction.TOO_FEW for finding in findings):
        return _("There are too few interviews to tell whether anything changed.")
    return _("No change goes beyond sampling error.")


def _told(finding: Finding) -> str:
    now, before = finding.compared.now.value, finding.compared.before.value
    places = 0 if finding.compared.points else 1
    values = {"subject": subject(finding.dimension), "before": percent(before, places), "now": percent(now, places)}
    is_up = finding.compared.direction is Direction.ROSE
    if finding.branch is None:
        if is_up:
            return _("%(subject)s rose from %(before)s to %(now)s.", **values)
        return _("%(subject)s fell from %(before)s to %(now)s.", **values)
    values["branch"] = isolated(finding.branch)
    if is_up:
        return _("%(subject)s at %(branch)s rose from %(before)s to %(now)s.", **values)
    return _("%(subject)s at %(branch)s fell from %(before)s to %(now)s.", **values)


def reached(called: int, completed: int) -> str:
    """How many of the members called answered to the end."""
    if called == 0:
        return _("Nobody was called in this period.")
    if called == 1:
        return _("One member was called; %(completed)s answered to the end.", completed=number(completed))
    return _(
        "%(completed)s of the %(called)s members we called answered to the end.",
        completed=number(completed),
        called=number(called),
    )


def change_note(compared: Compared) -> str:
    """A measure's few words on its change; none when there was nothing before."""
    if compared.before.count == 0:
        return ""
    if compared.direction is Direction.TOO_FEW:
        return _("too few to compare")
    if compared.direction is Direction.UNCLEAR:
        return _("no clear change")
    points = abs(compared.points)
    if points == 0:
        return _("up by less than a point") if compared.direction is Direction.ROSE else _("down by less than a point")
    if compared.direction is Direction.ROSE:
        return ngettext("up %(points)s point", "up %(points)s points", points, points=number(points))
    return ngettext("down %(points)s point", "down %(points)s points", points, points=number(points))


def isolated(name: str) -> str:
    """A name from outside the language of the sentence, kept from turning its neighbours (U+2068 … U+2069)."""
    return f"\u2068{name}\u2069"
