"""Reads a workbook in a process of its own, with limits of time and memory: the web process survives any file."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from surveys.questionnaires.xlsform import reasons
from surveys.questionnaires.xlsform import sheets
from surveys.questionnaires.xlsform.findings import FILE
from surveys.questionnaires.xlsform.findings import Finding
from surveys.questionnaires.xlsform.findings import RefusedFormError

if TYPE_CHECKING:
    from surveys.questionnaires.xlsform.sheets import Sheets

SECONDS = 60
log = logging.getLogger(__name__)
_CELLS = "surveys.questionnaires.xlsform.cells"


def read(data: bytes, name: str) -> Sheets:
    """The cells of the workbook called `name`. Raises RefusedFormError."""
    suffix = sheets.suffix_of(data, name)
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and the suffix is one of three
            [sys.executable, "-m", _CELLS, suffix],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            # None of the house's secrets: whatever the file does to the parser, there is nothing to find.
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired:
        raise _refusal(reasons.TOO_SLOW) from None
    if done.returncode != 0:
        log.warning("reading %s ended with %s: %s", name, done.returncode, done.stderr[-500:].decode(errors="replace"))
        raise _refusal(reasons.TOO_SLOW)
    return sheets.of_plain(json.loads(done.stdout))


def _refusal(reason: object) -> RefusedFormError:
    return RefusedFormError([Finding(FILE, 0, reason)])
