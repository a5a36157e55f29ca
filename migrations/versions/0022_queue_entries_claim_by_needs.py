"""The claim looks into one pool at a time: its index has the skills that a call needs before the priority."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NAME = "ix_queue_entries_claim"
IS_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.drop_index(NAME, "queue_entries")
    _create("campaign_id", "cell_id", "needs", "priority", "due_at", "id")


def downgrade() -> None:
    op.drop_index(NAME, "queue_entries")
    _create("campaign_id", "cell_id", "priority", "due_at", "id")


def _create(*columns: str) -> None:
    op.create_index(NAME, "queue_entries", list(columns), sqlite_where=IS_WAITING, postgresql_where=IS_WAITING)
