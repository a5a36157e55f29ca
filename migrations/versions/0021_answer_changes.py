"""How answers came to be what they are, row by row; and since when a question has been on the screen."""

import sqlalchemy as sa
from alembic import op

import config.database

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REFUSAL = "the changes of answers are append-only"


def upgrade() -> None:
    op.add_column("responses", sa.Column("shown_at", config.database.UtcDateTime(timezone=True), nullable=True))
    op.create_table(
        "answer_changes",
        sa.Column("id", BIG_KEY, nullable=False),
        sa.Column("club_id", BIG_KEY, nullable=False),
        sa.Column("response_id", BIG_KEY, nullable=False),
        sa.Column("question_id", BIG_KEY, nullable=False),
        sa.Column("operator_id", BIG_KEY, nullable=False),
        sa.Column(
            "status",
            sa.Enum("answered", "dont_know", "refused", name="answerstatus", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("asked_at", config.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("changed_at", config.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("request_key", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name="fk_answer_changes_club_id"),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name="fk_answer_changes_response_id"),
        sa.ForeignKeyConstraint(["question_id"], ["version_questions.id"], name="fk_answer_changes_question_id"),
        sa.PrimaryKeyConstraint("id", name="pk_answer_changes"),
        sa.UniqueConstraint("response_id", "request_key", name="uq_answer_changes_response_id_request_key"),
    )
    _guard(op.get_bind().dialect.name)


def _guard(dialect: str) -> None:
    """Rows go only with their interview, when what was said is deleted; they are never rewritten."""
    if dialect == "postgresql":
        op.execute(
            "CREATE TRIGGER answer_changes_no_update BEFORE UPDATE ON answer_changes "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_change('{REFUSAL}')"
        )
    else:
        op.execute(
            "CREATE TRIGGER answer_changes_no_update BEFORE UPDATE ON answer_changes "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def downgrade() -> None:
    op.drop_table("answer_changes")
    op.drop_column("responses", "shown_at")
