"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clubs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clubs")),
        sa.UniqueConstraint("slug", name=op.f("uq_clubs_slug")),
    )
    op.create_table(
        "pause_reasons",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_fa", sa.String(length=60), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column("is_paid", sa.Boolean(), nullable=False),
        sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_pause_reasons")),
    )
    op.create_table(
        "periodic_runs",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_periodic_runs")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "operator",
                "supervisor",
                "manager",
                "club_staff",
                "administrator",
                name="role",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("session_epoch", sa.Integer(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "branches",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_branches_club_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branches")),
        sa.UniqueConstraint("club_id", "name_key", name=op.f("uq_branches_club_id_name_key")),
    )
    op.create_table(
        "calling_rules",
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("interview_days", sa.Integer(), nullable=False),
        sa.Column("weekly_attempts", sa.Integer(), nullable=False),
        sa.Column("rest_weekdays", sa.JSON(), nullable=False),
        sa.CheckConstraint("interview_days >= 0", name=op.f("ck_calling_rules_interview_days_not_negative")),
        sa.CheckConstraint("weekly_attempts >= 1", name=op.f("ck_calling_rules_weekly_attempts_positive")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_calling_rules_club_id")),
        sa.PrimaryKeyConstraint("club_id", name=op.f("pk_calling_rules")),
    )
    op.create_table(
        "do_not_call",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("lift_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lift_reason IS NULL)", name=op.f("ck_do_not_call_lifted_with_reason")
        ),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_do_not_call_club_id")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_do_not_call_created_by")),
        sa.ForeignKeyConstraint(["lifted_by"], ["users.id"], name=op.f("fk_do_not_call_lifted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_do_not_call")),
    )
    op.create_index("ix_do_not_call_phone", "do_not_call", ["phone"], unique=False)
    op.create_index(
        "uq_do_not_call_club",
        "do_not_call",
        ["club_id", "phone"],
        unique=True,
        postgresql_where=sa.text("lifted_at IS NULL AND club_id IS NOT NULL"),
        sqlite_where=sa.text("lifted_at IS NULL AND club_id IS NOT NULL"),
    )
    op.create_index(
        "uq_do_not_call_house",
        "do_not_call",
        ["phone"],
        unique=True,
        postgresql_where=sa.text("lifted_at IS NULL AND club_id IS NULL"),
        sqlite_where=sa.text("lifted_at IS NULL AND club_id IS NULL"),
    )
    op.create_table(
        "holidays",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name_fa", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_holidays_club_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holidays")),
        sa.UniqueConstraint("club_id", "day", name=op.f("uq_holidays_club_id_day")),
    )
    op.create_table(
        "job_runs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "running", "done", "failed", name="jobstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_job_runs_club_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_job_runs_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_runs")),
    )
    op.create_index(op.f("ix_job_runs_club_id"), "job_runs", ["club_id"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_memberships_club_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_memberships_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("user_id", "club_id", name=op.f("uq_memberships_user_id_club_id")),
    )
    op.create_index(op.f("ix_memberships_club_id"), "memberships", ["club_id"], unique=False)
    op.create_table(
        "offers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("amount_rial", sa.BigInteger(), nullable=False),
        sa.Column("birthday_percent", sa.Integer(), nullable=False),
        sa.Column("birthday_days", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_rial > 0", name=op.f("ck_offers_amount_positive")),
        sa.CheckConstraint("birthday_percent >= 0", name=op.f("ck_offers_birthday_percent_not_negative")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_offers_club_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
    )
    op.create_index(op.f("ix_offers_club_id"), "offers", ["club_id"], unique=False)
    op.create_table(
        "operators",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("extension", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "off",
                "ready",
                "preview",
                "dialling",
                "on_call",
                "wrap_up",
                "paused",
                "away",
                name="operatorstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_reason", sa.String(length=40), nullable=True),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_operators_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_operators")),
        sa.UniqueConstraint("extension", name=op.f("uq_operators_extension")),
    )
    op.create_table(
        "supervisor_phones",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("extension", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_supervisor_phones_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_supervisor_phones")),
        sa.UniqueConstraint("extension", name=op.f("uq_supervisor_phones_extension")),
    )
    op.create_table(
        "surveys",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_surveys_club_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sa.UniqueConstraint("club_id", "slug", name=op.f("uq_surveys_club_id_slug")),
    )
    op.create_table(
        "tiers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_tiers_club_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tiers")),
        sa.UniqueConstraint("club_id", "name_key", name=op.f("uq_tiers_club_id_name_key")),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("external_id", sa.String(length=64), nullable=True),
        sa.Column("first_name", sa.String(length=200), nullable=False),
        sa.Column("last_name", sa.String(length=200), nullable=False),
        sa.Column("search_key", sa.String(length=500), nullable=False),
        sa.Column("gender", sa.Enum("female", "male", name="gender", native_enum=False, length=32), nullable=True),
        sa.Column("city", sa.String(length=200), nullable=True),
        sa.Column("branch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("tier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("joined_at", sa.Date(), nullable=True),
        sa.Column("consent_calls", sa.Boolean(), nullable=False),
        sa.Column("custom", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_members_branch_id")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_members_club_id")),
        sa.ForeignKeyConstraint(["tier_id"], ["tiers.id"], name=op.f("fk_members_tier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("club_id", "external_id", name=op.f("uq_members_club_id_external_id")),
        sa.UniqueConstraint("club_id", "phone", name=op.f("uq_members_club_id_phone")),
    )
    op.create_index("ix_members_club_search", "members", ["club_id", "search_key"], unique=False)
    op.create_table(
        "offer_tier_bonuses",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("offer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.CheckConstraint("percent > 0", name=op.f("ck_offer_tier_bonuses_percent_positive")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_offer_tier_bonuses_club_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_offer_tier_bonuses_offer_id")),
        sa.ForeignKeyConstraint(["tier_id"], ["tiers.id"], name=op.f("fk_offer_tier_bonuses_tier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_tier_bonuses")),
        sa.UniqueConstraint("offer_id", "tier_id", name=op.f("uq_offer_tier_bonuses_offer_id_tier_id")),
    )
    op.create_table(
        "operator_state_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("operator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "off",
                "ready",
                "preview",
                "dialling",
                "on_call",
                "wrap_up",
                "paused",
                "away",
                name="operatorstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("is_paid", sa.Boolean(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'paused') = (is_paid IS NOT NULL)", name=op.f("ck_operator_state_changes_only_pauses_are_paid")
        ),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operators.user_id"], name=op.f("fk_operator_state_changes_operator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_state_changes")),
    )
    op.create_index(
        "ix_operator_state_changes_operator_since", "operator_state_changes", ["operator_id", "since"], unique=False
    )
    op.create_table(
        "supervisor_orders",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("operator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("given_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Enum("pause", "sign_off", name="orderkind", native_enum=False, length=32), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'pause') = (reason IS NOT NULL)", name=op.f("ck_supervisor_orders_only_pauses_have_a_reason")
        ),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_supervisor_orders_club_id")),
        sa.ForeignKeyConstraint(["given_by"], ["users.id"], name=op.f("fk_supervisor_orders_given_by")),
        sa.ForeignKeyConstraint(["operator_id"], ["operators.user_id"], name=op.f("fk_supervisor_orders_operator_id")),
        sa.ForeignKeyConstraint(["reason"], ["pause_reasons.code"], name=op.f("fk_supervisor_orders_reason")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisor_orders")),
    )
    op.create_index("ix_supervisor_orders_operator", "supervisor_orders", ["operator_id", "id"], unique=False)
    op.create_table(
        "survey_versions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("survey_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "published", "closed", name="versionstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_survey_versions_club_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_versions_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_versions")),
        sa.UniqueConstraint("survey_id", "number", name=op.f("uq_survey_versions_survey_id_number")),
    )
    op.create_index(op.f("ix_survey_versions_club_id"), "survey_versions", ["club_id"], unique=False)
    op.create_table(
        "campaigns",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "running", "paused", "closed", name="campaignstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("sample", sa.JSON(), nullable=False),
        sa.Column("opens_at", sa.Time(), nullable=False),
        sa.Column("closes_at", sa.Time(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("max_attempts", sa.Integer(), nullable=False),
        sa.Column("rest_days", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("build_report", sa.JSON(), nullable=True),
        sa.CheckConstraint("max_attempts >= 1", name=op.f("ck_campaigns_max_attempts_positive")),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_campaigns_hours_in_order")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_campaigns_club_id")),
        sa.ForeignKeyConstraint(["version_id"], ["survey_versions.id"], name=op.f("fk_campaigns_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("club_id", "name", name=op.f("uq_campaigns_club_id_name")),
    )
    op.create_table(
        "credit_promises",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("offer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("amount_rial", sa.BigInteger(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_credit_promises_club_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_credit_promises_member_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_credit_promises_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_promises")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_credit_promises_source_source_id")),
    )
    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("award", "redeem", "expire", "reverse", name="entrykind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("amount_rial", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("offer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("reverses_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_rial <> 0", name=op.f("ck_ledger_entries_amount_not_zero")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_ledger_entries_club_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_ledger_entries_member_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_ledger_entries_offer_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["ledger_entries.id"], name=op.f("fk_ledger_entries_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_ledger_entries_reverses_id")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_ledger_entries_source_source_id")),
    )
    op.create_index("ix_ledger_entries_member_id", "ledger_entries", ["member_id", "id"], unique=False)
    op.create_table(
        "notices",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("pending", "sent", "failed", name="noticestate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("attempt_count", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_notices_club_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_notices_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("kind", "source_id", name=op.f("uq_notices_kind_source_id")),
    )
    op.create_index("ix_notices_state_next", "notices", ["state", "next_attempt_at"], unique=False)
    op.create_table(
        "purchases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("branch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("amount_rial", sa.BigInteger(), nullable=False),
        sa.Column("items", sa.String(length=300), nullable=False),
        sa.Column("purchased_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_purchases_branch_id")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_purchases_club_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_purchases_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchases")),
    )
    op.create_index("ix_purchases_member_at", "purchases", ["member_id", "purchased_at"], unique=False)
    op.create_table(
        "responses",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("operator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("branch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("tier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column(
            "state",
            sa.Enum("started", "complete", "partial", "break_off", name="responsestate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("placeholders", sa.JSON(), nullable=False),
        sa.Column("cursor", sa.String(length=64), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_responses_club_id")),
        sa.ForeignKeyConstraint(["version_id"], ["survey_versions.id"], name=op.f("fk_responses_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_responses_entry_id")),
    )
    op.create_index("ix_responses_club_completed", "responses", ["club_id", "completed_at"], unique=False)
    op.create_index("ix_responses_member", "responses", ["member_id"], unique=False)
    op.create_table(
        "version_questions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("dimension", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_version_questions_club_id")),
        sa.ForeignKeyConstraint(["version_id"], ["survey_versions.id"], name=op.f("fk_version_questions_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_questions")),
        sa.UniqueConstraint("version_id", "code", name=op.f("uq_version_questions_version_id_code")),
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("response_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "status",
            sa.Enum("answered", "dont_know", "refused", name="answerstatus", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("is_on_path", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_answers_club_id")),
        sa.ForeignKeyConstraint(["question_id"], ["version_questions.id"], name=op.f("fk_answers_question_id")),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name=op.f("fk_answers_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("response_id", "question_id", name=op.f("uq_answers_response_id_question_id")),
    )
    op.create_index("ix_answers_question", "answers", ["question_id", "response_id"], unique=False)
    op.create_table(
        "campaign_exclusions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("lift_reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lift_reason IS NULL)", name=op.f("ck_campaign_exclusions_lifted_with_reason")
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_exclusions_campaign_id")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_campaign_exclusions_club_id")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_campaign_exclusions_created_by")),
        sa.ForeignKeyConstraint(["lifted_by"], ["users.id"], name=op.f("fk_campaign_exclusions_lifted_by")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_campaign_exclusions_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_exclusions")),
    )
    op.create_index("ix_campaign_exclusions_member", "campaign_exclusions", ["member_id"], unique=False)
    op.create_index(
        "uq_campaign_exclusions_holding",
        "campaign_exclusions",
        ["campaign_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("lifted_at IS NULL"),
        sqlite_where=sa.text("lifted_at IS NULL"),
    )
    op.create_table(
        "campaign_outcomes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("retry_minutes", sa.Integer(), nullable=False),
        sa.Column("most_times", sa.Integer(), nullable=True),
        sa.Column("needs_note", sa.Boolean(), nullable=False),
        sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "most_times IS NULL OR most_times >= 1", name=op.f("ck_campaign_outcomes_most_times_positive")
        ),
        sa.CheckConstraint("retry_minutes >= 0", name=op.f("ck_campaign_outcomes_retry_not_negative")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_outcomes_campaign_id")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_campaign_outcomes_club_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_outcomes")),
        sa.UniqueConstraint("campaign_id", "code", name=op.f("uq_campaign_outcomes_campaign_id_code")),
    )
    op.create_table(
        "quota_cells",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("facets", sa.JSON(), nullable=False),
        sa.Column("target_count", sa.Integer(), nullable=False),
        sa.Column("reserved_count", sa.Integer(), nullable=False),
        sa.Column("completed_count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "reserved_count + completed_count <= target_count", name=op.f("ck_quota_cells_no_overshoot")
        ),
        sa.CheckConstraint(
            "reserved_count >= 0 AND completed_count >= 0", name=op.f("ck_quota_cells_counts_not_negative")
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_quota_cells_campaign_id")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_quota_cells_club_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota_cells")),
    )
    op.create_index(op.f("ix_quota_cells_campaign_id"), "quota_cells", ["campaign_id"], unique=False)
    op.create_table(
        "queue_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cell_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "state",
            sa.Enum("waiting", "leased", "closed", name="entrystate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("leased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt_count", sa.Integer(), nullable=False),
        sa.Column("callback_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("callback_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("callback_operator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("callback_missed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=8), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_barred", sa.Boolean(), nullable=False),
        sa.Column("rest_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'leased') = (lease_until IS NOT NULL)", name=op.f("ck_queue_entries_lease_has_end")
        ),
        sa.CheckConstraint(
            "state <> 'leased' OR operator_id IS NOT NULL", name=op.f("ck_queue_entries_lease_has_operator")
        ),
        sa.ForeignKeyConstraint(
            ["callback_operator_id"], ["operators.user_id"], name=op.f("fk_queue_entries_callback_operator_id")
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_queue_entries_campaign_id")),
        sa.ForeignKeyConstraint(["cell_id"], ["quota_cells.id"], name=op.f("fk_queue_entries_cell_id")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_queue_entries_club_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_queue_entries_member_id")),
        sa.ForeignKeyConstraint(["operator_id"], ["operators.user_id"], name=op.f("fk_queue_entries_operator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_entries")),
        sa.UniqueConstraint("campaign_id", "member_id", name=op.f("uq_queue_entries_campaign_id_member_id")),
    )
    op.create_index(
        "ix_queue_entries_callback",
        "queue_entries",
        ["callback_at"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting' AND callback_at IS NOT NULL"),
        sqlite_where=sa.text("state = 'waiting' AND callback_at IS NOT NULL"),
    )
    op.create_index(
        "ix_queue_entries_claim",
        "queue_entries",
        ["campaign_id", "priority", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
        sqlite_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_queue_entries_lease",
        "queue_entries",
        ["lease_until"],
        unique=False,
        postgresql_where=sa.text("state = 'leased'"),
        sqlite_where=sa.text("state = 'leased'"),
    )
    op.create_index("ix_queue_entries_member", "queue_entries", ["member_id"], unique=False)
    op.create_index(
        "uq_queue_entries_leased_member",
        "queue_entries",
        ["member_id"],
        unique=True,
        postgresql_where=sa.text("state = 'leased'"),
        sqlite_where=sa.text("state = 'leased'"),
    )
    op.create_index(
        "uq_queue_entries_leased_operator",
        "queue_entries",
        ["operator_id"],
        unique=True,
        postgresql_where=sa.text("state = 'leased'"),
        sqlite_where=sa.text("state = 'leased'"),
    )
    op.create_index(
        "uq_queue_entries_promised_member",
        "queue_entries",
        ["member_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'closed' AND callback_at IS NOT NULL"),
        sqlite_where=sa.text("state <> 'closed' AND callback_at IS NOT NULL"),
    )
    op.create_table(
        "calls",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("operator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("extension", sa.String(length=40), nullable=False),
        sa.Column("channel_id", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "dialling",
                "operator_ringing",
                "member_dialling",
                "member_ringing",
                "connected",
                "ended",
                "failed",
                name="callstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "line_status",
            sa.Enum(
                "answered",
                "busy",
                "no_answer",
                "unreachable",
                "rejected",
                "wrong_number",
                "number_changed",
                "congestion",
                "not_dialled",
                "failed",
                name="linestatus",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("hangup_cause", sa.Integer(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("member_dialled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hangup_requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wants_mute", sa.Boolean(), nullable=False),
        sa.Column("is_muted", sa.Boolean(), nullable=False),
        sa.Column("wants_hold", sa.Boolean(), nullable=False),
        sa.Column("is_on_hold", sa.Boolean(), nullable=False),
        sa.Column("wish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_wish_failed", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disposition", sa.String(length=8), nullable=True),
        sa.Column(
            "disposition_source",
            sa.Enum("line", "operator", name="dispositionsource", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("disposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_calls_campaign_id")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_calls_club_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["queue_entries.id"], name=op.f("fk_calls_entry_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_calls_member_id")),
        sa.ForeignKeyConstraint(["operator_id"], ["operators.user_id"], name=op.f("fk_calls_operator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint("channel_id", name=op.f("uq_calls_channel_id")),
    )
    op.create_index(op.f("ix_calls_campaign_id"), "calls", ["campaign_id"], unique=False)
    op.create_index("ix_calls_entry", "calls", ["entry_id", "id"], unique=False)
    op.create_index("ix_calls_member_dialled", "calls", ["member_id", "member_dialled_at"], unique=False)
    op.create_index("ix_calls_operator_requested", "calls", ["operator_id", "requested_at"], unique=False)
    op.create_index(
        "uq_calls_open_entry",
        "calls",
        ["entry_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_calls_open_operator",
        "calls",
        ["operator_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "call_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("call_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_call_events_call_id")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_call_events_club_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_events")),
    )
    op.create_index("ix_call_events_call", "call_events", ["call_id", "id"], unique=False)
    op.create_table(
        "listenings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("club_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("call_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "manner", sa.Enum("listen", "whisper", "barge", name="manner", native_enum=False, length=32), nullable=False
        ),
        sa.Column("extension", sa.String(length=40), nullable=False),
        sa.Column("channel_id", sa.String(length=40), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_listenings_call_id")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_listenings_club_id")),
        sa.ForeignKeyConstraint(["supervisor_id"], ["users.id"], name=op.f("fk_listenings_supervisor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listenings")),
        sa.UniqueConstraint("channel_id", name=op.f("uq_listenings_channel_id")),
    )
    op.create_index(op.f("ix_listenings_call_id"), "listenings", ["call_id"], unique=False)
    op.create_index("ix_listenings_club_requested", "listenings", ["club_id", "requested_at"], unique=False)
    op.create_index(
        "uq_listenings_open_supervisor",
        "listenings",
        ["supervisor_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_listenings_open_supervisor",
        table_name="listenings",
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index("ix_listenings_club_requested", table_name="listenings")
    op.drop_index(op.f("ix_listenings_call_id"), table_name="listenings")
    op.drop_table("listenings")
    op.drop_index("ix_call_events_call", table_name="call_events")
    op.drop_table("call_events")
    op.drop_index(
        "uq_calls_open_operator",
        table_name="calls",
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(
        "uq_calls_open_entry",
        table_name="calls",
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index("ix_calls_operator_requested", table_name="calls")
    op.drop_index("ix_calls_member_dialled", table_name="calls")
    op.drop_index("ix_calls_entry", table_name="calls")
    op.drop_index(op.f("ix_calls_campaign_id"), table_name="calls")
    op.drop_table("calls")
    op.drop_index(
        "uq_queue_entries_promised_member",
        table_name="queue_entries",
        postgresql_where=sa.text("state <> 'closed' AND callback_at IS NOT NULL"),
        sqlite_where=sa.text("state <> 'closed' AND callback_at IS NOT NULL"),
    )
    op.drop_index(
        "uq_queue_entries_leased_operator",
        table_name="queue_entries",
        postgresql_where=sa.text("state = 'leased'"),
        sqlite_where=sa.text("state = 'leased'"),
    )
    op.drop_index(
        "uq_queue_entries_leased_member",
        table_name="queue_entries",
        postgresql_where=sa.text("state = 'leased'"),
        sqlite_where=sa.text("state = 'leased'"),
    )
    op.drop_index("ix_queue_entries_member", table_name="queue_entries")
    op.drop_index(
        "ix_queue_entries_lease",
        table_name="queue_entries",
        postgresql_where=sa.text("state = 'leased'"),
        sqlite_where=sa.text("state = 'leased'"),
    )
    op.drop_index(
        "ix_queue_entries_claim",
        table_name="queue_entries",
        postgresql_where=sa.text("state = 'waiting'"),
        sqlite_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(
        "ix_queue_entries_callback",
        table_name="queue_entries",
        postgresql_where=sa.text("state = 'waiting' AND callback_at IS NOT NULL"),
        sqlite_where=sa.text("state = 'waiting' AND callback_at IS NOT NULL"),
    )
    op.drop_table("queue_entries")
    op.drop_index(op.f("ix_quota_cells_campaign_id"), table_name="quota_cells")
    op.drop_table("quota_cells")
    op.drop_table("campaign_outcomes")
    op.drop_index(
        "uq_campaign_exclusions_holding",
        table_name="campaign_exclusions",
        postgresql_where=sa.text("lifted_at IS NULL"),
        sqlite_where=sa.text("lifted_at IS NULL"),
    )
    op.drop_index("ix_campaign_exclusions_member", table_name="campaign_exclusions")
    op.drop_table("campaign_exclusions")
    op.drop_index("ix_answers_question", table_name="answers")
    op.drop_table("answers")
    op.drop_table("version_questions")
    op.drop_index("ix_responses_member", table_name="responses")
    op.drop_index("ix_responses_club_completed", table_name="responses")
    op.drop_table("responses")
    op.drop_index("ix_purchases_member_at", table_name="purchases")
    op.drop_table("purchases")
    op.drop_index("ix_notices_state_next", table_name="notices")
    op.drop_table("notices")
    op.drop_index("ix_ledger_entries_member_id", table_name="ledger_entries")
    op.drop_table("ledger_entries")
    op.drop_table("credit_promises")
    op.drop_table("campaigns")
    op.drop_index(op.f("ix_survey_versions_club_id"), table_name="survey_versions")
    op.drop_table("survey_versions")
    op.drop_index("ix_supervisor_orders_operator", table_name="supervisor_orders")
    op.drop_table("supervisor_orders")
    op.drop_index("ix_operator_state_changes_operator_since", table_name="operator_state_changes")
    op.drop_table("operator_state_changes")
    op.drop_table("offer_tier_bonuses")
    op.drop_index("ix_members_club_search", table_name="members")
    op.drop_table("members")
    op.drop_table("tiers")
    op.drop_table("surveys")
    op.drop_table("supervisor_phones")
    op.drop_table("operators")
    op.drop_index(op.f("ix_offers_club_id"), table_name="offers")
    op.drop_table("offers")
    op.drop_index(op.f("ix_memberships_club_id"), table_name="memberships")
    op.drop_table("memberships")
    op.drop_index(op.f("ix_job_runs_club_id"), table_name="job_runs")
    op.drop_table("job_runs")
    op.drop_table("holidays")
    op.drop_index(
        "uq_do_not_call_house",
        table_name="do_not_call",
        postgresql_where=sa.text("lifted_at IS NULL AND club_id IS NULL"),
        sqlite_where=sa.text("lifted_at IS NULL AND club_id IS NULL"),
    )
    op.drop_index(
        "uq_do_not_call_club",
        table_name="do_not_call",
        postgresql_where=sa.text("lifted_at IS NULL AND club_id IS NOT NULL"),
        sqlite_where=sa.text("lifted_at IS NULL AND club_id IS NOT NULL"),
    )
    op.drop_index("ix_do_not_call_phone", table_name="do_not_call")
    op.drop_table("do_not_call")
    op.drop_table("calling_rules")
    op.drop_table("branches")
    op.drop_table("users")
    op.drop_table("periodic_runs")
    op.drop_table("pause_reasons")
    op.drop_table("clubs")
