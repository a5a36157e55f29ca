from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlalchemy import insert
from sqlalchemy import select
from sqlalchemy import update

from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from club.members.models import Member
from config.database import db

# They take the whole machine.
pytestmark = pytest.mark.alone

PROCESSES = 16
ROOT = Path(__file__).parents[3]
PROGRAM = Path(__file__).with_name("claiming.py")
# Of a crowd that hangs; how quick the machine is decides nothing.
BOUND_SECONDS = 600


@pytest.fixture
def operators(factories, club):
    return [factories.operator([club]).id for _ in range(PROCESSES)]


def members_of(club, count, **fields):
    rows = [
        {"club_id": club.id, "phone": f"+98912{number:07}", "consent_calls": True, **fields} for number in range(count)
    ]
    db.session.execute(insert(Member), rows)
    return list(db.session.scalars(select(Member.id).where(Member.club_id == club.id)))


def queue_up(campaign, members):
    rows = [{"club_id": campaign.club_id, "campaign_id": campaign.id, "member_id": member} for member in members]
    db.session.execute(insert(QueueEntry), rows)
    db.session.commit()


def work_the_queue(app, operators, campaign_ids, outcome="2.11") -> list[list[int]]:
    """Let every operator, in a process of their own, claim and close until nothing is left: the entries each had."""
    db.session.remove()
    done = subprocess.run(
        [
            sys.executable,
            str(PROGRAM),
            app.config["SQLALCHEMY_DATABASE_URI"],
            json.dumps(operators),
            json.dumps(campaign_ids),
            outcome,
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=BOUND_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_sixteen_processes_find_no_member_twice_and_lose_none(app, factories, club, operators):
    campaign = factories.campaign(club)
    queue_up(campaign, members_of(club, 400))
    entries = set(db.session.scalars(select(QueueEntry.id)))

    had = work_the_queue(app, operators, [campaign.id])

    every = [entry for one in had for entry in one]
    assert len(every) == len(set(every)) == 400
    assert set(every) == entries
    assert sum(bool(one) for one in had) > PROCESSES // 2
    assert not db.session.scalar(select(func.count()).where(QueueEntry.state != EntryState.CLOSED))


def test_members_of_two_campaigns_are_held_by_one_operator_at_a_time(app, factories, club, operators):
    campaigns = [factories.campaign(club) for _ in range(2)]
    members = members_of(club, 50)
    for campaign in campaigns:
        queue_up(campaign, members)
    campaign_ids = [one.id for one in campaigns]

    had = work_the_queue(app, operators, campaign_ids)

    every = [entry for one in had for entry in one]
    assert len(every) == len(set(every)) == 100
    assert not db.session.scalar(select(func.count()).where(QueueEntry.state != EntryState.CLOSED))


def test_many_who_may_not_be_called_stand_in_nobodys_way(app, factories, club, operators):
    campaigns = [factories.campaign(club) for _ in range(2)]
    members = members_of(club, 50, consent_calls=False)
    for campaign in campaigns:
        queue_up(campaign, members)

    had = work_the_queue(app, operators, [one.id for one in campaigns])

    assert not any(had)
    assert db.session.scalar(select(func.count()).where(QueueEntry.is_barred)) > 0
    assert not db.session.scalar(select(func.count()).where(QueueEntry.state == EntryState.LEASED))


def test_a_quota_cell_is_never_overfilled_by_many(app, factories, club, operators):
    campaign = factories.campaign(club)
    cell_id = factories.quota_cell(campaign, 25).id
    queue_up(campaign, members_of(club, 60))
    db.session.execute(update(QueueEntry).values(cell_id=cell_id))
    db.session.commit()

    had = work_the_queue(app, operators, [campaign.id], outcome="1.1")

    cell = db.session.get_one(QuotaCell, cell_id)
    assert sum(len(one) for one in had) == 25
    assert (cell.reserved_count, cell.completed_count) == (0, 25)


def test_two_hundred_operators_fill_every_quota_cell_and_none_too_full(app, factories, club):
    # SQLite has one writer: there the crowd only waits.
    crowd = 200 if db.engine.dialect.name == "postgresql" else PROCESSES
    crowd_ids = [factories.operator([club]).id for _ in range(crowd)]
    campaign = factories.campaign(club)
    targets = [40, 25, 1, 0]
    cell_ids = [factories.quota_cell(campaign, target).id for target in targets]
    queue_up(campaign, members_of(club, 200))
    db.session.execute(update(QueueEntry).values(cell_id=cell_ids[0] + QueueEntry.id % len(cell_ids)))
    db.session.commit()

    had = work_the_queue(app, crowd_ids, [campaign.id], outcome="1.1")

    cells = db.session.scalars(select(QuotaCell).order_by(QuotaCell.id)).all()
    assert [cell.completed_count for cell in cells] == targets
    assert {cell.reserved_count for cell in cells} == {0}
    assert sum(len(one) for one in had) == sum(targets)
