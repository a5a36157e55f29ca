"""Reads a workbook in a process of its own, with limits of time and memory: the web process survives any file."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from tempfile import TemporaryFile
from typing import IO
from typing import TYPE_CHECKING

from surveys.questionnaires.xlsform import reasons
from surveys.questionnaires.xlsform import sheets
from surveys.questionnaires.xlsform.findings import FILE
from surveys.questionnaires.xlsform.findings import Finding
from surveys.questionnaires.xlsform.findings import RefusedFormError

if TYPE_CHECKING:
    from surveys.questionnaires.xlsform.sheets import Sheets

SECONDS = 60
# What a form says is far less: a thousand rows with a thousand letters each are a megabyte.
MOST_BYTES = 16 * sheets.MEGABYTE
log = logging.getLogger(__name__)
_CELLS = "surveys.questionnaires.xlsform.cells"


def read(data: bytes, name: str) -> Sheets:
    """The cells of the workbook called `name`. Raises RefusedFormError."""
    suffix = sheets.suffix_of(data, name)
    # Files, of which no more is read than may be: a pipe would bring whatever the process says into our memory.
    with TemporaryFile() as answer, TemporaryFile() as problem:
        returncode = _run(suffix, data, answer, problem)
        if answer.tell() >= MOST_BYTES:
            raise _refusal(reasons.TOO_MUCH)
        if returncode != 0:
            log.warning("reading %s ended with %s: %s", name, returncode, _end_of(problem))
            raise _refusal(reasons.TOO_SLOW)
        answer.seek(0)
        return sheets.of_plain(json.load(answer))


def _run(suffix: str, data: bytes, answer: IO[bytes], problem: IO[bytes]) -> int:
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and the suffix is one of three
            [sys.executable, "-m", _CELLS, suffix, str(MOST_BYTES)],
            input=data,
            stdout=answer,
            stderr=problem,
            timeout=SECONDS,
            check=False,
            # None of the house's secrets: whatever the file does to the parser, there is nothing to find.
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired:
        raise _refusal(reasons.TOO_SLOW) from None
    return done.returncode


def _end_of(problem: IO[bytes]) -> str:
    problem.seek(-min(problem.tell(), 500), os.SEEK_END)
    return problem.read().decode(errors="replace")


def _refusal(reason: object) -> RefusedFormError:
    return RefusedFormError([Finding(FILE, 0, reason)])
