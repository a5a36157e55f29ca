"""The manager's page: the whole page, the part that is fetched again, and its table as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from flask import Blueprint
from flask import Response
from flask import render_template
from flask import request

from callcenter.reports import asked
from callcenter.reports import presenting
from callcenter.reports.asking import ask
from callcenter.reports.exporting import as_csv
from callcenter.reports.filters import Parsed
from callcenter.reports.filters import parse
from club.members.queries import branches as branches_of
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.calendar import local
from config.database import utcnow
from config.languages import current_language
from config.languages import current_zone
from config.languages import direction
from surveys.questionnaires.document import Dimension
from surveys.results.charts import trend_figure

if TYPE_CHECKING:
    from callcenter.reports.asking import Report
    from callcenter.reports.filters import Filters

bp = Blueprint("results", __name__)


@bp.get("/results")
@roles_required(Role.MANAGER, Role.ADMINISTRATOR)
def page() -> str:
    """What members said in a period, and how many of them were reached."""
    parsed, branches = _parsed()
    values = _values(parsed.filters, branches)
    return render_template("results/page.html", problems=presenting.problems(parsed.problems), **values)


@bp.get("/results/part")
@roles_required(Role.MANAGER, Role.ADMINISTRATOR)
def part() -> str:
    """The part of the page that changes with each interview."""
    parsed, branches = _parsed()
    return render_template("results/_report.html", **_values(parsed.filters, branches))


@bp.get("/results.csv")
@roles_required(Role.MANAGER, Role.ADMINISTRATOR)
def export() -> Response:
    """The page's numbers as a table for spreadsheets."""
    parsed, branches = _parsed()
    report = ask(current_club_id(), parsed.filters, branches=branches, mirrored=False)
    filters = parsed.filters
    name = f"results-{filters.start.isoformat()}-{filters.end.isoformat()}.csv"
    return Response(
        as_csv(report, filters, _branch_name(filters, branches)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _parsed() -> tuple[Parsed, dict[int, str]]:
    branches = {branch.id: branch.name for branch in branches_of(current_club_id())}
    zone = current_zone()
    parsed = parse(
        request.args,
        today=local(utcnow(), zone).date(),
        zone=zone,
        language=current_language(),
        branch_ids=branches.keys(),
    )
    return parsed, branches


def _values(filters: Filters, branches: dict[int, str]) -> dict[str, Any]:
    """What the templates show."""
    report = ask(current_club_id(), filters, branches=branches, mirrored=direction() == "rtl")
    return {
        "report": report,
        "filters": filters,
        "before": filters.preceding(),
        "branches": branches,
        "branch_name": _branch_name(filters, branches),
        "reached": presenting.reached(report.reach),
        "outcomes": presenting.outcomes(report.reach),
        "periods": presenting.periods(filters),
        "scale": presenting.scale(),
        "figure": _figure(report),
        "questions": asked.questions(report.questions),
        "now": utcnow(),
    }


def _figure(report: Report) -> dict[str, Any] | None:
    if not report.trend.is_line:
        return None
    names = {Dimension(measure.dimension): measure.label for measure in report.answers.measures}
    return trend_figure(report.points, names, current_language())


def _branch_name(filters: Filters, branches: dict[int, str]) -> str | None:
    return None if filters.branch_id is None else branches[filters.branch_id]
