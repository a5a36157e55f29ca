"""The roof: the application, the table that joins the packages, and the `hamseda` command."""

from __future__ import annotations

import logging
from datetime import datetime
from datetime import timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from flask import Flask
from flask import g
from flask import request
from flask_migrate import Migrate

from callcenter.integrity.judging import judge_alone
from club.credit.award import award
from club.notices.gateways import ensure_usable
from config import aftercommit
from config import compression
from config import database
from config import formats
from config import health
from config import kept
from config import languages
from config import live
from config import refusals
from config import security
from config.accounts import access
from config.accounts import signing_in
from config.database import db
from config.settings import FIRST_LINE
from config.settings import Settings
from config.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent
MODELS = (
    "config.accounts.models",
    "config.jobs.models",
    "config.processes.models",
    "club.members.models",
    "club.credit.models",
    "club.notices.models",
    "surveys.questionnaires.models",
    "surveys.interviews.models",
    "callcenter.operators.models",
    "callcenter.permission.models",
    "callcenter.campaigns.models",
    "callcenter.queue.models",
    "callcenter.calls.models",
    "callcenter.listening.models",
    "callcenter.handover.models",
    "callcenter.recordings.models",
    "callcenter.outcomes.models",
    "callcenter.skills.models",
    "callcenter.skips.models",
    "callcenter.objections.models",
    "callcenter.training.models",
    "callcenter.quality.models",
    "callcenter.integrity.models",
)
# The rooms with screens.
BLUEPRINTS = (
    "config.accounts.signing_in",
    "config.accounts.views",
    "config.languages",
    "config.live",
    "config.jobs.views",
    "config.health",
    "club.members.views",
    "club.members.importing.views",
    "club.credit.views",
    "surveys.authoring.views",
    "surveys.authoring.editor_views",
    "surveys.authoring.life_views",
    "surveys.authoring.xlsform_views",
    "surveys.authoring.reading_views",
    "callcenter.preview.views",
    "callcenter.desk.views",
    "callcenter.campaigns.views",
    "callcenter.outcomes.views",
    "callcenter.permission.views",
    "callcenter.permission.rules_views",
    "callcenter.permission.own_hours_views",
    "callcenter.permission.periods_views",
    "callcenter.floor.views",
    "callcenter.lines.views",
    "callcenter.listening.views",
    "callcenter.handover.views",
    "callcenter.recordings.views",
    "callcenter.operators.views",
    "callcenter.skills.views",
    "callcenter.skills.campaign_views",
    "callcenter.campaigns.mode_views",
    "callcenter.quotas.views",
    "callcenter.besttime.views",
    "callcenter.objections.views",
    "callcenter.training.views",
    "callcenter.training.campaign_views",
    "callcenter.training.learning_views",
    "callcenter.training.practice_views",
    "callcenter.training.material_views",
    "callcenter.quality.views",
    "callcenter.quality.own_views",
    "callcenter.integrity.views",
    "callcenter.reports.views",
    "surveys.interviews.views",
)
# What happens in one package because of another, all of it: (signal, reaction), each "module:name".
# Reactions run inside the transaction of the fact, unless their own docstring says otherwise.
REACTIONS = (
    ("config.accounts.events:club_added", "callcenter.objections.starting:on_club_added"),
    ("config.accounts.events:user_added", "callcenter.operators.staffing:on_user_added"),
    ("config.accounts.events:user_added", "callcenter.listening.phones:on_user_added"),
    ("surveys.interviews.events:response_completed", "wsgi:award_credit"),
    ("surveys.interviews.events:response_completed", "callcenter.quality.drawing:on_response_completed"),
    ("surveys.interviews.events:response_completed", "callcenter.reports.freshness:on_response_completed"),
    ("club.members.events:calls_stopped", "callcenter.permission.barring:on_calls_stopped"),
    ("club.members.events:calls_allowed", "callcenter.permission.barring:on_calls_allowed"),
    ("club.members.events:language_changed", "callcenter.skills.needs:on_language_changed"),
    ("club.members.events:standing_asked", "callcenter.permission.standing:of_member"),
    ("club.members.events:own_hours_asked", "callcenter.permission.own_hours_form:of_member"),
    ("club.members.events:reviews_asked", "callcenter.integrity.showing:of_member"),
    ("surveys.interviews.events:reviews_asked", "callcenter.integrity.showing:of_response"),
    ("surveys.authoring.events:publication_weighed", "callcenter.training.announcing:of_draft"),
    ("club.members.events:history_asked", "surveys.interviews.history:history_of"),
)
# The modules that add sub-commands to `hamseda`.
COMMANDS = (
    "config.processes.commands",
    "club.members.commands",
    "surveys.questionnaires.commands",
    "callcenter.simulation.commands",
)
# What the `hamseda` command starts or asks by name, each "module:function" of the application.
PROGRAMS = {
    "pbx": "callcenter.telephony.pbx:run",
    "exchange": "callcenter.telephony.exchange.server:run",
    "telephony_checks": "callcenter.telephony.checks:examine",
    "demo": "callcenter.demo.seeding:seed_once",
}
# The periodic work of the clock: (every so many seconds, "module:function").
PERIODIC = (
    (10, "callcenter.queue.jobs:release_expired"),
    (10, "callcenter.operators.jobs:mark_away"),
    (10, "callcenter.recordings.jobs:collect"),
    (10, "callcenter.desk.jobs:release_undecided"),
    (30, "callcenter.queue.jobs:sign_off_silent"),
    (30, "callcenter.queue.jobs:mark_missed_callbacks"),
    (30, "config.jobs.owed:queue_again"),
    (60, "club.notices.jobs:send_pending"),
    (60, "callcenter.training.jobs:release_promises"),
    (600, "club.members.importing.jobs:requeue_waiting"),
    (600, "callcenter.campaigns.jobs:requeue_waiting"),
    (900, "callcenter.besttime.jobs:rank_all"),
    (3600, "callcenter.recordings.jobs:delete_expired"),
)
# The folders of templates that a web process compiles before its first request.
WARM_TEMPLATES = ("desk/",)


