"""The sub-commands about members."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from club.members.importing import ImportReport
from club.members.importing import import_file
from config.accounts import people
from config.command import House
from config.command import cli
from config.command import pass_house
from config.database import db
from config.database import utcnow


@cli.group("members")
def members_group() -> None:
    """Members of a club."""


@members_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--club", "slug", required=True, help="the slug of the club")
@click.option(
    "--report", "report_path", type=click.Path(dir_okay=False, path_type=Path), help="write the report here, as JSON"
)
@pass_house
def import_members(house: House, file: Path, slug: str, report_path: Path | None) -> None:
    """Import the members in FILE, a CSV file; lines that cannot be taken are reported with their reasons."""
    if report_path is not None:
        # A report that cannot be written stops the import before it begins, not after.
        report_path.touch()
    with house.app().app_context():
        club_id = people.get_club(slug).id
        # Reading a long file must not hold the transaction that looked the club up.
        db.session.commit()
        report = import_file(file, club_id, now=utcnow())
        db.session.commit()
    if report_path is not None:
        report_path.write_text(json.dumps(_as_json(report), ensure_ascii=False, indent=1), encoding="utf-8")
    click.echo(
        f"{report.rows} lines: {report.created} members added, {report.updated} updated, "
        f"{len(report.rejected)} rejected."
    )


def _as_json(report: ImportReport) -> dict[str, object]:
    rejected = [{"line": one.line, "field": one.field, "reason": one.reason} for one in report.rejected]
    return {**asdict(report), "rejected": rejected}
