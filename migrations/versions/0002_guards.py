"""What the database itself refuses: changes to the ledger, to published questionnaires, to the call-event log."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# table, operations refused, condition on the row (OLD), message
GUARDS = (
    ("ledger_entries", ("UPDATE", "DELETE"), "TRUE", "ledger rows are never changed or deleted; write a reversal"),
    ("call_events", ("UPDATE", "DELETE"), "TRUE", "the call-event log is append-only"),
    ("survey_versions", ("DELETE",), "OLD.state <> 'draft'", "a published version is never deleted"),
    ("version_questions", ("UPDATE", "DELETE"), "TRUE", "questions of a published version never change"),
)
# A published version may only be closed: its wording, number and survey stay.
FROZEN_VERSION_SQLITE = """
CREATE TRIGGER survey_versions_frozen BEFORE UPDATE ON survey_versions
WHEN OLD.state <> 'draft' AND (
    NEW.document IS NOT OLD.document OR NEW.number <> OLD.number OR NEW.survey_id <> OLD.survey_id
    OR NEW.club_id <> OLD.club_id OR NEW.state = 'draft')
BEGIN SELECT RAISE(ABORT, 'a published version never changes; make a new one'); END
"""
FROZEN_VERSION_POSTGRESQL = (
    """
CREATE FUNCTION survey_versions_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (
        NEW.document::text IS DISTINCT FROM OLD.document::text OR NEW.number <> OLD.number
        OR NEW.survey_id <> OLD.survey_id OR NEW.club_id <> OLD.club_id OR NEW.state = 'draft')
    THEN RAISE EXCEPTION 'a published version never changes; make a new one' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
""",
    """
CREATE TRIGGER survey_versions_frozen BEFORE UPDATE ON survey_versions
FOR EACH ROW EXECUTE FUNCTION survey_versions_frozen()
""",
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _guard_sqlite() -> None:
    for table, operations, condition, message in GUARDS:
        for operation in operations:
            op.execute(
                f"CREATE TRIGGER {table}_no_{operation.lower()} BEFORE {operation} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
    op.execute(FROZEN_VERSION_SQLITE)


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table, operations, condition, message in GUARDS:
        op.execute(
            f"CREATE TRIGGER {table}_refused BEFORE {' OR '.join(operations)} ON {table} "
            f"FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION refuse_change('{message}')"
        )
    for statement in FROZEN_VERSION_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, *_rest in GUARDS:
            op.execute(f"DROP TRIGGER {table}_refused ON {table}")
        op.execute("DROP TRIGGER survey_versions_frozen ON survey_versions")
        op.execute("DROP FUNCTION refuse_change()")
        op.execute("DROP FUNCTION survey_versions_frozen()")
        return
    for table, operations, *_rest in GUARDS:
        for operation in operations:
            op.execute(f"DROP TRIGGER {table}_no_{operation.lower()}")
    op.execute("DROP TRIGGER survey_versions_frozen")
