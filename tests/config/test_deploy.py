"""What an installation copies fits what the processes do."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECORDINGS = "/var/spool/asterisk/monitor/hamseda"


@pytest.mark.parametrize("process", ["web", "worker"])
def test_who_deletes_recordings_may_write_where_they_lie(process):
    unit = (ROOT / "deploy" / "systemd" / f"hamseda-{process}.service").read_text(encoding="utf-8")
    guide = (ROOT / "docs" / "asterisk.md").read_text(encoding="utf-8")

    # "-": an installation without Asterisk on the same machine has no such folder, and starts all the same.
    assert f"HAMSEDA_RECORDINGS={RECORDINGS}" in guide
    assert f"ReadWritePaths=/var/lib/hamseda -{RECORDINGS}" in unit.splitlines()


@pytest.mark.parametrize("patient", ["worker", "clock"])
@pytest.mark.parametrize("waited_for", ["web", "pbx", "pbx@"])
def test_what_a_person_waits_for_goes_before_work_in_the_background(waited_for, patient):
    weights = [weight_of(process) for process in (waited_for, patient)]

    assert weights[0] > weights[1] > 0


def weight_of(process):
    unit = (ROOT / "deploy" / "systemd" / f"hamseda-{process}.service").read_text(encoding="utf-8")
    return next(int(line.partition("=")[2]) for line in unit.splitlines() if line.startswith("CPUWeight="))
