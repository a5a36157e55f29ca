"""An index of the interviews that a review rejected: few, and counted wherever a campaign's numbers are shown."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NAME = "ix_responses_left_out"
WHERE = sa.text("left_out_at IS NOT NULL")


def upgrade() -> None:
    op.create_index(NAME, "responses", ["club_id", "campaign_id"], postgresql_where=WHERE, sqlite_where=WHERE)


def downgrade() -> None:
    op.drop_index(NAME, table_name="responses")
