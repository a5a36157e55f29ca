"""Quota cells over answers: an entry holds a seat in one as soon as the answers tell which.

The triggers that move the seats look at both cells of an entry now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEFORE, NOW = ("cell_id",), ("cell_id", "answer_cell_id")
# A held entry has a seat in its cell, a complete one has taken it.
HAS_SEAT = "{row}.{cell} IS NOT NULL AND ({row}.state = 'leased' OR {row}.state = 'closed' AND {row}.outcome = '1.1')"
MOVE_SEAT = """
UPDATE quota_cells SET
    reserved_count = reserved_count {sign} CASE WHEN {row}.state = 'leased' THEN 1 ELSE 0 END,
    completed_count = completed_count {sign} CASE WHEN {row}.state = 'closed' THEN 1 ELSE 0 END
WHERE id = {row}.{cell}"""
SIGNS = {"OLD": "-", "NEW": "+"}


def upgrade() -> None:
    op.add_column("quota_cells", sa.Column("kind", sa.String(length=32), nullable=False, server_default="members"))
    op.add_column(
        "queue_entries",
        sa.Column(
            "answer_cell_id",
            BIG_KEY,
            sa.ForeignKey("quota_cells.id", name=op.f("fk_queue_entries_answer_cell_id")),
            nullable=True,
        ),
        # SQLite takes a foreign key with the column only; to make the table anew would lose its triggers.
        inline_references=True,
    )
    _drop_triggers()
    _create_triggers(NOW)


def downgrade() -> None:
    _drop_triggers()
    op.execute("UPDATE queue_entries SET answer_cell_id = NULL")
    op.execute("DELETE FROM quota_cells WHERE kind = 'answers'")
    op.drop_column("queue_entries", "answer_cell_id")
    op.drop_column("quota_cells", "kind")
    _create_triggers(BEFORE)


def _drop_triggers() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER queue_entries_seat ON queue_entries")
        return
    for operation in ("insert", "update", "delete"):
        op.execute(f"DROP TRIGGER queue_entries_seat_{operation}")


def _create_triggers(cells: tuple[str, ...]) -> None:
    watched = f"UPDATE OF state, outcome, {', '.join(cells)}"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_function(cells))
        op.execute(
            f"CREATE TRIGGER queue_entries_seat AFTER INSERT OR {watched} OR DELETE ON queue_entries "
            "FOR EACH ROW EXECUTE FUNCTION queue_entries_seat()"
        )
        return
    for name, operation, rows in (
        ("insert", "INSERT", ("NEW",)),
        ("update", watched, ("OLD", "NEW")),
        ("delete", "DELETE", ("OLD",)),
    ):
        moves = "; ".join(f"{_move(row, cell)} AND {_has_seat(row, cell)}" for cell in cells for row in rows)
        op.execute(f"CREATE TRIGGER queue_entries_seat_{name} AFTER {operation} ON queue_entries BEGIN {moves}; END")


def _function(cells: tuple[str, ...]) -> str:
    """Only what has changed is moved: a seat that stays must not lock its cell for the rest of the transaction."""
    changes = " ".join(
        f"IF (OLD.state, OLD.outcome, OLD.{cell}) IS DISTINCT FROM (NEW.state, NEW.outcome, NEW.{cell}) "
        f"THEN {_step('OLD', cell)} {_step('NEW', cell)} END IF;"
        for cell in cells
    )
    return (
        "CREATE OR REPLACE FUNCTION queue_entries_seat() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'UPDATE' THEN {changes} "
        f"ELSIF TG_OP = 'INSERT' THEN {' '.join(_step('NEW', cell) for cell in cells)} "
        f"ELSE {' '.join(_step('OLD', cell) for cell in cells)} END IF; RETURN NULL; END $$"
    )


def _step(row: str, cell: str) -> str:
    return f"IF {_has_seat(row, cell)} THEN {_move(row, cell)}; END IF;"


def _move(row: str, cell: str) -> str:
    return MOVE_SEAT.format(sign=SIGNS[row], row=row, cell=cell)


def _has_seat(row: str, cell: str) -> str:
    return f"({HAS_SEAT.format(row=row, cell=cell)})"
