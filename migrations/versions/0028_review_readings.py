"""Who read the reviews of an interview instead of reviewing it."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def refers(column: str, to: str, **options: bool) -> sa.Column[int]:
    key = sa.ForeignKey(to, name=f"fk_review_readings_{column}")
    return sa.Column(column, KEY, key, nullable=False, autoincrement=False, **options)


def upgrade() -> None:
    op.create_table(
        "review_readings",
        refers("response_id", "responses.id", primary_key=True),
        refers("user_id", "users.id", primary_key=True),
        refers("club_id", "clubs.id"),
        sa.Column("read_at", UtcDateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("review_readings")
