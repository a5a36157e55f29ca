"""The answers of an interview in one value, read after the interview has been locked by the same statement."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A volatile function looks anew: it sees what was committed while its statement waited for a lock.

    A plain join would see the answers as they were when the statement began. SQLite has one writer, who waits before.
    """
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION answers_of(bigint) RETURNS json LANGUAGE plpgsql VOLATILE AS $$ BEGIN "
            "RETURN (SELECT json_agg(json_build_array(question_id, status, value, is_on_path, revision)) "
            "FROM answers WHERE response_id = $1); END $$"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION answers_of(bigint)")