def award_credit(*, response_id: int, club_id: int, member_id: int, completed_at: datetime) -> None:
    """A completed interview earns its credit, in the same transaction: both or neither.

    When something speaks against the interview at once, the credit waits until somebody has looked at it.
    """
    if not judge_alone(response_id, club_id=club_id, now=completed_at):
        award(club_id, member_id, source="response", source_id=response_id, now=completed_at)


class House(Flask):
    """The application. Every view and hook of it is a plain function: Flask looks at each of them at every request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """The application for these settings (default: read from the environment); `overrides` go into Flask's config."""
    settings = settings or load_settings()
    ensure_usable(settings.notify_urls)
    logging.basicConfig(level=settings.log_level, format="%(levelname).1s %(name)s %(message)s")
    app = House(
        "wsgi", root_path=str(ROOT), static_folder=str(ROOT / "static"), template_folder=str(ROOT / "templates")
    )
    app.config.from_mapping(_flask_config(settings))
    app.config.from_mapping(overrides)
    for name in MODELS:
        import_module(name)
    _start_database(app)
    for part in (compression, health, security, refusals, live, signing_in, access, languages, formats):
        part.init_app(app)
    for name in BLUEPRINTS:
        app.register_blueprint(import_module(name).bp)
    for signal, reaction in REACTIONS:
        # weak=False: the table is the only one that holds the reaction.
        _named(signal).connect(_receiver(reaction), weak=False)
    return app


def _flask_config(settings: Settings) -> dict[str, Any]:
    return {
        "SETTINGS": settings,
        # Which of the lines this process holds, if it is one of the pbx processes.
        "LINE": FIRST_LINE,
        "PROGRAMS": PROGRAMS,
        "PERIODIC": PERIODIC,
        "WARM_TEMPLATES": WARM_TEMPLATES,
        "HOME": settings.home,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": database.engine_options(settings.database_url),
        "REDIS_URL": settings.redis_url,
        "NOTIFY_URLS": settings.notify_urls,
        "TIME_ZONE": settings.time_zone,
        "TRUSTED_PROXIES": settings.trusted_proxies,
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
        "BABEL_DEFAULT_LOCALE": "en",
        "SESSION_COOKIE_NAME": "hamseda",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.behind_tls,
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        # A form may stay open for a whole shift; the session's own life ends the token.
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 300 * 1024 * 1024,
        "RATELIMIT_STORAGE_URI": settings.redis_url.replace("unix://", "redis+unix://"),
        "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    }


def _start_database(app: Flask) -> None:
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite:///"):
        Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")).parent.mkdir(
            0o700, parents=True, exist_ok=True
        )
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    aftercommit.init_app()
    with app.app_context():
        database.prepare_engine(db.engine)
        kept.watch(db.engine)
    app.before_request(_choose_transaction)
    app.teardown_request(_restore_transaction)


def _choose_transaction() -> None:
    """Requests that only read must not wait for SQLite's one writer."""
    is_reading = request.method in {"GET", "HEAD", "OPTIONS"}
    g.transaction_mode = database.begin_reading() if is_reading else database.begin_writing()


def _restore_transaction(_error: BaseException | None) -> None:
    if "transaction_mode" in g:
        database.restore_mode(g.pop("transaction_mode"))


def _named(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


@cache
def _receiver(path: str) -> Callable[..., Any]:
    """The reaction as blinker calls it; one object a path, so that a second application does not react twice."""
    reaction = _named(path)

    def receive(_sender: Any, **facts: Any) -> Any:
        return reaction(**facts)

    return receive


def main() -> None:
    """The `hamseda` command."""
    for name in COMMANDS:
        import_module(name)
    import_module("config.command").main(create_app)
