"""The page's numbers as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from callcenter.reports import asked
from callcenter.reports.phrases import gettext as _
from config.text import safe_cell
from surveys.results.ratings import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callcenter.reports.asking import Report
    from callcenter.reports.filters import Filters
    from surveys.results.ratings import RatingCounts


def as_csv(report: Report, filters: Filters, branch: str | None) -> bytes:
    """One line for each measure of the whole view (`branch`, None: all), then for each branch; UTF-8 with a mark.

    After an empty line a second table has the other questions of the view, with a line for each answer. Numbers are
    plain (a point for decimals), so that every spreadsheet reads them; groups under five have only their n.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    for line in (*_measures(report, filters, branch), *_questions(report, filters, branch)):
        writer.writerow([safe_cell(str(cell)) for cell in line])
    return text.getvalue().encode("utf-8-sig")


def _measures(report: Report, filters: Filters, branch: str | None) -> Iterator[list[object]]:
    yield [
        _("From"), _("To"), _("Branch"), _("Measure"), _("Members"), _("Satisfied, per cent"),
        _("Interval of 95 per cent, from"), _("Interval of 95 per cent, to"),
        *STEPS, _("Does not know"), _("Did not say"),
    ]  # fmt: skip
    days = _days(filters)
    for measure in report.answers.measures:
        yield [*days, branch or _("all"), measure.label, *_group(measure.ratings)]
    for row in report.answers.branch_rows:
        for measure, ratings in zip(report.answers.measures, row.cells, strict=True):
            yield [*days, row.name, measure.label, *_group(ratings)]


def _questions(report: Report, filters: Filters, branch: str | None) -> Iterator[list[object]]:
    if not report.questions:
        return
    yield []
    yield [
        _("From"), _("To"), _("Branch"), _("Survey"), _("Question"), _("Members"), _("Does not know"),
        _("Did not say"), _("In a sentence"), _("Answer"), _("Gave it"), _("Gave it, per cent"),
    ]  # fmt: skip
    for one in asked.questions(report.questions):
        about = [*_days(filters), branch or _("all"), one.survey, one.text, one.n]
        if one.is_hidden:
            yield about
            continue
        about += [one.dont_know, one.refused, one.sentence]
        yield from ([*about, bar.label, bar.count, f"{bar.share * 100:.1f}"] for bar in one.bars)
        if not one.bars:
            yield about


def _days(filters: Filters) -> list[object]:
    return [filters.start.isoformat(), filters.end.isoformat()]


def _group(ratings: RatingCounts) -> list[object]:
    share, interval = ratings.share, ratings.interval
    if share is None or interval is None:
        return [ratings.n]
    shares = [f"{value * 100:.1f}" for value in (share, interval.low, interval.high)]
    return [ratings.n, *shares, *ratings.counts, ratings.dont_know, ratings.refused]
