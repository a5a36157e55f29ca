"""What the desk's forms bring, and what they are answered with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import jsonify
from flask import redirect
from flask import request
from flask import url_for

from callcenter.desk import showing
from config.accounts.access import Role
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.refusals import wants_json
from config.text import is_id

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

# Supervisors have a desk for what they take over.
CALLERS = (Role.OPERATOR, Role.SUPERVISOR)


def done() -> ResponseReturnValue:
    """Commit, and show the desk as it is now."""
    db.session.commit()
    if wants_json():
        return jsonify(showing.parts(utcnow()))
    return redirect(url_for("desk.show"))


def number(name: str) -> int:
    """The id in a field of the form. Raises InvalidInputError on the field."""
    text = request.form.get(name, "")
    if not is_id(text):
        raise InvalidInputError(name, f"{text[:40]!r} is not an id")
    return int(text)
