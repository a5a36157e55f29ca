"""Interviews that went from one desk to another, and when a call came to its operator from another one."""

import sqlalchemy as sa
from alembic import op

import config.database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ONLY_PASSED = sa.text("passed_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("calls", sa.Column("passed_at", config.database.UtcDateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_calls_operator_passed",
        "calls",
        ["operator_id", "passed_at"],
        postgresql_where=ONLY_PASSED,
        sqlite_where=ONLY_PASSED,
    )
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "handovers",
        sa.Column("id", key, primary_key=True),
        sa.Column("club_id", key, sa.ForeignKey("clubs.id", name="fk_handovers_club_id"), nullable=False),
        sa.Column("entry_id", key, sa.ForeignKey("queue_entries.id", name="fk_handovers_entry_id"), nullable=False),
        sa.Column("call_id", key, sa.ForeignKey("calls.id", name="fk_handovers_call_id"), nullable=True),
        sa.Column("from_id", key, sa.ForeignKey("operators.user_id", name="fk_handovers_from_id"), nullable=False),
        sa.Column("to_id", key, sa.ForeignKey("operators.user_id", name="fk_handovers_to_id"), nullable=False),
        sa.Column("given_by", key, sa.ForeignKey("users.id", name="fk_handovers_given_by"), nullable=False),
        sa.Column("asked_at", config.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("done_at", config.database.UtcDateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_handovers_entry", "handovers", ["entry_id", "id"])
    op.create_index("ix_handovers_from", "handovers", ["from_id", "id"])
    op.create_index("ix_handovers_club_asked", "handovers", ["club_id", "asked_at"])


def downgrade() -> None:
    op.drop_table("handovers")
    op.drop_index("ix_calls_operator_passed", table_name="calls")
    op.drop_column("calls", "passed_at")
