from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade
from flask_migrate import upgrade

from config.database import db


def test_the_migrations_make_exactly_the_tables_of_the_models(app):
    with db.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), db.metadatas[None])

    assert differences == []


def test_every_migration_can_be_undone_and_done_again(app):
    db.session.remove()

    downgrade(revision="base")
    upgrade()

    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.metadatas[None]) == []
