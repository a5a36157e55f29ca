"""What came of a simulated shift: the figures that the house itself keeps, beside what the browsers saw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import func
from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.campaigns import queries as campaigns
from callcenter.operators import queries as operators
from config.database import db

if TYPE_CHECKING:
    from callcenter.simulation.measures import Latency
    from callcenter.simulation.measures import Measures
    from callcenter.simulation.scene import Scene

RATES = ("rr1", "rr3", "coop1", "ref1", "con1")


@dataclass(frozen=True, kw_only=True)
class Report:
    """A shift. `calls` are those in which a member's line was dialled, `contacts` those that were answered.

    `occupancy` is the share of the operators' time that was for members; `rates` are AAPOR's. `open_calls` and
    `owed_outcomes` should be none at the end. `latencies` are in milliseconds, `errors` by action.
    """

    operators: int
    seconds: float
    speed: float
    calls: int
    contacts: int
    completes: int
    open_calls: int
    owed_outcomes: int
    occupancy: float | None
    outcomes: Mapping[str, int]
    rates: Mapping[str, float | None]
    latencies: Mapping[str, Latency]
    errors: Mapping[str, int]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def make(scene: Scene, measures: Measures, *, began: datetime, ended: datetime, speed: float) -> Report:
    """The report of a shift that has ended; reads the database."""
    counts = db.session.execute(
        select(
            func.count().filter(Call.member_dialled_at.is_not(None)),
            func.count().filter(Call.connected_at.is_not(None)),
            func.count().filter(Call.ended_at.is_(None)),
            func.count().filter(Call.connected_at.is_not(None), Call.disposition.is_(None)),
        )
    ).one()
    line = campaigns.get(scene.club_id, scene.campaign_id)
    return Report(
        operators=len(scene.operator_ids),
        seconds=(ended - began).total_seconds(),
        speed=speed,
        calls=counts[0],
        contacts=counts[1],
        completes=line.complete_count,
        open_calls=counts[2],
        owed_outcomes=counts[3],
        occupancy=_occupancy(scene, began, ended),
        outcomes=dict(sorted(line.by_code.items())),
        rates={name: getattr(line.rates, name) for name in RATES},
        latencies=measures.latencies(),
        errors=dict(measures.errors),
    )


def _occupancy(scene: Scene, began: datetime, ended: datetime) -> float | None:
    shifts = operators.shifts(scene.operator_ids, since=began, now=ended, calls={}).values()
    handling = sum(one.handling_seconds for one in shifts)
    at_work = handling + sum(one.available_seconds for one in shifts)
    return handling / at_work if at_work else None


def lines(report: Report) -> list[str]:
    """The report for people, line by line."""
    minutes = report.seconds * report.speed / 60
    told = [
        f"{report.operators} operators, {minutes:.0f} minutes of a shift in {report.seconds:.0f} seconds",
        f"calls {report.calls}, contacts {report.contacts}, completes {report.completes}",
        f"occupancy {_share(report.occupancy)}; "
        + ", ".join(f"{k.upper()} {_share(v)}" for k, v in report.rates.items()),
        "outcomes (AAPOR): " + ", ".join(f"{code} × {count}" for code, count in report.outcomes.items()),
        f"{'milliseconds':<12}{'count':>8}{'p50':>8}{'p95':>8}{'p99':>8}",
    ]
    told += [
        f"{name:<12}{one.count:>8}{one.p50:>8.0f}{one.p95:>8.0f}{one.p99:>8.0f}"
        for name, one in report.latencies.items()
    ]
    if report.open_calls or report.owed_outcomes:
        told.append(f"left over: {report.open_calls} open calls, {report.owed_outcomes} outcomes owed")
    told += [f"error: {what} × {count}" for what, count in report.errors.items()] or ["no errors"]
    return told


def _share(share: float | None) -> str:
    return "—" if share is None else f"{share:.0%}"
