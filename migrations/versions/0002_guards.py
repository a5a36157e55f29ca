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
# INSERT OR REPLACE of SQLite and TRUNCATE of PostgreSQL delete rows without asking the triggers of DELETE.
# table, what a new row would replace
REPLACED = (
    (
        "ledger_entries",
        "id = NEW.id OR source = NEW.source AND source_id = NEW.source_id OR reverses_id = NEW.reverses_id",
    ),
    ("call_events", "id = NEW.id"),
    ("survey_versions", "state <> 'draft' AND (id = NEW.id OR survey_id = NEW.survey_id AND number = NEW.number)"),
    ("version_questions", "id = NEW.id OR version_id = NEW.version_id AND code = NEW.code"),
)
# A published version may only be closed: its wording, number and survey stay.
FROZEN_VERSION_SQLITE = """
CREATE TRIGGER survey_versions_frozen BEFORE UPDATE ON survey_versions
WHEN OLD.state <> 'draft' AND (
    NEW.id <> OLD.id OR NEW.document IS NOT OLD.document OR NEW.number <> OLD.number OR NEW.survey_id <> OLD.survey_id
    OR NEW.club_id <> OLD.club_id OR NEW.state = 'draft')
BEGIN SELECT RAISE(ABORT, 'a published version never changes; make a new one'); END
"""
FROZEN_VERSION_POSTGRESQL = (
    """
CREATE FUNCTION survey_versions_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (
        NEW.id <> OLD.id OR NEW.document::text IS DISTINCT FROM OLD.document::text OR NEW.number <> OLD.number
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

# A held entry has a seat in its quota cell, a complete one has taken it. The seats follow the entry's row, whoever
# changes it; the check of quota_cells then refuses one too many.
HAS_SEAT = "{row}.cell_id IS NOT NULL AND ({row}.state = 'leased' OR {row}.state = 'closed' AND {row}.outcome = '1.1')"
MOVE_SEAT = """
UPDATE quota_cells SET
    reserved_count = reserved_count {sign} CASE WHEN {row}.state = 'leased' THEN 1 ELSE 0 END,
    completed_count = completed_count {sign} CASE WHEN {row}.state = 'closed' THEN 1 ELSE 0 END
WHERE id = {row}.cell_id"""
GIVE_SEAT = MOVE_SEAT.format(sign="-", row="OLD")
TAKE_SEAT = MOVE_SEAT.format(sign="+", row="NEW")
# operation: which rows move a seat
SEAT_MOVES = (("INSERT", ("NEW",)), ("UPDATE OF state, outcome, cell_id", ("OLD", "NEW")), ("DELETE", ("OLD",)))


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
        _guard_seats_postgresql()
    else:
        _guard_sqlite()
        _guard_seats_sqlite()


def _first_word(operation: str) -> str:
    return operation.split(" ", maxsplit=1)[0].lower()


def _guard_seats_sqlite() -> None:
    for operation, rows in SEAT_MOVES:
        moves = ";".join(f"{GIVE_SEAT if row == 'OLD' else TAKE_SEAT} AND {HAS_SEAT.format(row=row)}" for row in rows)
        op.execute(
            f"CREATE TRIGGER queue_entries_seat_{_first_word(operation)} AFTER {operation} ON queue_entries BEGIN {moves}; END"
        )


def _guard_seats_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION queue_entries_seat() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' THEN IF {HAS_SEAT.format(row='OLD')} THEN {GIVE_SEAT}; END IF; END IF; "
        f"IF TG_OP <> 'DELETE' THEN IF {HAS_SEAT.format(row='NEW')} THEN {TAKE_SEAT}; END IF; END IF; "
        "RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER queue_entries_seat AFTER {' OR '.join(operation for operation, _ in SEAT_MOVES)} ON queue_entries "
        "FOR EACH ROW EXECUTE FUNCTION queue_entries_seat()"
    )


def _guard_sqlite() -> None:
    for table, operations, condition, message in GUARDS:
        for operation in operations:
            op.execute(
                f"CREATE TRIGGER {table}_no_{operation.lower()} BEFORE {operation} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
    for table, same in REPLACED:
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, 'a row of {table} is never replaced'); END"
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
    for table, _same in REPLACED:
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('{table} is never changed or deleted')"
        )
    for statement in FROZEN_VERSION_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, *_rest in GUARDS:
            op.execute(f"DROP TRIGGER {table}_refused ON {table}")
        for table, _same in REPLACED:
            op.execute(f"DROP TRIGGER {table}_kept ON {table}")
        op.execute("DROP TRIGGER queue_entries_seat ON queue_entries")
        op.execute("DROP FUNCTION queue_entries_seat()")
        op.execute("DROP TRIGGER survey_versions_frozen ON survey_versions")
        op.execute("DROP FUNCTION refuse_change()")
        op.execute("DROP FUNCTION survey_versions_frozen()")
        return
    for table, operations, *_rest in GUARDS:
        for operation in operations:
            op.execute(f"DROP TRIGGER {table}_no_{operation.lower()}")
    for table, _same in REPLACED:
        op.execute(f"DROP TRIGGER {table}_no_replace")
    op.execute("DROP TRIGGER survey_versions_frozen")
    for operation, _rows in SEAT_MOVES:
        op.execute(f"DROP TRIGGER queue_entries_seat_{_first_word(operation)}")
