"""How a campaign dials, with its limits of time; the members whom operators skipped."""

import sqlalchemy as sa
from alembic import op

import config.database

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    mode = sa.Column("dialling_mode", sa.String(length=32), nullable=False, server_default="preview")
    op.add_column("campaigns", mode)
    op.add_column("campaigns", sa.Column("decide_seconds", sa.Integer(), nullable=True))
    op.add_column("campaigns", sa.Column("wrap_up_seconds", sa.Integer(), nullable=True))
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "skips",
        sa.Column("id", key, primary_key=True),
        sa.Column("club_id", key, sa.ForeignKey("clubs.id", name="fk_skips_club_id"), nullable=False),
        sa.Column("entry_id", key, sa.ForeignKey("queue_entries.id", name="fk_skips_entry_id"), nullable=False),
        sa.Column("operator_id", key, sa.ForeignKey("operators.user_id", name="fk_skips_operator_id"), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("skipped_at", config.database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> 'other' OR note <> ''", name="ck_skips_other_has_a_note"),
    )
    op.create_index("ix_skips_entry_id", "skips", ["entry_id"])
    op.create_index("ix_skips_operator_skipped", "skips", ["operator_id", "skipped_at"])
    op.create_index("ix_skips_club_skipped", "skips", ["club_id", "skipped_at"])


def downgrade() -> None:
    op.drop_table("skips")
    op.drop_column("campaigns", "wrap_up_seconds")
    op.drop_column("campaigns", "decide_seconds")
    op.drop_column("campaigns", "dialling_mode")
