"""The sub-commands that start processes, and the doctor."""

from __future__ import annotations

import logging
import sys
import threading

import click
from flask import Flask
from sqlalchemy import text

from config.command import House
from config.command import cli
from config.command import pass_house
from config.database import db
from config.live import quick_redis
from config.processes import clock
from config.processes import doctor
from config.processes import heartbeats
from config.processes import running
from config.processes import worker
from config.processes.naming import named
from config.processes.web import WebServer
from config.processes.web import ensure_port_is_free
from config.settings import FIRST_LINE
from config.settings import Settings

DEFAULT_PORT = 8000
PORT = click.IntRange(1, 65535)
SPEED = click.FloatRange(0.1, 100)


def _service(house: House, settings: Settings | None = None) -> Flask:
    """The application, for a process that writes a log; the other commands only speak when something is wrong."""
    logging.getLogger().setLevel(house.settings.log_level)
    # It says which database it speaks to at every look of /readyz.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    app = house.app(settings)
    _ensure_database_answers(app)
    return app


def _ensure_database_answers(app: Flask) -> None:
    """A process that cannot work says so at its start, in one line; whoever keeps it alive starts it again."""
    with app.app_context():
        db.session.execute(text("SELECT 1"))
        db.session.remove()
        # Children of this process must not inherit the connection.
        db.engine.dispose()


@cli.command("run")
@click.option("--port", type=PORT, default=DEFAULT_PORT, show_default=True, help="where the pages are served")
@click.option("--demo/--no-demo", "has_demo", default=True, help="fill an empty database with the demo clubs")
@click.option("--speed", type=SPEED, default=1.0, show_default=True, help="how fast simulated members ring and answer")
@pass_house
def run_all(house: House, port: int, has_demo: bool, speed: float) -> None:  # noqa: FBT001  # click calls it by name
    """Start everything on this machine, with embedded defaults."""
    running.run(house.settings, house.app, port=port, has_demo=has_demo, speed=speed)


@cli.command("web")
@click.option("--port", type=PORT, default=DEFAULT_PORT, show_default=True)
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True)
@pass_house
def run_web(house: House, port: int, processes: int) -> None:
    """Serve the pages."""
    ensure_port_is_free(house.settings.web_host, port)
    _ensure_database_answers(house.app())
    WebServer(lambda: _service(house), house.settings, port=port, processes=processes).run()


@cli.command("worker")
@click.option("--burst", is_flag=True, help="stop when the queues are empty")
@pass_house
def run_worker(house: House, burst: bool) -> None:  # noqa: FBT001  # click calls it by name
    """Do the jobs of the queues."""
    worker.run(_service(house), burst=burst)


@cli.command("clock")
@pass_house
def run_clock(house: House) -> None:
    """Do the periodic work."""
    clock.run(_service(house))


@cli.command("pbx")
@click.option("--line", default=FIRST_LINE, show_default=True, help="the name of the line, one of HAMSEDA_LINES")
@pass_house
def run_pbx(house: House, line: str) -> None:
    """Hold the line to an Asterisk: dial, listen, put right."""
    app = _service(house, house.settings.on_line(line))
    app.config["LINE"] = line
    hold_the_line = named(app.config["PROGRAMS"]["pbx"])
    stopped = threading.Event()
    pulse = heartbeats.keep_beating(quick_redis(app), heartbeats.of_line("pbx", line), stopped)
    try:
        hold_the_line(app)
    finally:
        stopped.set()
        pulse.join(heartbeats.LAST_WORD_SECONDS)


@cli.command("exchange")
@click.option("--speed", type=SPEED, default=1.0, show_default=True, help="how fast members ring and answer")
@click.option("--seed", type=int, default=None, help="let chance decide instead of the last digit, always the same way")
@pass_house
def run_exchange(house: House, speed: float, seed: int | None) -> None:
    """Play an Asterisk with members who answer, or not, by the last digit of their number."""
    app = _service(house)
    named(app.config["PROGRAMS"]["exchange"])(app, seed=seed, speed=speed)


@cli.command("doctor")
@pass_house
def run_doctor(house: House) -> None:
    """Say what is wrong and how to mend it; exit code 1 if anything is."""
    # What is wrong is said once, with its mend.
    logging.getLogger().setLevel(logging.ERROR)
    app = house.app(running.with_simulated_exchange(house.settings))
    with app.app_context():
        findings = doctor.examine(app.config["PROGRAMS"]["telephony_checks"])
    for finding in findings:
        click.echo(doctor.sentence(finding))
    sys.exit(0 if all(finding.is_well for finding in findings) else 1)
