"""Reviews of interviews: what is drawn, what was found, what the operator answered."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = UtcDateTime(timezone=True)
REASON = sa.Enum("newcomer", "random", name="reason", native_enum=False, length=32)
VERDICT = sa.Enum("pass", "warning", "fail", name="verdict", native_enum=False, length=32)
FIXED = ("reviews", "review_comments", "review_answers")
REFUSAL = "a review is never changed"
# What was completed before counts as experience, and was not drawn.
OLD = """
INSERT INTO quality_draws
  (response_id, club_id, campaign_id, entry_id, operator_id, completed_at, share_percent, reason)
SELECT id, club_id, campaign_id, entry_id, operator_id, completed_at, 0, NULL
FROM responses WHERE state = 'complete' AND completed_at IS NOT NULL
"""


def refers(table: str, column: str, to: str, **options: bool) -> sa.Column[int]:
    key = sa.ForeignKey(to, name=f"fk_{table}_{column}")
    return sa.Column(column, KEY, key, **{"nullable": False, **options})


def upgrade() -> None:
    _draws()
    _reviews()
    op.create_table(
        "review_comments",
        sa.Column("id", KEY, primary_key=True),
        refers("review_comments", "review_id", "reviews.id"),
        refers("review_comments", "recording_id", "recordings.id", nullable=True),
        sa.Column("second", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.CheckConstraint("second >= 0", name=op.f("ck_review_comments_second_not_negative")),
    )
    op.create_index("ix_review_comments_review_id", "review_comments", ["review_id"])
    op.create_table(
        "review_answers",
        refers("review_answers", "review_id", "reviews.id", primary_key=True, autoincrement=False),
        refers("review_answers", "operator_id", "users.id"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", TIME, nullable=False),
    )
    for table in FIXED:
        _guard(table, op.get_bind().dialect.name)
    op.execute(OLD)


def _draws() -> None:
    op.create_table(
        "quality_rules",
        refers("quality_rules", "club_id", "clubs.id", primary_key=True, autoincrement=False),
        sa.Column("salt", sa.String(length=40), nullable=False),
        sa.Column("share_percent", sa.Integer(), nullable=False),
        sa.Column("newcomer_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("share_percent BETWEEN 0 AND 100", name=op.f("ck_quality_rules_share_in_range")),
        sa.CheckConstraint("newcomer_count BETWEEN 0 AND 1000", name=op.f("ck_quality_rules_newcomer_count_in_range")),
    )
    op.create_table(
        "quality_draws",
        refers("quality_draws", "response_id", "responses.id", primary_key=True, autoincrement=False),
        refers("quality_draws", "club_id", "clubs.id"),
        refers("quality_draws", "campaign_id", "campaigns.id"),
        sa.Column("entry_id", KEY, nullable=False),
        sa.Column("operator_id", KEY, nullable=False),
        sa.Column("completed_at", TIME, nullable=False),
        sa.Column("share_percent", sa.Integer(), nullable=False),
        sa.Column("reason", REASON, nullable=True),
    )
    op.create_index("ix_quality_draws_operator", "quality_draws", ["club_id", "operator_id", "completed_at"])
    drawn = sa.text("reason IS NOT NULL")
    op.create_index(
        "ix_quality_draws_drawn",
        "quality_draws",
        ["club_id", "response_id"],
        postgresql_where=drawn,
        sqlite_where=drawn,
    )


def _reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", KEY, primary_key=True),
        refers("reviews", "club_id", "clubs.id"),
        refers("reviews", "response_id", "responses.id"),
        refers("reviews", "campaign_id", "campaigns.id"),
        sa.Column("completed_at", TIME, nullable=False),
        refers("reviews", "operator_id", "users.id"),
        refers("reviews", "reviewer_id", "users.id"),
        sa.Column("submitted_at", TIME, nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("is_fabricated", sa.Boolean(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("verdict", VERDICT, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.UniqueConstraint("response_id", "reviewer_id", name="uq_reviews_response_id_reviewer_id"),
        sa.CheckConstraint("points >= 0", name=op.f("ck_reviews_points_not_negative")),
        sa.CheckConstraint("reviewer_id <> operator_id", name=op.f("ck_reviews_not_ones_own")),
    )
    op.create_index("ix_reviews_club_submitted", "reviews", ["club_id", "submitted_at"])
    op.create_index("ix_reviews_operator", "reviews", ["operator_id", "id"])


def _guard(table: str, dialect: str) -> None:
    if dialect == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_change('{REFUSAL}')"
        )
    else:
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def downgrade() -> None:
    for table in ("review_answers", "review_comments", "reviews", "quality_draws", "quality_rules"):
        op.drop_table(table)
