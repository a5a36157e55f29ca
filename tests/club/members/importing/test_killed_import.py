from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import func
from sqlalchemy import select

from club.members import importing
from club.members.models import Member
from config.database import db
from config.database import utcnow

ROWS = 4000


def test_a_killed_import_leaves_nothing_and_can_be_run_again(app, factories, tmp_path):
    club = factories.club()
    club_id = club.id
    path = tmp_path / "members.csv"
    path.write_text("phone,first_name\n" + "".join(f"0999{n:07},سارا\n" for n in range(ROWS)), encoding="utf-8")
    db.session.commit()
    before = files(app)

    with started(app, path, club_id) as process:
        assert process.stdout.readline().strip() == "half-written"
        process.kill()
        process.wait(timeout=120)

    assert count(club_id) == 0
    assert files(app) == before
    db.session.commit()
    report = importing.import_file(path, club_id, now=utcnow())
    db.session.commit()
    assert (report.created, count(club_id)) == (ROWS, ROWS)


def files(app):
    """What lies where imports are kept; other tests of this run leave theirs."""
    return sorted((app.config["HOME"] / "imports").glob("*"))


def started(app, path, club_id):
    environ = {
        **os.environ,
        "HAMSEDA_HOME": str(app.config["HOME"]),
        "HAMSEDA_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "HAMSEDA_SECRET_KEY": "tests-only",
    }
    script = Path(__file__).with_name("killed_import.py")
    return subprocess.Popen(
        [sys.executable, str(script), str(path), str(club_id)],
        env=environ | {"PYTHONPATH": str(Path.cwd())},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def count(club_id):
    return db.session.scalar(select(func.count()).where(Member.club_id == club_id))
