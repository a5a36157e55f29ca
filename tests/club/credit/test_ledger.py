from __future__ import annotations

from datetime import UTC
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import IntegrityError

from club.credit.errors import AlreadyReversedError
from club.credit.errors import NotReversibleError
from club.credit.models import EntryKind
from club.credit.models import LedgerEntry
from club.credit.queries import balance
from club.credit.queries import ledger
from club.credit.reversal import reverse
from config.database import db
from config.errors import NotFoundError

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def member(app, factories):
    club = factories.club()
    factories.ledger_entry(factories.member(club), amount_rial=7_000_000)
    return factories.member(club)


def test_the_balance_is_the_sum_and_runs_along_the_ledger(member, factories):
    factories.ledger_entry(member, amount_rial=300_000)
    factories.ledger_entry(member, amount_rial=-100_000, kind=EntryKind.REDEEM)

    lines = ledger(member.club_id, member.id)

    assert [(line.amount_rial, line.balance_rial) for line in lines] == [(-100_000, 200_000), (300_000, 300_000)]
    assert balance(member.club_id, member.id) == 200_000


def test_a_member_without_entries_has_nothing(member):
    assert balance(member.club_id, member.id) == 0
    assert ledger(member.club_id, member.id) == []


def test_another_club_sees_no_credit(member, factories):
    factories.ledger_entry(member)
    other = factories.club()

    assert balance(other.id, member.id) == 0
    assert ledger(other.id, member.id) == []


def test_a_reversal_is_a_row_against_the_entry(member, factories):
    entry = factories.ledger_entry(member, amount_rial=300_000)

    reverse(entry.id, club_id=member.club_id, now=NOW)

    taken_back, original = ledger(member.club_id, member.id)
    assert (taken_back.kind, taken_back.amount_rial, taken_back.balance_rial) == (EntryKind.REVERSE, -300_000, 0)
    assert (original.id, original.is_reversed, taken_back.is_reversed) == (entry.id, True, False)


def test_an_entry_is_reversed_once_and_a_reversal_never(member, factories):
    entry = factories.ledger_entry(member)
    reversal_id = reverse(entry.id, club_id=member.club_id, now=NOW)

    with pytest.raises(AlreadyReversedError):
        reverse(entry.id, club_id=member.club_id, now=NOW)
    with pytest.raises(NotReversibleError):
        reverse(reversal_id, club_id=member.club_id, now=NOW)


def test_another_clubs_entry_is_not_found(member, factories):
    entry = factories.ledger_entry(member)

    with pytest.raises(NotFoundError):
        reverse(entry.id, club_id=factories.club().id, now=NOW)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE ledger_entries SET amount_rial = 1 WHERE id = :id", id="update"),
        pytest.param("UPDATE ledger_entries SET created_at = created_at WHERE id = :id", id="update to the same"),
        pytest.param("DELETE FROM ledger_entries WHERE id = :id", id="delete"),
        pytest.param("DELETE FROM ledger_entries", id="delete all"),
    ],
)
def test_the_database_refuses_to_change_or_delete_a_row(member, factories, statement):
    entry = factories.ledger_entry(member, amount_rial=300_000)
    entry_id = entry.id

    with pytest.raises(IntegrityError, match="never changed or deleted"):
        db.session.execute(text(statement), {"id": entry_id} if ":id" in statement else {})
    db.session.rollback()

    assert db.session.get(LedgerEntry, entry_id).amount_rial == 300_000


def test_the_database_refuses_to_replace_a_row(member, factories):
    entry_id = factories.ledger_entry(member, amount_rial=300_000).id
    columns = "id, club_id, member_id, kind, amount_rial, source, source_id, candidates, created_at"
    row = f"{columns.replace('amount_rial', '1')} FROM ledger_entries WHERE id = {entry_id}"
    replace = {
        "sqlite": f"INSERT OR REPLACE INTO ledger_entries ({columns}) SELECT {row}",
        "postgresql": f"INSERT INTO ledger_entries ({columns}) SELECT {row} "
        "ON CONFLICT (id) DO UPDATE SET amount_rial = 1",
    }

    with pytest.raises(IntegrityError):
        db.session.execute(text(replace[db.engine.dialect.name]))
    db.session.rollback()

    assert db.session.get(LedgerEntry, entry_id).amount_rial == 300_000


def test_the_database_refuses_to_empty_the_ledger(member, factories):
    factories.ledger_entry(member)
    # SQLite's way to truncate a table is a DELETE without a condition.
    emptying = {"sqlite": "DELETE FROM ledger_entries", "postgresql": "TRUNCATE ledger_entries CASCADE"}

    with pytest.raises(DBAPIError, match="never changed or deleted"):
        db.session.execute(text(emptying[db.engine.dialect.name]))
    db.session.rollback()


def test_an_entry_of_nothing_is_refused(member, factories):
    with pytest.raises(IntegrityError):
        factories.ledger_entry(member, amount_rial=0)
    db.session.rollback()


def test_a_fact_is_paid_once_whoever_writes(member, factories):
    factories.ledger_entry(member, source="survey", source_id=1)

    with pytest.raises(IntegrityError):
        factories.ledger_entry(member, source="survey", source_id=1)
    db.session.rollback()
