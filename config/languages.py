"""The language of a page: the person's choice, kept with the account; before that a cookie; first the browser's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale
from flask import Blueprint
from flask import current_app
from flask import g
from flask import has_request_context
from flask import redirect
from flask import request
from flask_babel import Babel
from flask_babel import force_locale
from flask_babel import get_locale
from flask_babel import get_translations
from flask_login import current_user
from jinja2 import pass_context
from markupsafe import Markup

from config.accounts.access import public
from config.accounts.people import get_user
from config.accounts.redirects import safe_next
from config.database import db

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from werkzeug.wrappers import Response

LANGUAGES = {"fa": "فارسی", "en": "English"}
DEFAULT_LANGUAGE = "fa"
COOKIE = "hamseda_language"

babel = Babel()
bp = Blueprint("languages", __name__)


def current_language() -> str:
    """`fa` or `en`: the language of this page, or Persian outside a page (or what `speaking` has set)."""
    locale = get_locale()
    return locale.language if locale is not None and locale.language in LANGUAGES else DEFAULT_LANGUAGE


def name_of(language: str) -> str:
    """What a language is called within a sentence of this page: in a Persian one not “English” but “انگلیسی”."""
    return str(Locale(language).get_language_name(current_language()))


speaking = force_locale


def direction() -> str:
    """`rtl` or `ltr`, for the `dir` of the page."""
    return "rtl" if current_language() == "fa" else "ltr"


def current_zone() -> str:
    """The time zone of the club on the page, else the installation's."""
    club = g.get("club") if has_request_context() else None
    return club.time_zone if club is not None else str(current_app.config["TIME_ZONE"])


def choose_language() -> str:
    """The language for this request."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    for chosen in (getattr(current_user, "language", None), request.cookies.get(COOKIE)):
        if chosen in LANGUAGES:
            return str(chosen)
    return request.accept_languages.best_match(list(LANGUAGES), DEFAULT_LANGUAGE)


@bp.post("/language/<any(fa, en):language>")
@public
def choose(language: str) -> Response:
    """Keep the person's language, with the account when signed in and in a cookie for the sign-in page."""
    if current_user.is_authenticated:
        get_user(current_user.id).language = language
        db.session.commit()
    response = redirect(safe_next(request.form.get("next")))
    response.set_cookie(
        COOKIE,
        language,
        max_age=365 * 86400,
        samesite="Lax",
        httponly=True,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )
    return response


def _catalogue() -> dict[str, Callable[..., str]]:
    """The texts for one template: looked for once, where Flask-Babel would ask at each of them whose page it is."""
    texts = get_translations()

    @pass_context
    def gettext(_context: object, text: str, /, **values: object) -> Markup:
        return Markup(texts.ugettext(text)) % values  # noqa: S704  # a text of ours; the values are escaped

    @pass_context
    def ngettext(_context: object, singular: str, plural: str, num: int, /, **values: object) -> Markup:
        return Markup(texts.ungettext(singular, plural, num)) % {"num": num, **values}  # noqa: S704  # as above

    return {"gettext": gettext, "ngettext": ngettext}


def init_app(app: Flask) -> None:
    """Start the catalogues and give the templates their language."""
    babel.init_app(app, locale_selector=choose_language)
    app.context_processor(_catalogue)
    app.jinja_env.globals.update(language=current_language, direction=direction, LANGUAGES=LANGUAGES)
