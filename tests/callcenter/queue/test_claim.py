from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy import insert
from sqlalchemy import select
from sqlalchemy import text

from callcenter.queue import claim
from callcenter.queue import pools
from callcenter.queue import queries
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.priorities import CALLBACK_PRIORITY
from callcenter.skills.models import OperatorSkill
from club.members.models import Member
from config.database import db

NOW = datetime(2025, 11, 21, 12, tzinfo=UTC)
OF_LEASED = ("uq_queue_entries_leased_", "ix_queue_entries_lease", "ix_queue_entries_member")


@pytest.fixture
def entry(factories, club, campaign):
    def make(**fields):
        fields = {"due_at": NOW, **fields}
        return factories.entry(
            fields.pop("campaign", campaign), fields.pop("member", None) or factories.member(club), **fields
        ).id

    return make


def claim_for(operator, *campaigns):
    return claim.claim_next(operator.id, campaign_ids=[one.id for one in campaigns], now=NOW)


def test_the_entry_that_waits_longest_is_leased_for_a_quarter_of_an_hour(entry, campaign, operator):
    entry(due_at=NOW - timedelta(minutes=1))
    first = entry(due_at=NOW - timedelta(hours=1))

    claimed = claim_for(operator, campaign)

    line = queries.get(first)
    assert claimed == first
    assert (line.state, line.operator_id) == (EntryState.LEASED, operator.id)
    assert line.lease_until == NOW + timedelta(minutes=15)


def test_a_due_callback_goes_before_all_others(entry, campaign, operator):
    entry(due_at=NOW - timedelta(days=3))
    promised = entry(due_at=NOW, priority=CALLBACK_PRIORITY, callback_at=NOW)

    assert claim_for(operator, campaign) == promised


def test_a_due_callback_goes_before_the_entries_of_an_earlier_campaign(entry, factories, club, campaign, operator):
    other = factories.campaign(club)
    entry(due_at=NOW - timedelta(days=3))
    promised = entry(campaign=other, priority=CALLBACK_PRIORITY, callback_at=NOW)

    assert claim_for(operator, campaign, other) == promised


def test_a_callback_of_tomorrow_does_not_stand_in_the_way(entry, campaign, operator):
    entry(due_at=NOW + timedelta(days=1), priority=CALLBACK_PRIORITY)
    due = entry()

    assert claim_for(operator, campaign) == due


def test_an_operator_who_holds_an_entry_gets_the_same_one_again(entry, campaign, operator):
    entry()
    entry()

    assert claim_for(operator, campaign) == claim_for(operator, campaign)


@pytest.mark.parametrize(
    "fields",
    [{"due_at": NOW + timedelta(seconds=1)}, {"state": EntryState.CLOSED, "outcome": "1.1"}],
    ids=["not due yet", "closed"],
)
def test_nothing_is_handed_out_that_may_not_be_called(entry, campaign, operator, fields):
    entry(**fields)

    assert claim_for(operator, campaign) is None


def test_a_campaign_that_is_not_asked_for_stays_untouched(entry, factories, club, campaign, operator):
    entry()

    assert claim_for(operator, factories.campaign(club)) is None
    assert claim_for(operator) is None


def test_a_member_held_in_another_campaign_is_passed_by(entry, factories, club, campaign, operator):
    other, colleague, member = factories.campaign(club), factories.operator([club]), factories.member(club)
    entry(campaign=other, member=member)
    entry(member=member, due_at=NOW - timedelta(days=1))
    free = entry()
    claim_for(colleague, other)

    assert claim_for(operator, campaign) == free


def test_a_full_quota_cell_hands_nothing_out(entry, factories, campaign, operator):
    entry(cell_id=factories.quota_cell(campaign, 0).id)
    open_cell = entry(cell_id=factories.quota_cell(campaign, 1).id)

    assert claim_for(operator, campaign) == open_cell


