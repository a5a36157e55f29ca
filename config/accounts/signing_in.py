"""Signing in and out, throttled by address and by account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint
from flask import redirect
from flask import render_template
from flask import request
from flask import session
from flask import url_for
from flask.sessions import SecureCookieSessionInterface
from flask_babel import gettext as _
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_login import current_user
from flask_login import login_user
from flask_login import logout_user

from config.accounts import access
from config.accounts.access import Role
from config.accounts.access import public
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.accounts.passwords import is_right_password
from config.accounts.people import find_user
from config.accounts.people import get_user
from config.accounts.person import load_person
from config.accounts.redirects import safe_next
from config.database import db
from config.database import utcnow

if TYPE_CHECKING:
    from flask import Flask
    from flask.sessions import SessionMixin
    from flask.typing import ResponseReturnValue
    from itsdangerous import URLSafeTimedSerializer
    from werkzeug.wrappers import Response

    from config.accounts.person import Person

bp = Blueprint("accounts", __name__)
login_manager = LoginManager()


class _Throttle(Limiter):
    """The limits of views that have some, which look themselves; no other request is asked whether it has any."""

    def _check_request_limit(self, callable_name: str | None = None, in_middleware: bool = True) -> None:  # noqa: FBT001, FBT002  # Flask-Limiter's signature
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


limiter = _Throttle(get_remote_address, headers_enabled=True, swallow_errors=True, in_memory_fallback_enabled=True)

HOME_OF_ROLE = {
    Role.OPERATOR: "/desk",
    Role.SUPERVISOR: "/floor",
    Role.MANAGER: "/results",
    Role.CLUB_STAFF: "/members",
    Role.ADMINISTRATOR: "/accounts",
}


def _account_key() -> str:
    return "account:" + request.form.get("email", "").strip().casefold()[:200]


@bp.get("/")
@public
def home() -> Response:
    """The first page of the person's role, or the sign-in page."""
    return redirect(HOME_OF_ROLE[current_user.role] if current_user.is_authenticated else url_for("accounts.sign_in"))


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """The form."""
    if current_user.is_authenticated:
        return redirect("/")
    return render_template("accounts/sign_in.html", error=None, email="", next=safe_next(request.args.get("next")))


@bp.post("/sign-in")
@public
@limiter.limit("30/minute")
@limiter.limit("8/minute", key_func=_account_key)
def sign_in_submitted() -> ResponseReturnValue:
    """Let the right password in. One message for a wrong address and a wrong password: neither is told."""
    user = find_user(request.form.get("email", ""))
    is_right = is_right_password(user.password_hash if user else None, request.form.get("password", ""))
    if user is None or not is_right or not user.is_enabled:
        error = _("This e-mail and password do not belong together. Check both and try again.")
        form = {"email": request.form.get("email", ""), "next": safe_next(request.form.get("next"))}
        return render_template("accounts/sign_in.html", error=error, **form), 401
    session.clear()
    login_user(load_person(user.id))
    session.permanent = True
    user.last_seen_at = utcnow()
    db.session.commit()
    return redirect(safe_next(request.form.get("next")))


@bp.post("/sign-out")
@roles_required(*Role)
def sign_out() -> Response:
    """End every session of the person: a cookie somebody copied from a shared computer dies with this one."""
    get_user(signed_in_user().id).session_epoch += 1
    db.session.commit()
    logout_user()
    session.clear()
    return redirect(url_for("accounts.sign_in"))


@bp.post("/club/<int:club_id>")
@roles_required(*Role)
def choose_club(club_id: int) -> Response:
    """Make another of one's clubs the club of the pages."""
    access.choose_club(club_id)
    return redirect(safe_next(request.form.get("next")))


@login_manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
def _load_person(identity: str) -> Person | None:
    key, _separator, epoch = identity.partition(":")
    person = load_person(int(key)) if key.isdecimal() else None
    return person if person is not None and str(person.session_epoch) == epoch else None


@login_manager.unauthorized_handler  # type: ignore[untyped-decorator]  # Flask-Login has no types
def _ask_to_sign_in() -> ResponseReturnValue:
    if request.accept_mimetypes.best == "application/json" or request.path.endswith(".json"):
        return {"error": "sign_in_needed"}, 401
    target = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return redirect(url_for("accounts.sign_in", next=target))


class _Sessions(SecureCookieSessionInterface):
    """A session lives on from its last look at a page or a part of one, so that not every key writes a cookie.

    The keys of an application stay as they are, so what signs and reads its cookies is made once.
    """

    def __init__(self) -> None:
        self._serializer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs and reads the cookies."""
        if self._serializer is None:
            self._serializer = super().get_signing_serializer(app)
        return self._serializer

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        return session.modified or (request.method == "GET" and super().should_set_cookie(app, session))


def init_app(app: Flask) -> None:
    """Start sessions and the throttle."""
    app.session_interface = _Sessions()
    login_manager.init_app(app)
    login_manager.session_protection = None
    limiter.init_app(app)
