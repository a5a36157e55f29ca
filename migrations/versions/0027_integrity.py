"""Interviews that somebody has to look at: thresholds, flags, decisions; and which interviews are left out."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = UtcDateTime(timezone=True)
THRESHOLDS = (
    "words_per_second", "median_percent", "median_interviews", "straight_ratings", "off_call_answers",
    "off_call_seconds", "talk_seconds", "operator_distance", "operator_interviews",
)  # fmt: skip
KINDS = ("unreadable", "too_fast", "straight", "off_call", "short_talk", "operator")
REFUSAL = "a decision is changed by a further one"


def refers(table: str, column: str, to: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(column, KEY, sa.ForeignKey(to, name=f"fk_{table}_{column}"), nullable=nullable)


def upgrade() -> None:
    op.add_column("responses", sa.Column("left_out_at", TIME, nullable=True))
    op.create_table(
        "integrity_rules",
        sa.Column("club_id", KEY, sa.ForeignKey("clubs.id", name="fk_integrity_rules_club_id"), primary_key=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in THRESHOLDS),
    )
    _flagged("flagged_interviews")
    op.create_table(
        "integrity_flags",
        sa.Column("id", KEY, primary_key=True),
        refers("integrity_flags", "club_id", "clubs.id"),
        refers("integrity_flags", "flagged_id", "flagged_interviews.id"),
        sa.Column("kind", sa.Enum(*KINDS, native_enum=False, length=32), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("found_at", TIME, nullable=False),
        sa.UniqueConstraint("flagged_id", "kind", name="uq_integrity_flags_flagged_id_kind"),
    )
    _decisions("integrity_decisions")


def _flagged(table: str) -> None:
    op.create_table(
        table,
        sa.Column("id", KEY, primary_key=True),
        refers(table, "club_id", "clubs.id"),
        sa.Column("response_id", KEY, nullable=False),
        sa.Column("version_id", KEY, nullable=False),
        refers(table, "campaign_id", "campaigns.id"),
        refers(table, "entry_id", "queue_entries.id"),
        refers(table, "member_id", "members.id"),
        refers(table, "operator_id", "users.id"),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("completed_at", TIME, nullable=False),
        sa.UniqueConstraint("response_id", name="uq_flagged_interviews_response_id"),
    )
    op.create_index("ix_flagged_interviews_club", table, ["club_id", "id"])
    op.create_index("ix_flagged_interviews_member", table, ["member_id"])


def _decisions(table: str) -> None:
    op.create_table(
        table,
        sa.Column("id", KEY, primary_key=True),
        refers(table, "club_id", "clubs.id"),
        refers(table, "flagged_id", "flagged_interviews.id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Enum("accepted", "rejected", native_enum=False, length=32), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        refers(table, "user_id", "users.id"),
        refers(table, "ledger_entry_id", "ledger_entries.id", nullable=True),
        sa.Column("decided_at", TIME, nullable=False),
        sa.UniqueConstraint("flagged_id", "number", name="uq_integrity_decisions_flagged_id_number"),
        sa.CheckConstraint(
            "verdict = 'accepted' OR reason <> ''", name=op.f("ck_integrity_decisions_rejected_with_reason")
        ),
    )
    refuse = f"EXECUTE FUNCTION refuse_change('{REFUSAL}')"
    body = f"FOR EACH ROW {refuse}"
    if op.get_bind().dialect.name != "postgresql":
        body = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {body}")


def downgrade() -> None:
    op.drop_table("integrity_decisions")
    op.drop_table("integrity_flags")
    op.drop_table("flagged_interviews")
    op.drop_table("integrity_rules")
    op.drop_column("responses", "left_out_at")
