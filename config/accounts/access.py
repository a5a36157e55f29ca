"""Who may open what: roles on every route, and the club that a page is about."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

from flask import abort
from flask import current_app
from flask import g
from flask import request
from flask import session
from flask_login import current_user

from config.accounts.models import Role
from config.errors import NotAllowedError
from config.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from werkzeug.wrappers import Response

    from config.accounts.person import Person

__all__ = [
    "Role",
    "current_club_id",
    "current_club_ids",
    "public",
    "roles_of_view",
    "roles_required",
    "signed_in_user",
]

View = TypeVar("View", bound="Callable[..., Any]")
PUBLIC: frozenset[Role] = frozenset()


def roles_required(*roles: Role) -> Callable[[View], View]:
    """Let only these roles open a view. Put it below the route decorator."""

    def mark(view: View) -> View:
        view.allowed_roles = frozenset(roles)  # type: ignore[attr-defined]  # read by roles_of_view
        return view

    return mark


def public(view: View) -> View:
    """Let anybody open a view, signed in or not."""
    view.allowed_roles = PUBLIC  # type: ignore[attr-defined]  # read by roles_of_view
    return view


def roles_of_view(endpoint: str | None) -> frozenset[Role] | None:
    """The roles of an endpoint; empty for a public one, None for one that names none (denied to all)."""
    if endpoint == "static":
        return PUBLIC
    view = current_app.view_functions.get(endpoint or "")
    return getattr(view, "allowed_roles", None)


def signed_in_user() -> Person:
    """The person of this request. Raises NotAllowedError when nobody is signed in."""
    if not current_user.is_authenticated:
        raise NotAllowedError("Nobody is signed in.")
    user: Person = current_user._get_current_object()
    return user


def current_club_ids() -> list[int]:
    """The ids of every club the signed-in person may see."""
    return [club.id for club in g.clubs]


def current_club_id() -> int:
    """The id of the club this page is about. Raises NotFoundError when the person has no club yet."""
    if g.club is None:
        raise NotFoundError("This account belongs to no club yet; an administrator can add it to one.")
    return int(g.club.id)


def choose_club(club_id: int) -> None:
    """Make one of the person's clubs the club of the next pages. Raises NotFoundError for another's."""
    if club_id not in current_club_ids():
        raise NotFoundError("There is no such club here.")
    session["club_id"] = club_id


def _load_clubs() -> None:
    # Asking who is signed in loads the person.
    g.clubs = current_user.clubs if current_user.is_authenticated else ()
    chosen = session.get("club_id")
    g.club = next((club for club in g.clubs if club.id == chosen), g.clubs[0] if g.clubs else None)


def _ensure_allowed() -> Response | None:
    if request.endpoint is None:
        return None
    roles = roles_of_view(request.endpoint)
    if roles is None:
        abort(403)
    if roles == PUBLIC:
        return None
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined, no-any-return]  # set by Flask-Login
    if current_user.role not in roles:
        raise NotAllowedError("Your role does not open this page.")
    return None


def init_app(app: Flask) -> None:
    """Check every request before its view runs."""
    app.before_request(_load_clubs)
    app.before_request(_ensure_allowed)
