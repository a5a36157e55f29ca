"""The part that touches a stranger's file: pyxform reads the cells and says what it has against the form.

It runs in a process of its own (see `apart`), for parsers of workbooks are long programs with long histories.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
import warnings
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import DefinitionData
from pyxform.xls2json_backends import get_xlsform
from pyxform.xls2xform import convert

SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
CPU_SECONDS = 20
MEMORY_BYTES = 1024**3
# pyxform's own sentence may repeat a whole cell.
LONGEST_PROBLEM = 400
FORM_NAME = "data"
# pyxform writes what does not fit a form as any of these.
_COMPLAINTS = (
    PyXFormError, ValueError, TypeError, KeyError, AttributeError, IndexError, AssertionError, LookupError,
    RecursionError, ArithmeticError, EOFError,
)  # fmt: skip


def plain(data: bytes, suffix: str) -> dict[str, Any] | None:
    """The rows, the headings and pyxform's problem, as JSON can hold them; None when the file cannot be read."""
    try:
        form = get_xlsform(data, file_type=suffix)
        rows = {name: _rows(getattr(form, name)) for name in SHEETS if getattr(form, name)}
    except Exception:  # noqa: BLE001 - a broken file breaks the parsers in any way it likes
        return None
    headings = {name: _headings(getattr(form, f"{name}_header")) for name in rows}
    return {"rows": rows, "headings": headings, "problem": _problem(form)}


def _rows(rows: Any) -> list[dict[str, str]]:
    return [
        {str(key): str(value) for key, value in row.items() if key is not None and value is not None} for row in rows
    ]


def _headings(rows: Any) -> list[str]:
    return [str(heading) for row in rows or [] for heading in row if heading]


def _problem(form: DefinitionData) -> str:
    parts = {name: getattr(form, name) for name in form.__slots__ if getattr(form, name)}
    try:
        convert(parts, form_name=FORM_NAME)
    except _COMPLAINTS as error:
        return " ".join(str(error).split())[:LONGEST_PROBLEM] or type(error).__name__
    return ""


def main() -> None:
    """Read a workbook of the kind named first from standard input and write its cells as JSON, in so many bytes."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    suffix, most = sys.argv[1], int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    # xlrd tells standard output what it thinks of a file: there only the answer may be.
    with os.fdopen(os.dup(1), "w") as answer:
        os.dup2(2, 1)
        answer.write(json.dumps(plain(sys.stdin.buffer.read(), suffix)))


if __name__ == "__main__":
    main()
