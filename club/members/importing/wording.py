"""What went wrong in an import, in the language of the page."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from club.members.importing.report import Reason

FIELDS = {
    "external_id": _l("member code"),
    "first_name": _l("first name"),
    "last_name": _l("last name"),
    "phone": _l("phone number"),
    "city": _l("city"),
    "branch": _l("branch"),
    "tier": _l("tier"),
    "birth_date": _l("birth date"),
    "joined_at": _l("joining date"),
    "gender": _l("gender"),
    "language": _l("language"),
    "consent_calls": _l("consent to calls"),
    "line": _l("whole line"),
}
REASONS = {
    Reason.MISSING: _l("is empty"),
    Reason.INVALID_PHONE: _l("is not a valid phone number"),
    Reason.INVALID_DATE: _l("is not a day of the calendar; write it as 1404/08/30 or 2025-11-21"),
    Reason.TOO_LONG: _l("is too long"),
    Reason.TAKEN: _l("belongs to a member with another number"),
    Reason.LINE_TOO_LONG: _l("is far too long to be a member"),
    Reason.UNCLOSED_QUOTE: _l("has a quotation mark that is never closed"),
    Reason.TOO_MANY_CELLS: _l("has more cells than the header; perhaps a comma inside a value"),
    Reason.DAMAGED_TEXT: _l("has damaged letters"),
}


def field_text(field: str) -> str:
    """The name of a field as people call it."""
    return str(FIELDS[field])


def reason_text(reason: str) -> str:
    """Why a line was not taken, to be read after the field's name."""
    return str(REASONS[Reason(reason)])


def refusal_text(told: str) -> str:
    """Why a whole file was refused: `told` is what the run keeps, a code and perhaps the names of columns."""
    code, *names = told.split()
    columns = _(", ").join(field_text(name) for name in names)
    texts = {
        "import_not_text": _("This is not a CSV file. Save the list as CSV (UTF-8) and import that."),
        "crashed": _("Something went wrong on our side. Try once more; if it fails again, tell your administrator."),
        "import_empty": _("The file is empty. Its first line must name the columns."),
        "import_missing_columns": _("The first line names no column for: %(columns)s.", columns=columns),
        "import_repeated_columns": _("The first line has more than one column for: %(columns)s.", columns=columns),
    }
    return str(texts[code])
