"""What a busy queue needs of PostgreSQL.

Who was claimed leaves a dead row at the head of the claim's index, and every claim walks over all of them until the
table is vacuumed: by default after a fifth of it has changed, which is 200,000 claims in a queue of a million. And the
trigger of the seats is not called for who has no quota cell, in a queue of a million a million times.
"""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

UPKEEP = {
    "autovacuum_vacuum_threshold": "1000",
    "autovacuum_vacuum_scale_factor": "0.001",
    # Few dead rows are left in the indexes otherwise, and those at the head are the ones that cost.
    "vacuum_index_cleanup": "on",
}
WATCHED = "state, outcome, cell_id, answer_cell_id"


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(f"ALTER TABLE queue_entries SET ({', '.join(f'{name} = {value}' for name, value in UPKEEP.items())})")
    op.execute("DROP TRIGGER queue_entries_seat ON queue_entries")
    for operation, rows in (
        ("INSERT", ("NEW",)),
        (f"UPDATE OF {WATCHED}", ("OLD", "NEW")),
        ("DELETE", ("OLD",)),
    ):
        has_cell = " OR ".join(f"{row}.{cell} IS NOT NULL" for row in rows for cell in ("cell_id", "answer_cell_id"))
        name = f"queue_entries_seat_{operation.split(maxsplit=1)[0].lower()}"
        op.execute(
            f"CREATE TRIGGER {name} AFTER {operation} ON queue_entries "
            f"FOR EACH ROW WHEN ({has_cell}) EXECUTE FUNCTION queue_entries_seat()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for operation in ("insert", "update", "delete"):
        op.execute(f"DROP TRIGGER queue_entries_seat_{operation} ON queue_entries")
    op.execute(
        f"CREATE TRIGGER queue_entries_seat AFTER INSERT OR UPDATE OF {WATCHED} OR DELETE ON queue_entries "
        "FOR EACH ROW EXECUTE FUNCTION queue_entries_seat()"
    )
    op.execute(f"ALTER TABLE queue_entries RESET ({', '.join(UPKEEP)})")
