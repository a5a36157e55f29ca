"""What operators learn about a survey, and the steps they took."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = UtcDateTime(timezone=True)


def refers(table: str, column: str, to: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(column, KEY, sa.ForeignKey(to, name=f"fk_{table}_{column}"), nullable=nullable)


def upgrade() -> None:
    with op.batch_alter_table("training_rules") as table:
        table.add_column(sa.Column("quiz_percent", sa.Integer(), nullable=False, server_default="80"))
        table.create_check_constraint(op.f("ck_training_rules_quiz_percent_in_range"), "quiz_percent BETWEEN 1 AND 100")
    with op.batch_alter_table("training_rules") as table:
        table.alter_column("quiz_percent", existing_type=sa.Integer(), server_default=None)
    name = "training_materials"
    op.create_table(
        name,
        sa.Column("id", KEY, primary_key=True),
        refers(name, "club_id", "clubs.id"),
        refers(name, "survey_id", "surveys.id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text_fa", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        refers(name, "changed_by", "users.id"),
        sa.UniqueConstraint("survey_id", "number", name=op.f("uq_training_materials_survey_id_number")),
    )
    name = "quiz_questions"
    op.create_table(
        name,
        sa.Column("id", KEY, primary_key=True),
        refers(name, "club_id", "clubs.id"),
        refers(name, "survey_id", "surveys.id"),
        sa.Column("text_fa", sa.String(length=300), nullable=False),
        sa.Column("text_en", sa.String(length=300), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_quiz_questions_survey_id", "quiz_questions", ["survey_id"])
    name = "training_steps"
    op.create_table(
        name,
        sa.Column("id", KEY, primary_key=True),
        refers(name, "club_id", "clubs.id"),
        refers(name, "operator_id", "operators.user_id"),
        refers(name, "survey_id", "surveys.id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("taken_at", TIME, nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        refers(name, "scored_by", "users.id", nullable=True),
    )
    op.create_index("ix_training_steps_operator_survey", "training_steps", ["operator_id", "survey_id"])


def downgrade() -> None:
    for table in ("training_steps", "quiz_questions", "training_materials"):
        op.drop_table(table)
    with op.batch_alter_table("training_rules") as table:
        table.drop_constraint(op.f("ck_training_rules_quiz_percent_in_range"), type_="check")
        table.drop_column("quiz_percent")