def test_the_emptiest_quota_cell_is_served_first_and_those_in_no_cell_last(entry, factories, club, campaign):
    cells = [factories.quota_cell(campaign, 10), factories.quota_cell(campaign, 4)]
    in_no_cell = entry(due_at=NOW - timedelta(days=1))
    for cell in cells:
        for _ in range(3):
            entry(cell_id=cell.id)

    claimed = [claim_for(factories.operator([club]), campaign) for _ in range(7)]

    cell_of = dict(db.session.execute(select(QueueEntry.id, QueueEntry.cell_id)).all())
    large, small = (cell.id for cell in cells)
    # 0 and 0, 1/10 and 0, 1/10 and 1/4, 2/10 and 1/4; then the large one has nobody left.
    assert [cell_of[one] for one in claimed] == [large, small, large, large, small, small, None]
    assert claimed[-1] == in_no_cell


def test_a_promised_call_goes_before_the_emptiest_cell(entry, factories, campaign, operator):
    emptiest, other = factories.quota_cell(campaign, 100), factories.quota_cell(campaign, 2, completed_count=1)
    entry(cell_id=emptiest.id, due_at=NOW - timedelta(days=1))
    promised = entry(cell_id=other.id, callback_at=NOW, priority=CALLBACK_PRIORITY)

    assert claim_for(operator, campaign) == promised


def test_a_promised_call_of_a_full_cell_is_not_handed_out(entry, factories, campaign, operator):
    entry(cell_id=factories.quota_cell(campaign, 0).id, callback_at=NOW, priority=CALLBACK_PRIORITY)

    assert claim_for(operator, campaign) is None


def test_full_cells_and_those_with_nobody_to_call_are_not_looked_into(entry, factories, campaign, operator):
    entry(cell_id=factories.quota_cell(campaign, 0).id)
    entry(cell_id=factories.quota_cell(campaign, 5).id, due_at=NOW + timedelta(hours=1))
    factories.quota_cell(campaign, 5)
    lively = factories.quota_cell(campaign, 5)
    entry(cell_id=lively.id)
    other = factories.campaign(factories.club())
    entry(campaign=other, member=factories.member(factories.club()), cell_id=factories.quota_cell(other, 5).id)

    found = pools.of_operator([campaign.id], operator.id, NOW)

    assert found == [(campaign.id, lively.id, 0)]


@pytest.mark.parametrize("has_cell", [False, True], ids=["in no cell", "in a quota cell"])
def test_the_claim_reads_the_head_of_its_index_and_sorts_nothing(entry, factories, club, campaign, has_cell):
    cell_id = factories.quota_cell(campaign, 1000).id if has_cell else None
    for _ in range(100):
        entry(cell_id=cell_id)
    for _ in range(20):
        claim_for(factories.operator([club]), campaign)
    db.session.execute(text("ANALYZE queue_entries"))
    is_sqlite = db.engine.dialect.name == "sqlite"
    pool = pools.Pool(campaign.id, cell_id, 0)
    statement = claim.next_entry(pool, factories.operator([club]).id, now=NOW, skipped_since=NOW).compile(db.engine)

    plan = _plan(statement, is_sqlite)

    assert "ix_queue_entries_claim" in plan
    # Those of what is leased or of the member: PostgreSQL takes the cheapest by its counts.
    assert any(index in plan for index in OF_LEASED)
    assert "Seq Scan on queue_entries" not in plan
    assert "B-TREE" not in plan
    assert "Sort Key: e." not in plan


def _plan(statement, is_sqlite: bool) -> str:
    # A generic plan, as a prepared statement has it: it may use the index only because the state is a literal.
    connection = db.session.connection()
    if is_sqlite:
        rows = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", tuple(statement.params[name] for name in statement.positiontup)
        )
        return "\n".join(row[3] for row in rows)
    for setting in ("enable_seqscan = off", "enable_bitmapscan = off", "plan_cache_mode = force_generic_plan"):
        connection.execute(text(f"SET LOCAL {setting}"))
    names = list(statement.params)
    sql = str(statement)
    for place, name in enumerate(names, 1):
        sql = sql.replace(f"%({name})s", f"${place}")
    connection.exec_driver_sql(f"PREPARE claim AS {sql}")
    values = ", ".join(f"'{statement.params[name]}'" for name in names)
    plan = "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN EXECUTE claim({values})"))
    connection.exec_driver_sql("DEALLOCATE claim")
    return plan


