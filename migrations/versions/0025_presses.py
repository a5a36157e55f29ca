"""Buttons of a draft's editor that were pressed, so that one sent again acts once."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("survey_versions", sa.Column("presses", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("survey_versions", "presses")
