"""How Alembic reaches the database: through the application's own engine."""

from typing import Any

from alembic import context
from flask import current_app

from config.database import UtcDateTime


def render_item(kind: str, item: Any, _autogen_context: Any) -> str | bool:
    """Write our own column types as plain ones: a migration must not change when the code does."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def run() -> None:
    """Migrate inside one transaction; SQLite tables are copied where it cannot alter them."""
    migrate = current_app.extensions["migrate"]
    engine = migrate.db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadatas[None],
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
