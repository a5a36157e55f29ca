"""The `hamseda` command: exit code 0, 1 (refused, with one clear line) or 2 (wrong use)."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING
from typing import Any

import click
from flask import Flask
from flask_migrate import upgrade
from redis import RedisError
from sqlalchemy.exc import DatabaseError
from sqlalchemy.exc import ProgrammingError

from config.accounts import people
from config.accounts.models import Role
from config.database import db
from config.errors import HamsedaError
from config.settings import Settings
from config.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable


class House:
    """What every sub-command starts from: the settings, and the application when it is needed."""

    def __init__(self, create_app: Callable[[Settings], Flask]) -> None:
        self._create_app = create_app
        self.settings = load_settings()

    def app(self, settings: Settings | None = None) -> Flask:
        """The application of these settings (default: the environment's)."""
        return self._create_app(settings or self.settings)


pass_house = click.make_pass_decorator(House)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Hamseda: phone surveys and call-centre feedback attached to a customer club."""


@cli.group("db")
def database_group() -> None:
    """The database."""


@database_group.command("upgrade")
@pass_house
def upgrade_database(house: House) -> None:
    """Bring the tables up to date."""
    with house.app().app_context():
        upgrade()
    click.echo("The database is up to date.")


@cli.group("club")
def club_group() -> None:
    """Clubs."""


@club_group.command("add")
@click.argument("slug")
@click.option("--name", required=True, help="the club's name as people see it")
@click.option("--time-zone", default=None, help="a tz database name; default: HAMSEDA_TIME_ZONE")
@pass_house
def add_club(house: House, slug: str, name: str, time_zone: str | None) -> None:
    """Add a club."""
    with house.app().app_context():
        people.add_club(slug, name=name, time_zone=time_zone or house.settings.time_zone)
        db.session.commit()
    click.echo(f"Club {slug} added.")


@cli.group("user")
def user_group() -> None:
    """Accounts."""


@user_group.command("add")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--club", "clubs", multiple=True, help="the slug of a club; repeat for several")
@click.option("--name", default="", help="the person's name")
@click.option("--extension", default="", help="the phone extension of an operator")
@pass_house
def add_user(house: House, email: str, role: str, clubs: tuple[str, ...], name: str, extension: str) -> None:
    """Add an account; the password comes from HAMSEDA_PASSWORD or is asked for."""
    password = os.environ.get("HAMSEDA_PASSWORD") or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with house.app().app_context():
        club_ids = [people.get_club(slug).id for slug in clubs]
        people.add_user(
            email, name=name, role=Role(role), password=password, club_ids=club_ids, extension=extension or None
        )
        db.session.commit()
    click.echo(f"{email} added as {role}.")


def main(create_app: Callable[[Settings], Flask], **extra: Any) -> None:
    """Run the command; every refusal is one line on standard error and exit code 1."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname).1s %(name)s %(message)s")
    try:
        cli(obj=House(create_app), standalone_mode=False, **extra)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except (click.exceptions.Abort, KeyboardInterrupt):
        sys.exit(1)
    except HamsedaError as error:
        _refuse(str(error))
    except DatabaseError as error:
        _refuse(_database_sentence(error))
    except RedisError as error:
        _refuse(f"Redis does not answer ({_first_line(error)}). Check HAMSEDA_REDIS_URL and that it runs.")
    except OSError as error:
        _refuse(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "))


def _database_sentence(error: DatabaseError) -> str:
    reason = _first_line(error.orig)
    if isinstance(error, ProgrammingError) or "no such table" in reason:
        return f"The database is not that of this version ({reason}). Run `hamseda db upgrade`."
    return f"The database does not answer ({reason}). Check HAMSEDA_DATABASE_URL and that it runs."


def _first_line(error: BaseException | None) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0]


def _refuse(sentence: str) -> None:
    click.echo(f"hamseda: {sentence}", err=True)
    sys.exit(1)
