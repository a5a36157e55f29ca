"""Recordings: which campaigns record, who agreed, the files, and what became of them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "recording_plays",
    "recording_moments",
    "recording_deletions",
    "recordings",
    "recording_consents",
    "recorded_campaigns",
    "recording_rules",
)


def upgrade() -> None:
    op.create_table(
        "recording_rules",
        sa.Column("club_id", BIG_KEY, autoincrement=False, nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.CheckConstraint("keep_days BETWEEN 1 AND 3650", name=op.f("ck_recording_rules_keep_days_sensible")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name="fk_recording_rules_club_id"),
        sa.PrimaryKeyConstraint("club_id", name="pk_recording_rules"),
    )
    op.create_table(
        "recorded_campaigns",
        sa.Column("campaign_id", BIG_KEY, autoincrement=False, nullable=False),
        sa.Column("club_id", BIG_KEY, nullable=False),
        sa.Column("user_id", BIG_KEY, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_recorded_campaigns_campaign_id"),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name="fk_recorded_campaigns_club_id"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_recorded_campaigns_user_id"),
        sa.PrimaryKeyConstraint("campaign_id", name="pk_recorded_campaigns"),
    )
    op.create_table(
        "recording_consents",
        sa.Column("id", BIG_KEY, nullable=False),
        sa.Column("club_id", BIG_KEY, nullable=False),
        sa.Column("entry_id", BIG_KEY, nullable=False),
        sa.Column("call_id", BIG_KEY, nullable=False),
        sa.Column("operator_id", BIG_KEY, nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_recording_consents_call_id"),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name="fk_recording_consents_club_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["queue_entries.id"], name="fk_recording_consents_entry_id"),
        sa.ForeignKeyConstraint(["operator_id"], ["operators.user_id"], name="fk_recording_consents_operator_id"),
        sa.PrimaryKeyConstraint("id", name="pk_recording_consents"),
    )
    op.create_index("ix_recording_consents_call_id", "recording_consents", ["call_id"])
    op.create_index("ix_recording_consents_entry", "recording_consents", ["entry_id", "id"])

    op.create_table(
        "recordings",
        sa.Column("id", BIG_KEY, nullable=False),
        sa.Column("club_id", BIG_KEY, nullable=False),
        sa.Column("call_id", BIG_KEY, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "running",
                "withdrawn",
                "kept",
                "empty",
                "missing",
                "deleted",
                name="recordingstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wants_pause", sa.Boolean(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("size_bytes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_recordings_call_id"),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name="fk_recordings_club_id"),
        sa.PrimaryKeyConstraint("id", name="pk_recordings"),
        sa.UniqueConstraint("call_id", name="uq_recordings_call_id"),
        sa.UniqueConstraint("name", name="uq_recordings_name"),
    )
    op.create_index("ix_recordings_club_asked", "recordings", ["club_id", "asked_at"])
    op.create_index("ix_recordings_state", "recordings", ["state", "id"])

    op.create_table(
        "recording_deletions",
        sa.Column("id", BIG_KEY, nullable=False),
        sa.Column("recording_id", BIG_KEY, nullable=False),
        sa.Column(
            "reason",
            sa.Enum("expired", "withdrawn", "by_hand", name="deletionreason", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("user_id", BIG_KEY, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["recording_id"], ["recordings.id"], name="fk_recording_deletions_recording_id"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_recording_deletions_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_recording_deletions"),
        sa.UniqueConstraint("recording_id", name="uq_recording_deletions_recording_id"),
    )
    op.create_table(
        "recording_moments",
        sa.Column("id", BIG_KEY, nullable=False),
        sa.Column("recording_id", BIG_KEY, nullable=False),
        sa.Column("operator_id", BIG_KEY, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("started", "paused", "resumed", "stopped", name="momentkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["operator_id"], ["operators.user_id"], name="fk_recording_moments_operator_id"),
        sa.ForeignKeyConstraint(["recording_id"], ["recordings.id"], name="fk_recording_moments_recording_id"),
        sa.PrimaryKeyConstraint("id", name="pk_recording_moments"),
    )
    op.create_index("ix_recording_moments_recording_id", "recording_moments", ["recording_id"])

    op.create_table(
        "recording_plays",
        sa.Column("id", BIG_KEY, nullable=False),
        sa.Column("recording_id", BIG_KEY, nullable=False),
        sa.Column("user_id", BIG_KEY, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["recording_id"], ["recordings.id"], name="fk_recording_plays_recording_id"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_recording_plays_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_recording_plays"),
    )
    op.create_index("ix_recording_plays_recording", "recording_plays", ["recording_id", "user_id", "id"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