def test_the_pools_are_those_of_which_the_operator_has_all_skills(entry, factories, campaign, operator):
    in_cell, lacked = factories.quota_cell(campaign, 5).id, factories.skill("tea").mask
    for needs in (0, lacked):
        entry(needs=needs)
        entry(needs=needs, cell_id=in_cell)

    found = pools.of_operator([campaign.id], operator.id, NOW)

    assert found == [(campaign.id, in_cell, 0), (campaign.id, None, 0)]


def test_of_two_pools_the_one_whose_member_waits_longest_goes_first(entry, factories, club, campaign, operator):
    had = factories.skill("tea", operator).mask
    for needs, minutes in ((0, 1), (had, 2), (0, 3), (had, 4)):
        entry(needs=needs, due_at=NOW - timedelta(minutes=minutes))
    colleagues = [factories.operator([club]) for _ in range(3)]
    for colleague in colleagues:
        db.session.add(OperatorSkill(operator_id=colleague.id, skill="tea"))

    claimed = [queries.get(claim_for(one, campaign)).due_at for one in (operator, *colleagues)]

    assert claimed == [NOW - timedelta(minutes=minutes) for minutes in (4, 3, 2, 1)]


def test_those_whom_the_operator_may_not_call_are_not_read_one_by_one(factories, club, campaign, operator):
    members = [{"club_id": club.id, "phone": f"+98912{number:07}"} for number in range(1000)]
    db.session.execute(insert(Member), members)
    common = {"club_id": club.id, "campaign_id": campaign.id, "due_at": NOW, "needs": factories.skill("tea").mask}
    waiting = [{**common, "member_id": member_id} for member_id in db.session.scalars(select(Member.id))]
    db.session.execute(insert(QueueEntry), waiting)
    free = factories.entry(campaign, factories.member(club), due_at=NOW).id
    db.session.execute(text("ANALYZE"))
    values = {"operator": operator.id, "at": NOW, "skipped_since": NOW, **pools.places([campaign.id])}
    statement = pools.in_turn(1).params(values).compile(db.engine, compile_kwargs={"literal_binds": True})

    if db.engine.dialect.name == "postgresql":
        plan = db.session.connection().exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}").scalar_one()
        assert max(_rows_read(plan[0]["Plan"])) < 20
    else:
        # One value stays out of the text: SQLAlchemy forgets it beside IS NOT.
        steps = db.session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}".replace("?", str(operator.id))
        )
        read = [step[3] for step in steps if "ix_queue_entries" in step[3] or " e " in step[3]]
        assert read
        assert all("(campaign_id=? AND cell_id=?" in step or "PRIMARY KEY" in step for step in read)
    assert claim_for(operator, campaign) == free


def _rows_read(node) -> list[float]:
    own = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    return [own, *(rows for child in node.get("Plans", []) for rows in _rows_read(child))]


def test_a_claim_is_one_statement(entry, campaign, operator):
    entry()
    ids, asked = (operator.id, [campaign.id]), []

    def hear(_connection, _cursor, sql, *_):
        asked.append(sql.split()[0])

    event.listen(db.engine, "before_cursor_execute", hear)
    claimed = claim.claim_next(ids[0], campaign_ids=ids[1], now=NOW)
    event.remove(db.engine, "before_cursor_execute", hear)

    assert claimed is not None
    # SQLite takes no other table into what a statement returns: there the look at the member is one of its own.
    looked = ["SELECT"] if db.engine.dialect.name == "sqlite" else []
    assert [one for one in asked if one not in {"BEGIN", "SAVEPOINT"}] == ["WITH", *looked]
