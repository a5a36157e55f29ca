"""Skills: the house's list, who has which, what campaigns ask for, and what the entries of the queue need."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SKILLS = (
    ("fa", 1, "فارسی", "Persian", True, True),
    ("en", 2, "انگلیسی", "English", True, False),
    ("refusals", 4, "تماس دوباره با کسی که تمایل نداشت", "Calling again after a refusal", True, True),
    ("appointments", 8, "تماس‌های مقرر", "Promised calls", False, False),
)


def upgrade() -> None:
    skills = op.create_table(
        "skills",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("mask", sa.BigInteger(), nullable=False),
        sa.Column("name_fa", sa.String(length=60), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.Column("is_given_first", sa.Boolean(), nullable=False),
        sa.CheckConstraint("mask > 0", name=op.f("ck_skills_mask_positive")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_skills")),
        sa.UniqueConstraint("mask", name=op.f("uq_skills_mask")),
    )
    op.create_table(
        "operator_skills",
        sa.Column("operator_id", BIG_KEY, autoincrement=False, nullable=False),
        sa.Column("skill", sa.String(length=40), nullable=False),
        sa.Column("given_by", BIG_KEY, nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["given_by"], ["users.id"], name=op.f("fk_operator_skills_given_by")),
        sa.ForeignKeyConstraint(["operator_id"], ["operators.user_id"], name=op.f("fk_operator_skills_operator_id")),
        sa.ForeignKeyConstraint(["skill"], ["skills.code"], name=op.f("fk_operator_skills_skill")),
        sa.PrimaryKeyConstraint("operator_id", "skill", name=op.f("pk_operator_skills")),
    )
    op.create_table(
        "campaign_skills",
        sa.Column("campaign_id", BIG_KEY, autoincrement=False, nullable=False),
        sa.Column("skill", sa.String(length=40), nullable=False),
        sa.Column("club_id", BIG_KEY, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_skills_campaign_id")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_campaign_skills_club_id")),
        sa.ForeignKeyConstraint(["skill"], ["skills.code"], name=op.f("fk_campaign_skills_skill")),
        sa.PrimaryKeyConstraint("campaign_id", "skill", name=op.f("pk_campaign_skills")),
    )
    op.add_column("queue_entries", sa.Column("needs", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column(
        "queue_entries",
        sa.Column(
            "refused_operator_id",
            BIG_KEY,
            sa.ForeignKey("operators.user_id", name=op.f("fk_queue_entries_refused_operator_id")),
            nullable=True,
        ),
        # SQLite takes a foreign key with the column only; to make the table anew would lose its triggers.
        inline_references=True,
    )
    op.bulk_insert(skills, [dict(zip(skills.c.keys(), row, strict=True)) for row in SKILLS])
    _give_first_skills()
    _compute_needs()


def _give_first_skills() -> None:
    """Nobody who calls today shall miss a member because of the new list."""
    op.execute(
        "INSERT INTO operator_skills (operator_id, skill, given_at)"
        " SELECT operators.user_id, skills.code, CURRENT_TIMESTAMP FROM operators, skills WHERE skills.is_given_first"
    )


def _compute_needs() -> None:
    """Of the calls that are promised to anybody, and of those who refused and are to be asked once more."""
    op.execute(
        "UPDATE queue_entries SET needs = 8"
        " WHERE state <> 'closed' AND callback_at IS NOT NULL AND callback_operator_id IS NULL"
    )
    refusals = "('2.10', '2.11', '2.111', '2.112', '2.12')"
    op.execute(
        "UPDATE queue_entries SET needs = 4, refused_operator_id ="
        " (SELECT calls.operator_id FROM calls WHERE calls.entry_id = queue_entries.id"
        f" AND calls.disposition IN {refusals} ORDER BY calls.id DESC LIMIT 1)"
        f" WHERE state <> 'closed' AND callback_at IS NULL AND outcome IN {refusals}"
    )


def downgrade() -> None:
    op.drop_column("queue_entries", "refused_operator_id")
    op.drop_column("queue_entries", "needs")
    op.drop_table("campaign_skills")
    op.drop_table("operator_skills")
    op.drop_table("skills")
