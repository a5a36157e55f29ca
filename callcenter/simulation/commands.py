"""The `hamseda simulate` command."""

from __future__ import annotations

import json
from pathlib import Path

import click

from callcenter.simulation import report
from callcenter.simulation.running import Plan
from callcenter.simulation.running import simulate
from config.command import House
from config.command import cli
from config.command import pass_house

HOURS = 0.25


@cli.command("simulate")
@click.option("--operators", type=click.IntRange(1, 2000), default=10, show_default=True)
@click.option(
    "--hours",
    type=click.FloatRange(0.01, 24),
    help=f"how long the shift is, from when all desks are open  [default: {HOURS}, or with --calls any time]",
)
@click.option("--calls", type=click.IntRange(1, 1000), help="after so many calls an operator goes home")
@click.option("--seed", type=int, default=1, show_default=True, help="of all chance; the same seed, the same people")
@click.option(
    "--speed",
    type=click.FloatRange(0.1, 100),
    default=10.0,
    show_default=True,
    help="how many times faster than people",
)
@click.option("--web-processes", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--database-url", default=None, help="an empty database; default: SQLite, removed afterwards")
@click.option(
    "--report", "report_path", type=click.Path(dir_okay=False, path_type=Path), help="write the report here, as JSON"
)
@pass_house
def run_simulation(
    house: House,
    operators: int,
    hours: float | None,
    calls: int | None,
    seed: int,
    speed: float,
    web_processes: int,
    database_url: str | None,
    report_path: Path | None,
) -> None:
    """Simulate a shift in a house of its own: operators at the real pages, members at the simulated exchange.

    Nothing of the house that runs here is touched. Members who were not reached are not called again: only people are
    quicker, the house's clock is not.
    """
    if report_path is not None:
        # A report that cannot be written stops the shift before it begins, not after.
        report_path.touch()
    plan = Plan(
        operators=operators,
        hours=HOURS if hours is None and calls is None else hours,
        calls=calls,
        seed=seed,
        speed=speed,
        web_processes=web_processes,
        database_url=database_url,
    )
    made = simulate(plan, house.app)
    if report_path is not None:
        report_path.write_text(json.dumps(made.as_dict(), indent=1), encoding="utf-8")
    click.echo("\n".join(report.lines(made)))
