"""The catalogue's two functions with types; Flask-Babel has none."""

from __future__ import annotations

import flask_babel


def gettext(text: str, /, **values: str) -> str:
    """`text` in the language of the page, with its placeholders filled."""
    return str(flask_babel.gettext(text, **values))


def ngettext(singular: str, plural: str, number: int, /, **values: str) -> str:
    """The form for `number`, in the language of the page, with its placeholders filled."""
    return str(flask_babel.ngettext(singular, plural, number, **values))
