"""Days on which a club calls at other hours, as in Ramadan."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calling_periods",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("opens_at", sa.Time(), nullable=False),
        sa.Column("closes_at", sa.Time(), nullable=False),
        sa.Column("name_fa", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_calling_periods_hours_in_order")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_calling_periods_days_in_order")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_calling_periods_club_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calling_periods")),
    )
    op.create_index("ix_calling_periods_club_ends_on", "calling_periods", ["club_id", "ends_on"])


def downgrade() -> None:
    op.drop_table("calling_periods")
