"""The script that puts the configuration into place; needs no Asterisk."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.asterisk.bed import DEPLOY
from tests.asterisk.bed import SECRET


def install(folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HAMSEDA_")}
    command = [str(DEPLOY / "install.sh"), str(folder)]
    return subprocess.run(command, env=clean | environ, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("secret", ["", "short", "long-enough-but;a-comment", "long enough with blanks"])
def test_a_secret_that_would_not_hold_is_refused_and_nothing_is_written(tmp_path: Path, secret: str):
    done = install(tmp_path, HAMSEDA_AMI_SECRET=secret)

    assert done.returncode == 1
    assert "HAMSEDA_AMI_SECRET" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_secret_is_filled_in_and_readable_for_few(tmp_path: Path):
    assert install(tmp_path, HAMSEDA_AMI_SECRET=SECRET).returncode == 0

    manager = tmp_path / "manager.conf"
    assert f"secret = {SECRET}\n" in manager.read_text()
    assert manager.stat().st_mode & 0o007 == 0
    assert "${HAMSEDA" not in manager.read_text()
    # Every phone has a password of its own making.
    assert "${" not in (tmp_path / "pjsip_operators.conf").read_text()


def test_the_phones_and_the_line_are_never_overwritten_and_the_rest_is_kept_beside(tmp_path: Path):
    for name in ("pjsip_operators.conf", "pjsip_trunk.conf", "extensions.conf", "modules.conf"):
        (tmp_path / name).write_text("mine\n")

    install(tmp_path, HAMSEDA_AMI_SECRET=SECRET)
    install(tmp_path, HAMSEDA_AMI_SECRET=SECRET)

    mine = sorted(path.name for path in tmp_path.iterdir() if path.read_text() == "mine\n")
    assert mine == ["extensions.conf.before-hamseda", "modules.conf", "pjsip_operators.conf", "pjsip_trunk.conf"]


def test_what_somebody_changed_in_the_installed_files_is_kept_at_every_run(tmp_path: Path):
    extensions = tmp_path / "extensions.conf"
    for text in ("mine\n", "mine again\n"):
        extensions.write_text(text)
        done = install(tmp_path, HAMSEDA_AMI_SECRET=SECRET)

    assert (tmp_path / "extensions.conf.before-hamseda").read_text() == "mine\n"
    assert (tmp_path / "extensions.conf.before-hamseda.2").read_text() == "mine again\n"
    assert "extensions.conf.before-hamseda.2" in done.stdout
