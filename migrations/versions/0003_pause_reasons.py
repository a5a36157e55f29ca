"""The reasons to pause that a house begins with; its supervisor changes them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REASONS = (
    ("break", "استراحت کوتاه", "Short break", True),
    ("lunch", "ناهار", "Lunch", False),
    ("training", "آموزش", "Training", True),
    ("meeting", "جلسه", "Meeting", True),
    ("technical", "مشکل فنی", "Technical trouble", True),
)


def upgrade() -> None:
    columns = ("code", "name_fa", "name_en", "is_paid", "is_offered", "position")
    table = sa.table("pause_reasons", *(sa.column(name) for name in columns))
    op.bulk_insert(
        table,
        [
            dict(zip(columns, (code, name_fa, name_en, is_paid, True, position), strict=True))
            for position, (code, name_fa, name_en, is_paid) in enumerate(REASONS, start=1)
        ],
    )


def downgrade() -> None:
    op.execute("DELETE FROM pause_reasons")
