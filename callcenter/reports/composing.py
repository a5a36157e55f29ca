"""The answers' part of the report, put together from counts: what each chart and sentence shows. No database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callcenter.reports import captions
from callcenter.reports import sentences
from callcenter.reports.comparison import Compared
from callcenter.reports.comparison import Share
from callcenter.reports.comparison import compare_all
from callcenter.reports.drawing import Piece
from callcenter.reports.drawing import centre
from callcenter.reports.drawing import diverging
from callcenter.reports.phrases import gettext as _
from callcenter.reports.sentences import Finding
from config.formats import number
from config.formats import percent
from surveys.results.ratings import RatingCounts
from surveys.results.ratings import Showing

if TYPE_CHECKING:
    from collections.abc import Mapping

# Ratings of one group of members, by dimension.
Group = dict[str, RatingCounts]
LOW = (1, 2)


@dataclass(frozen=True)
class Measure:
    """One dimension in the whole view: its ratings, its change, and where the pieces of its bar lie."""

    dimension: str
    ratings: RatingCounts
    compared: Compared
    pieces: tuple[Piece, ...]

    @property
    def label(self) -> str:
        """The dimension's name."""
        return captions.label(self.dimension)

    @property
    def asked_count(self) -> int:
        """The members who were asked, with or without a rating."""
        return self.ratings.n + self.ratings.dont_know + self.ratings.refused

    @property
    def low_share(self) -> float:
        """The ratings 1 and 2 among all."""
        return sum(self.ratings.counts[: len(LOW)]) / self.ratings.n if self.ratings.n else 0.0

    @property
    def note(self) -> str:
        """What can be said of its change, with a warning when the answers are few."""
        change = sentences.change_note(self.compared)
        if self.ratings.showing is not Showing.SMALL:
            return change
        return _("few answers, %(change)s", change=change) if change else _("few answers")

    @property
    def spoken(self) -> str:
        """The bar in words, for those who do not see it."""
        shares = [percent(count / self.ratings.n) for count in self.ratings.counts]
        return _(
            "%(name)s, from very dissatisfied to very satisfied: %(shares)s of %(count)s answers",
            name=self.label,
            shares=", ".join(shares),
            count=number(self.ratings.n),
        )


@dataclass(frozen=True)
class BranchRow:
    """A branch: its ratings for each dimension, in the order of the measures."""

    name: str
    cells: tuple[RatingCounts, ...]


@dataclass(frozen=True)
class Answers:
    """What was said in one period, beside the period before it."""

    measures: tuple[Measure, ...]
    branch_rows: tuple[BranchRow, ...]
    changes: tuple[str, ...]
    branches_caption: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Nobody was asked for a rating in this period."""
        return not any(measure.asked_count for measure in self.measures)

    @property
    def has_earlier(self) -> bool:
        """Whether there is something in the period before to compare with."""
        return any(measure.compared.before.count for measure in self.measures)

    @property
    def has_small_rows(self) -> bool:
        """Whether a branch is shown with a warning."""
        return any(cell.showing is Showing.SMALL for row in self.branch_rows for cell in row.cells)

    @property
    def centre(self) -> float | None:
        """Where the line through the middle of the bars stands, in per cent of their width."""
        return centre([measure.pieces for measure in self.measures])

    @property
    def caption(self) -> str:
        """The sentence above the bars."""
        shown = [measure for measure in self.measures if measure.ratings.showing is not Showing.HIDDEN]
        if not shown:
            return _("There are too few answers to show.")
        worst = max(shown, key=lambda measure: measure.low_share)
        if not worst.low_share:
            return _("Nobody gave a low answer (1 or 2).")
        return captions.low_answers(worst.dimension, share=worst.low_share, count=worst.ratings.n)


def compose(
    now: Group,
    before: Group,
    *,
    branches: Mapping[int, str],
    by_branch: Mapping[int | None, Group],
    by_branch_before: Mapping[int | None, Group],
    mirrored: bool,
) -> Answers:
    """Compare two periods and say what they say; `now` has every dimension to be shown, in its order.

    `branches` (name by id) are those to set side by side, none when the page is about one; `by_branch` are their
    ratings. `mirrored` draws for right-to-left.
    """
    rows = {branch_id: _cells(by_branch, branch_id, now) for branch_id in branches}
    rows_before = {branch_id: _cells(by_branch_before, branch_id, now) for branch_id in branches}
    findings = _changes(now, before, branches, rows, rows_before)
    bars = diverging([ratings.counts for ratings in now.values()], mirrored=mirrored)
    return Answers(
        # The findings of the whole view come first; those of the branches have no measure.
        measures=tuple(
            Measure(dimension, ratings, finding.compared, tuple(pieces))
            for (dimension, ratings), finding, pieces in zip(now.items(), findings, bars, strict=False)
        ),
        branch_rows=tuple(BranchRow(name, rows[branch_id]) for branch_id, name in branches.items()),
        changes=tuple(sentences.changes(findings)),
        branches_caption=tuple(captions.branches(_against_the_rest(now, branches, rows))) if branches else (),
    )


def _cells(groups: Mapping[int | None, Group], branch_id: int, now: Group) -> tuple[RatingCounts, ...]:
    of_branch = groups.get(branch_id, {})
    return tuple(of_branch.get(dimension, RatingCounts()) for dimension in now)


def _share(ratings: RatingCounts) -> Share:
    return Share(ratings.satisfied, ratings.n)


def _changes(
    now: Group,
    before: Group,
    branches: Mapping[int, str],
    rows: Mapping[int, tuple[RatingCounts, ...]],
    rows_before: Mapping[int, tuple[RatingCounts, ...]],
) -> list[Finding]:
    """Every comparison the page draws, as one family: the whole view's dimensions first, then each branch's."""
    about: list[tuple[str, str | None]] = [(dimension, None) for dimension in now]
    pairs = [(_share(now[dimension]), _share(before.get(dimension, RatingCounts()))) for dimension in now]
    for branch_id, name in branches.items():
        about += [(dimension, name) for dimension in now]
        pairs += [(_share(new), _share(old)) for new, old in zip(rows[branch_id], rows_before[branch_id], strict=True)]
    return [Finding(*subject, compared) for subject, compared in zip(about, compare_all(pairs), strict=True)]


def _against_the_rest(
    now: Group, branches: Mapping[int, str], rows: Mapping[int, tuple[RatingCounts, ...]]
) -> list[Finding]:
    about, pairs = [], []
    for branch_id, name in branches.items():
        for (dimension, total), own in zip(now.items(), rows[branch_id], strict=True):
            about.append((dimension, name))
            pairs.append((_share(own), Share(total.satisfied - own.satisfied, total.n - own.n)))
    return [Finding(*subject, compared) for subject, compared in zip(about, compare_all(pairs), strict=True)]
