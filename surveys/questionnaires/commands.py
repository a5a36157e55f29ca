"""The sub-commands about surveys: XLSForms in and out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from config.accounts import people
from config.command import House
from config.command import cli
from config.command import pass_house
from config.database import db
from config.database import utcnow
from surveys.questionnaires import publishing
from surveys.questionnaires import queries
from surveys.questionnaires.xlsform import file
from surveys.questionnaires.xlsform.findings import Finding
from surveys.questionnaires.xlsform.findings import RefusedFormError
from surveys.questionnaires.xlsform.reading import Form
from surveys.questionnaires.xlsform.reading import slug_of
from surveys.questionnaires.xlsform.reading import whole
from surveys.questionnaires.xlsform.sheets import LARGEST
from surveys.questionnaires.xlsform.sheets import MEGABYTE
from surveys.questionnaires.xlsform.writing import workbook_of

READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
CLUB = click.option("--club", "club_slug", required=True, help="the slug of the club")


@cli.group("survey")
def survey_group() -> None:
    """Surveys as XLSForms."""


@survey_group.command("check")
@click.argument("files", nargs=-1, required=True, type=READABLE, metavar="FILE...")
def check(files: tuple[Path, ...]) -> None:
    """Say for each FILE whether it can become a survey; exit code 1 if one cannot, with every reason."""
    is_well = True
    for path in files:
        try:
            form = _read(path)
        except RefusedFormError as error:
            is_well = False
            click.echo(f"{path}: refused")
            _say(error.findings)
        else:
            questionnaire = form.questionnaire
            count = sum(question.wants_answer for question in questionnaire.questions)
            click.echo(f"{path}: supported, {count} questions in {', '.join(questionnaire.languages)}")
            _say(form.remarks)
    sys.exit(0 if is_well else 1)


@survey_group.command("import")
@click.argument("path", type=READABLE, metavar="FILE")
@CLUB
@click.option("--slug", default=None, help="the survey's name in addresses; default: the form_id in FILE")
@click.option("--publish", "is_published", is_flag=True, help="publish it at once; else it is a draft")
@pass_house
def import_survey(house: House, path: Path, club_slug: str, slug: str | None, is_published: bool) -> None:  # noqa: FBT001 - a flag
    """Take the XLSForm FILE as a new version of a survey, which is made if there is none."""
    try:
        form = _read(path)
    except RefusedFormError as error:
        click.echo(f"{path}: refused", err=True)
        _say(error.findings, err=True)
        sys.exit(1)
    _say(form.remarks)
    with house.app().app_context():
        now = utcnow()
        club_id, survey = people.get_club(club_slug).id, slug_of(slug) if slug else form.slug
        version_id = publishing.draft(club_id, slug=survey, questionnaire=form.questionnaire, now=now)
        if is_published:
            publishing.publish(club_id, version_id, now=now)
        number = queries.version_line(club_id, version_id).number
        db.session.commit()
    click.echo(f"Survey {survey}, version {number}: {'published' if is_published else 'a draft'}.")


@survey_group.command("export")
@click.argument("slug")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@CLUB
@click.option("--version", "number", type=int, default=None, help="default: the newest one published, else the newest")
@pass_house
def export_survey(house: House, slug: str, path: Path, club_slug: str, number: int | None) -> None:
    """Write a version of the survey SLUG as the XLSForm FILE (.xlsx)."""
    with house.app().app_context():
        club_id = people.get_club(club_slug).id
        version = queries.version_of(club_id, slug, number)
        questionnaire = queries.questionnaire_of(club_id, version.id)
    path.write_bytes(workbook_of(questionnaire, slug=slug, version=version.number))
    click.echo(f"Survey {slug}, version {version.number}, written to {path}.")


def _read(path: Path) -> Form:
    with path.open("rb") as stream:
        # One byte more than is allowed is enough to refuse the file.
        return whole(file.read(stream.read(LARGEST * MEGABYTE + 1), path.name))


def _say(findings: tuple[Finding, ...], *, err: bool = False) -> None:
    for finding in findings:
        click.echo(f"  {finding.line()}", err=err)
