"""What the doctor says of a real Asterisk that is well, and of each way in which it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callcenter.telephony import checks
from callcenter.telephony.errors import LineDownError
from callcenter.telephony.link import open_link
from tests.asterisk import bed
from tests.asterisk.switchroom import address
from tests.conftest import make_app

if TYPE_CHECKING:
    from pathlib import Path


def examine(folder: Path, port: int, **environ: str) -> dict[str, checks.Line]:
    """The doctor's findings about the exchange, by part."""
    settings = {"HAMSEDA_AMI_PORT": str(port), "HAMSEDA_AMI_SECRET": bed.SECRET, **environ}
    app = make_app(folder, f"sqlite:///{folder}/test.db", **settings)
    return {finding.part: finding for finding in checks.examine(app)}


def test_the_delivered_configuration_is_well(asterisk: bed.Asterisk, tmp_path: Path):
    findings = examine(tmp_path, asterisk.ports.ami)

    # No pbx process runs here.
    assert {part for part, finding in findings.items() if not finding.is_well} == {"exchange, held by pbx"}
    assert {"exchange", "exchange, write originate", "exchange, write call", "exchange, read call"} <= findings.keys()


@pytest.mark.parametrize(
    ("username", "part", "mend"),
    [
        ("may-not-originate", "exchange, write originate", "originate"),
        ("may-not-hang-up", "exchange, write call", "call"),
        ("may-not-report", "exchange, write reporting", "reporting"),
        ("may-not-hear", "exchange, read call", "read = call"),
    ],
)
def test_a_missing_permission_is_named_with_its_mend(
    asterisk: bed.Asterisk, tmp_path: Path, username: str, part: str, mend: str
):
    finding = examine(tmp_path, asterisk.ports.ami, HAMSEDA_AMI_USERNAME=username)[part]

    assert not finding.is_well
    assert mend in finding.mend
    assert "manager.conf" in finding.mend


@pytest.mark.parametrize(
    "wrong",
    [
        {"HAMSEDA_AMI_SECRET": "not-the-secret-of-this-bed"},
        {"HAMSEDA_AMI_USERNAME": "nobody"},
        {"HAMSEDA_AMI_USERNAME": "from-elsewhere"},
    ],
    ids=["secret", "user", "address"],
)
def test_a_refused_login_stands_alone_and_names_the_settings(
    asterisk: bed.Asterisk, tmp_path: Path, wrong: dict[str, str]
):
    findings = examine(tmp_path, asterisk.ports.ami, **wrong)

    assert list(findings) == ["exchange"]
    assert not findings["exchange"].is_well
    assert "refused" in findings["exchange"].seen
    assert "HAMSEDA_AMI_HOST, _PORT, _USERNAME and _SECRET" in findings["exchange"].mend


def test_a_context_that_is_not_in_the_dialplan_is_named(asterisk: bed.Asterisk, tmp_path: Path):
    findings = examine(tmp_path, asterisk.ports.ami, HAMSEDA_AMI_CONTEXT="not-there")

    assert not findings["exchange, dialplan"].is_well
    assert "extensions.conf" in findings["exchange, dialplan"].mend


def test_the_manager_interface_listens_on_loopback_only(asterisk: bed.Asterisk):
    elsewhere = address(asterisk.ports.ami).__class__(
        host="127.0.0.2", port=asterisk.ports.ami, username="hamseda", secret=bed.SECRET
    )

    with pytest.raises(LineDownError):
        open_link(elsewhere, seconds=2)
