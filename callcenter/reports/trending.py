"""The weeks of a report: rows for the table, and what they say as a whole. No database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callcenter.reports import captions
from callcenter.reports.comparison import Share
from callcenter.reports.comparison import trends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.results.queries import WeekPoint


@dataclass(frozen=True)
class Trend:
    """The weeks in order, a point for each dimension in each, and the sentences about them."""

    weeks: tuple[tuple[WeekPoint, ...], ...]
    caption: tuple[str, ...]

    @property
    def is_line(self) -> bool:
        """Whether at least two weeks may be shown; one is no line, its numbers stand in the table."""
        shown = [week for week in self.weeks if any(point.ratings.share is not None for point in week)]
        return len(shown) > 1


def compose_trend(points: Sequence[WeekPoint], dimensions: Sequence[str]) -> Trend:
    """Set the points of the weeks in rows, and say which dimensions went one way."""
    by_week: dict[object, dict[str, WeekPoint]] = {}
    for point in points:
        by_week.setdefault(point.week, {})[point.dimension] = point
    weeks = tuple(tuple(of_week[dimension] for dimension in dimensions) for of_week in by_week.values())
    series = [
        [Share(week[place].ratings.satisfied, week[place].ratings.n) for week in weeks]
        for place in range(len(dimensions))
    ]
    directions = dict(zip(dimensions, trends(series), strict=True))
    return Trend(weeks, tuple(captions.trend(directions)))
