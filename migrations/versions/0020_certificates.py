"""Certificates of operators, and the campaigns that ask for one."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "training_rules",
        sa.Column(
            "club_id",
            KEY,
            sa.ForeignKey("clubs.id", name="fk_training_rules_club_id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("change_percent", sa.Integer(), nullable=False),
        sa.CheckConstraint("months BETWEEN 1 AND 60", name=op.f("ck_training_rules_months_in_range")),
        sa.CheckConstraint("change_percent BETWEEN 0 AND 100", name=op.f("ck_training_rules_change_percent_in_range")),
    )
    op.create_table(
        "certificates",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("club_id", KEY, sa.ForeignKey("clubs.id", name="fk_certificates_club_id"), nullable=False),
        sa.Column(
            "operator_id", KEY, sa.ForeignKey("operators.user_id", name="fk_certificates_operator_id"), nullable=False
        ),
        sa.Column("survey_id", KEY, sa.ForeignKey("surveys.id", name="fk_certificates_survey_id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("given_at", TIME, nullable=False),
        sa.Column("given_by", KEY, sa.ForeignKey("users.id", name="fk_certificates_given_by"), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("until", TIME, nullable=False),
    )
    op.create_index("ix_certificates_operator_survey", "certificates", ["operator_id", "survey_id"])
    op.create_index("ix_certificates_survey_id", "certificates", ["survey_id"])
    op.create_table(
        "certificate_revocations",
        sa.Column(
            "certificate_id",
            KEY,
            sa.ForeignKey("certificates.id", name="fk_certificate_revocations_certificate_id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("club_id", KEY, sa.ForeignKey("clubs.id", name="fk_certificate_revocations_club_id"), nullable=False),
        sa.Column("revoked_at", TIME, nullable=False),
        sa.Column(
            "revoked_by", KEY, sa.ForeignKey("users.id", name="fk_certificate_revocations_revoked_by"), nullable=False
        ),
        sa.Column("reason", sa.String(length=300), nullable=False),
    )
    op.create_table(
        "campaign_certificates",
        sa.Column(
            "campaign_id",
            KEY,
            sa.ForeignKey("campaigns.id", name="fk_campaign_certificates_campaign_id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("club_id", KEY, sa.ForeignKey("clubs.id", name="fk_campaign_certificates_club_id"), nullable=False),
        sa.Column(
            "survey_id", KEY, sa.ForeignKey("surveys.id", name="fk_campaign_certificates_survey_id"), nullable=False
        ),
        sa.Column("from_number", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    for table in ("campaign_certificates", "certificate_revocations", "certificates", "training_rules"):
        op.drop_table(table)
