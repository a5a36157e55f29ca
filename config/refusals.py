"""From an error to a page: what happened, what was kept, what to do. Machines get the stable code as JSON."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import jsonify
from flask import render_template
from flask import request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError  # noqa: A004  # of the pool of connections
from werkzeug.exceptions import HTTPException

from config.database import db
from config.database import is_taken_key
from config.errors import ConflictError
from config.errors import HamsedaError
from config.errors import InvalidInputError

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

log = logging.getLogger(__name__)


def wants_json() -> bool:
    """Whether the request came from a script and not from a person."""
    return request.path.endswith(".json") or request.accept_mimetypes.best == "application/json"


def answer(status: int, code: str, message: str = "", field: str | None = None) -> ResponseReturnValue:
    """The page or the JSON of a refusal."""
    if wants_json():
        return jsonify(error=code, message=message, field=field), status
    return render_template("error.html", status=status, code=code, message=message), status


def _on_refusal(error: HamsedaError) -> ResponseReturnValue:
    db.session.rollback()
    log.warning("%s refused: %s: %s", request.path, error.code, error)
    field = error.field if isinstance(error, InvalidInputError) else None
    return answer(error.status, error.code, str(error), field)


def _on_http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    status = error.code or 500
    return answer(status, (error.name or "error").lower().replace(" ", "_"))


def _on_missing_csrf(error: CSRFError) -> ResponseReturnValue:
    log.warning("%s refused: csrf: %s", request.path, error.description)
    return answer(400, "stale_form")


def _on_database_down(error: OperationalError | TimeoutError) -> ResponseReturnValue:
    """It is not there, or so many are being served that no connection came free in time: later it works again."""
    db.session.rollback()
    log.error("database not available for %s: %s", request.path, getattr(error, "orig", error))
    return answer(503, "database_down")


def _on_impossible_value(error: OverflowError | DataError) -> ResponseReturnValue:
    """An id of thirty digits, a day in the year 9999: what no column and no calendar can hold."""
    db.session.rollback()
    log.warning("%s refused: a value cannot be held: %s", request.path, getattr(error, "orig", error))
    return answer(422, InvalidInputError.code)


def _on_taken_key(error: IntegrityError) -> ResponseReturnValue:
    """Two requests of the same moment wanted the same name: the database let the first one have it."""
    db.session.rollback()
    if not is_taken_key(error):
        raise error
    log.warning("%s refused: another request was faster: %s", request.path, error.orig)
    return answer(409, ConflictError.code)


def _on_crash(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    log.error("%s failed", request.path, exc_info=error)
    return answer(500, "internal_server_error")


def init_app(app: Flask) -> None:
    """Map every error of a request to its answer."""
    app.register_error_handler(HamsedaError, _on_refusal)
    app.register_error_handler(CSRFError, _on_missing_csrf)
    app.register_error_handler(HTTPException, _on_http_error)
    for missing in (OperationalError, TimeoutError):
        app.register_error_handler(missing, _on_database_down)
    app.register_error_handler(IntegrityError, _on_taken_key)
    for kind in (OverflowError, DataError):
        app.register_error_handler(kind, _on_impossible_value)
    if not app.testing:
        app.register_error_handler(Exception, _on_crash)
