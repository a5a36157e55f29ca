"""Trial interviews with simulated members."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = UtcDateTime(timezone=True)


def refers(column: str, to: str) -> sa.Column[int]:
    return sa.Column(column, KEY, sa.ForeignKey(to, name=f"fk_practice_runs_{column}"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "practice_runs",
        sa.Column("id", KEY, primary_key=True),
        refers("club_id", "clubs.id"),
        refers("operator_id", "operators.user_id"),
        refers("survey_id", "surveys.id"),
        refers("version_id", "survey_versions.id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("persona", sa.String(length=16), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("finished_at", TIME, nullable=True),
    )
    op.create_index("ix_practice_runs_operator_id", "practice_runs", ["operator_id"])


def downgrade() -> None:
    op.drop_table("practice_runs")
