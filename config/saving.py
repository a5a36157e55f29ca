"""The end of a form that was in order: kept, said, and the page again."""

from __future__ import annotations

from typing import Any

from flask import flash
from flask import redirect
from flask import url_for
from flask.typing import ResponseReturnValue

from config.database import db


def saved(sentence: str, endpoint: str, **values: Any) -> ResponseReturnValue:
    """Commit, say this sentence, and lead to the page of `endpoint`."""
    db.session.commit()
    flash(sentence, "good")
    return redirect(url_for(endpoint, **values))
