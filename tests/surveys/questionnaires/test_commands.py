"""`hamseda survey`: what a person at a terminal reads, and the exit codes that a script relies on."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from config.accounts import people
from config.command import House
from config.command import cli
from config.database import db
from surveys.questionnaires import commands
from surveys.questionnaires import library
from surveys.questionnaires import queries
from surveys.questionnaires.models import VersionState
from surveys.questionnaires.xlsform import cells
from surveys.questionnaires.xlsform import sheets
from surveys.questionnaires.xlsform.reading import form_of
from surveys.questionnaires.xlsform.writing import workbook_of
from tests.surveys.questionnaires.xlsform.books import SMALL
from tests.surveys.questionnaires.xlsform.books import xlsx

BAD = xlsx(survey=[*SMALL["survey"][:2], ["image", "photo", "A photo"], ["decimal", "weight", "How much?"]])


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "good.xlsx").write_bytes(xlsx(**SMALL))
    (tmp_path / "bad.xlsx").write_bytes(BAD)
    return tmp_path


@pytest.fixture
def hamseda(app, monkeypatch):
    """Runs the command on the tests' database, reading files in this process: the other one has its own test."""
    monkeypatch.setattr(
        commands.file.apart,
        "read",
        lambda data, name: sheets.of_plain(cells.plain(data, sheets.suffix_of(data, name))),
    )

    def run(*arguments):
        # As a command of its own: it sees what was committed, and the test sees what it committed.
        db.session.commit()
        return CliRunner().invoke(cli, ["survey", *map(str, arguments)], obj=House(lambda _settings: app))

    return run


@pytest.fixture
def club(factories):
    return people.get_club(factories.club().slug)


def test_check_says_for_each_file_whether_it_is_supported(hamseda, folder):
    one = hamseda("check", folder / "good.xlsx")
    both = hamseda("check", folder / "good.xlsx", folder / "bad.xlsx")

    assert (one.exit_code, both.exit_code) == (0, 1)
    assert one.output == f"{folder}/good.xlsx: supported, 1 questions in en\n"
    assert both.output.splitlines()[1:] == [
        f"{folder}/bad.xlsx: refused",
        "  survey, row 3: The type image is not supported: it cannot be asked on the phone, or has no meaning there.",
        "  survey, row 4: The type decimal is not supported: numbers are whole here. Use integer.",
    ]


def test_a_file_that_is_not_there_is_wrong_use(hamseda, folder):
    assert hamseda("check", folder / "nowhere.xlsx").exit_code == 2
    assert hamseda("check").exit_code == 2


def test_import_makes_a_draft_and_then_the_next_version(hamseda, folder, club):
    first = hamseda("import", folder / "good.xlsx", "--club", club.slug)
    second = hamseda("import", folder / "good.xlsx", "--club", club.slug, "--publish")

    assert first.output == "Survey small, version 1: a draft.\n"
    assert second.output == "Survey small, version 2: published.\n"
    assert [(line.number, line.state) for line in queries.versions(club.id)] == [
        (2, VersionState.PUBLISHED),
        (1, VersionState.DRAFT),
    ]


def test_import_of_a_refused_file_changes_nothing(hamseda, folder, club):
    done = hamseda("import", folder / "bad.xlsx", "--club", club.slug)

    assert done.exit_code == 1
    assert "survey, row 3" in done.output
    assert queries.versions(club.id) == []


def test_export_writes_the_version_that_members_are_asked(hamseda, folder, club):
    (folder / "clinic.xlsx").write_bytes(workbook_of(library.load("clinic"), slug="clinic"))
    hamseda("import", folder / "clinic.xlsx", "--club", club.slug, "--publish")
    hamseda("import", folder / "good.xlsx", "--club", club.slug, "--slug", "clinic")

    done = hamseda("export", "clinic", folder / "out.xlsx", "--club", club.slug)

    assert done.output == f"Survey clinic, version 1, written to {folder}/out.xlsx.\n"
    found = sheets.of_plain(cells.plain((folder / "out.xlsx").read_bytes(), ".xlsx"))
    assert form_of(found, "out.xlsx").questionnaire == library.load("clinic")
    assert hamseda("export", "clinic", folder / "two.xlsx", "--club", club.slug, "--version", "2").exit_code == 0


def test_export_of_what_another_club_has_is_refused(hamseda, folder, club, factories):
    hamseda("import", folder / "good.xlsx", "--club", factories.club().slug)

    done = hamseda("export", "small", folder / "out.xlsx", "--club", club.slug)

    assert done.exit_code == 1
    assert "the club has no survey 'small'" in str(done.exception)
    assert not (folder / "out.xlsx").exists()
