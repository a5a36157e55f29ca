"""Random orders, each interview's own."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("responses", sa.Column("order_seed", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("responses", "order_seed")
