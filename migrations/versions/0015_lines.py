"""The line that an operator and a campaign are on, and that a call goes over."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
TABLES = ("operators", "campaigns", "calls")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("line", sa.String(length=40), nullable=False, server_default="main"))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "line")
