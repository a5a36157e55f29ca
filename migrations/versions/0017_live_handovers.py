"""Hand-overs of live calls: the taker's leg on its way, and the leg that is the operator's in a call since."""

import sqlalchemy as sa
from alembic import op

import config.database

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TIMES = ("sent_at", "answered_at", "confirmed_at", "cancel_requested_at", "ended_at")
OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.add_column("calls", sa.Column("leg_id", sa.String(length=40), nullable=True))
    # What was handed over so far was done at once, so nothing is lost by making the table again.
    with op.batch_alter_table("handovers") as table:
        table.add_column(sa.Column("is_attended", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("channel_id", sa.String(length=40), nullable=True))
        table.add_column(sa.Column("extension", sa.String(length=40), nullable=True))
        table.add_column(sa.Column("failure", sa.String(length=40), nullable=True))
        for name in TIMES:
            table.add_column(sa.Column(name, config.database.UtcDateTime(timezone=True), nullable=True))
        table.create_unique_constraint("uq_handovers_channel_id", ["channel_id"])
    with op.batch_alter_table("handovers") as table:
        table.alter_column("is_attended", existing_type=sa.Boolean(), server_default=None)
    op.execute("UPDATE handovers SET ended_at = done_at")
    for name, column in (("uq_handovers_open_entry", "entry_id"), ("uq_handovers_open_taker", "to_id")):
        op.create_index(name, "handovers", [column], unique=True, postgresql_where=OPEN, sqlite_where=OPEN)


def downgrade() -> None:
    for name in ("uq_handovers_open_taker", "uq_handovers_open_entry"):
        op.drop_index(name, table_name="handovers")
    # Before, a row was a hand-over that was done.
    op.execute("DELETE FROM handovers WHERE done_at IS NULL")
    with op.batch_alter_table("handovers") as table:
        table.drop_constraint("uq_handovers_channel_id", type_="unique")
        for name in ("is_attended", "channel_id", "extension", "failure", *TIMES):
            table.drop_column(name)
    op.drop_column("calls", "leg_id")
