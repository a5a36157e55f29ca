"""Jobs that are owed until they are done, whatever Redis forgets."""

import sqlalchemy as sa
from alembic import op

import config.database

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "owed_jobs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("function", sa.String(length=200), nullable=False),
        sa.Column("ids", sa.JSON(), nullable=False),
        sa.Column("timeout_seconds", sa.Integer(), nullable=False),
        sa.Column("due_at", config.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("is_begun", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", config.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_owed_jobs"),
    )
    op.create_index("ix_owed_jobs_due_at", "owed_jobs", ["due_at"])


def downgrade() -> None:
    op.drop_table("owed_jobs")
