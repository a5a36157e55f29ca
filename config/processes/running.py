"""`hamseda run`: the whole house on one machine, with embedded defaults."""

from __future__ import annotations

import json
import secrets
import sys
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

import click
from flask_migrate import upgrade

from config.accounts import people
from config.database import db
from config.errors import SettingError
from config.private import held
from config.private import write_private
from config.processes import redis_server
from config.processes.children import ChildSpec
from config.processes.errors import HomeTakenError
from config.processes.naming import named
from config.processes.readiness import ReadinessWatch
from config.processes.supervisor import Supervisor
from config.processes.web import ensure_port_is_free
from config.processes.web import free_port

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from flask import Flask

    from config.settings import Settings

NAME_WIDTH = 9
LOCAL_HOST = "127.0.0.1"
EXCHANGE_FILE = "exchange.json"
LOCK_FILE = "run.lock"
FIRST_STEPS = (
    "Nobody can sign in yet. Make the first account in another terminal, with the same settings:",
    '  .venv/bin/hamseda user add you@example.org --role administrator --name "…"',
    "Then sign in; the page of accounts says what comes next.",
)


def run(settings: Settings, load: Callable[[], Flask], *, port: int, has_demo: bool, speed: float) -> None:
    """Start everything and keep it running until Ctrl-C; `speed` is that of the simulated members.

    Raises a HamsedaError when something stands in the way.
    """
    # Two of them would take each other's Redis socket away.
    with held(settings.home / LOCK_FILE) as is_ours:
        if not is_ours:
            raise HomeTakenError(str(settings.home))
        ensure_port_is_free(settings.web_host, port)
        _run(settings, load, port=port, has_demo=has_demo, speed=speed)


def _run(settings: Settings, load: Callable[[], Flask], *, port: int, has_demo: bool, speed: float) -> None:
    specs = house_specs(settings, port=port, speed=speed)
    accounts, has_people = _prepare(load(), has_demo=has_demo)
    address = f"http://{_shown_host(settings.web_host)}:{port}"
    watch = ReadinessWatch(address)

    def on_tick() -> None:
        news = watch.look()
        if news == "ready":
            _greet(address, accounts, has_people=has_people)
        elif news:
            _say("hamseda", news)

    _say("hamseda", f"starting {', '.join(spec.name for spec in specs)}; the data is in {settings.home}")
    try:
        Supervisor(specs, _say).run(on_tick)
    finally:
        (settings.home / EXCHANGE_FILE).unlink(missing_ok=True)
    _say("hamseda", "everything has stopped")


def _prepare(app: Flask, *, has_demo: bool) -> tuple[dict[str, str], bool]:
    """Bring the tables up to date and fill the demo once.

    Gives the demo's accounts with their passwords, and whether there is anybody who can sign in.
    """
    with app.app_context():
        upgrade()
        accounts: dict[str, str] = (
            named(app.config["PROGRAMS"]["demo"])(app, say=lambda line: _say("hamseda", line)) if has_demo else {}
        )
        has_people = people.has_anybody()
        db.session.remove()
        # The children must not inherit connections.
        db.engine.dispose()
    return accounts, has_people


def house_specs(
    settings: Settings,
    *,
    port: int,
    speed: float,
    seed: int | None = None,
    web_processes: int = 1,
    further: Mapping[str, str] | None = None,
) -> list[ChildSpec]:
    """Every process of a house on this machine; `seed` is that of the simulated members' chance, `further` are
    settings that they are told besides the parent's own.
    """
    environment = {**(further or {}), "HAMSEDA_HOME": str(settings.home), "PYTHONUNBUFFERED": "1"}
    specs = []
    if settings.has_embedded_redis:
        program = redis_server.find_program()
        specs.append(ChildSpec(name="redis", command=redis_server.command(program, settings.home), is_foundation=True))
    if not settings.ami_secret:
        environment |= _simulated_exchange(settings)
        chance = [] if seed is None else ["--seed", str(seed)]
        specs.append(_own("exchange", environment, "--speed", str(speed), *chance, is_foundation=True))
    specs += [
        _own("web", environment, "--port", str(port), "--processes", str(web_processes)),
        *(_own(name, environment) for name in ("worker", "clock", "pbx")),
        *(_own("pbx", environment, "--line", line.name, name=f"pbx:{line.name}") for line in settings.lines),
    ]
    return specs


def _simulated_exchange(settings: Settings) -> dict[str, str]:
    if settings.ami_host != LOCAL_HOST:
        raise SettingError("HAMSEDA_AMI_SECRET", f"is missing: Asterisk on {settings.ami_host} asks for one")
    port, secret = free_port(), secrets.token_urlsafe(24)
    # The doctor, started beside us, finds the exchange by this file.
    write_private(settings.home / EXCHANGE_FILE, json.dumps({"ami_port": port, "ami_secret": secret}))
    values = {"HOST": LOCAL_HOST, "PORT": str(port), "USERNAME": settings.ami_username, "SECRET": secret}
    # One exchange plays all that are to be simulated.
    ends = ["", *(f"_{line.name.upper()}" for line in settings.lines if not line.ami_secret)]
    return {f"HAMSEDA_AMI_{name}{end}": value for end in ends for name, value in values.items()}


def with_simulated_exchange(settings: Settings) -> Settings:
    """The settings with the simulated exchange of a `hamseda run` on this data folder, if one is running."""
    path = settings.home / EXCHANGE_FILE
    if settings.ami_secret or not path.exists():
        return settings
    simulated = {**json.loads(path.read_text()), "ami_username": settings.ami_username}
    lines = tuple(line if line.ami_secret else replace(line, **simulated) for line in settings.lines)
    return replace(settings, **simulated, lines=lines)


def _own(process: str, environment: dict[str, str], *arguments: str, name: str = "", **options: Any) -> ChildSpec:
    command = [sys.executable, "-c", "from wsgi import main; main()", process, *arguments]
    return ChildSpec(name=name or process, command=command, environment=environment, **options)


def _shown_host(host: str) -> str:
    if host in {"0.0.0.0", "::"}:  # noqa: S104  # compared with, not listened on
        return LOCAL_HOST
    return f"[{host}]" if ":" in host else host


def _greet(address: str, accounts: dict[str, str], *, has_people: bool) -> None:
    lines = ["", f"Hamseda is ready: {address}"]
    if not has_people:
        lines += ["", *FIRST_STEPS]
    if accounts:
        width = max(map(len, accounts))
        lines += ["", "Demo accounts (the passwords belong to this database only):"]
        lines += [f"  {email:<{width}}  {password}" for email, password in accounts.items()]
    click.echo("\n".join([*lines, "", "Ctrl-C stops everything.", ""]))
    sys.stdout.flush()


def _say(name: str, line: str) -> None:
    click.echo(f"{name:<{NAME_WIDTH}}| {line}")
    sys.stdout.flush()
