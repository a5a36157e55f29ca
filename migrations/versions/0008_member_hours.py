"""The hours at which a member wants to be called."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member_hours",
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("time_zone", sa.String(length=40), nullable=True),
        sa.Column("windows", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["users.id"], name=op.f("fk_member_hours_changed_by")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_member_hours_club_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_member_hours_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_hours")),
    )


def downgrade() -> None:
    op.drop_table("member_hours")
