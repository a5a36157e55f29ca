"""The floor, put together from the rooms that know its pieces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from callcenter.calls import queries as calls
from callcenter.calls.queries import DayCount
from callcenter.campaigns import queries as campaigns
from callcenter.campaigns.models import Campaign
from callcenter.floor.parts import Floor
from callcenter.floor.parts import Left
from callcenter.floor.parts import OperatorDay
from callcenter.floor.parts import Seat
from callcenter.handover import desks
from callcenter.handover import queries as handovers
from callcenter.lines import health
from callcenter.operators import orders
from callcenter.operators import queries as operators
from callcenter.operators.models import OperatorState
from callcenter.operators.queries import OperatorLine
from callcenter.permission import census
from callcenter.queue import queries as queue
from callcenter.skips import queries as skips
from callcenter.skips.queries import SkipCount
from callcenter.training import standing
from club.members import queries as members
from config.calendar import midnight
from config.database import db


def look(club_id: int, *, zone: str, now: datetime) -> Floor:
    """The floor of a club. `zone` is where the club's day begins."""
    running = campaigns.running_ids(club_id)
    # By name, those who left the queue last.
    lines = sorted(operators.of_club(club_id), key=lambda line: line.state is OperatorState.OFF)
    return Floor(
        club_id=club_id,
        now=now,
        seats=_seats(club_id, lines, since=midnight(now, zone), now=now),
        waiting=queue.waiting(running, now=now),
        running_count=len(running),
        open_count=len(campaigns.open_campaign_ids([club_id], now=now)),
        lines=health.of_all(),
    )


def left(club_id: int, *, now: datetime) -> list[Left]:
    """Who is still to be called in each running campaign of the club, and what they wait for."""
    ids = campaigns.running_ids(club_id)
    closed = census.closed(ids, now=now)
    found = []
    for one in sorted(ids):
        name = db.session.get_one(Campaign, one).name
        groups = [group for group in census.count([one], now=now) if group.kind in census.WAITING]
        found.append(Left(one, name, groups, closed.get(name)))
    return found


def day(club_id: int, operator_id: int, *, zone: str, now: datetime) -> OperatorDay:
    """The day of one operator of the club. Raises NotFoundError for another club's."""
    since = midnight(now, zone)
    line = operators.one_of_club(club_id, operator_id)
    [seat] = _seats(club_id, [line], since=since, now=now)
    held = handovers.held(club_id, operator_id)
    free = [] if held is None else desks.free(club_id, giver=line)
    given = orders.given(club_id, operator_id, since=since)
    return OperatorDay(club_id, now, seat, given, held, free, skips.of_operator(club_id, operator_id, since=since))


def _seats(club_id: int, lines: Sequence[OperatorLine], *, since: datetime, now: datetime) -> list[Seat]:
    ids = [line.id for line in lines]
    counts = calls.day_counts(club_id, since=since)
    on_line = calls.open_calls(ids)
    skipped = skips.day_counts(club_id, since=since)
    shifts = operators.shifts(ids, since=since, now=now, calls=calls.dialled_counts(ids, since=since))
    held = queue.members_held(club_id, ids)
    closed_to = standing.barred(club_id, ids, now=now)
    phones = members.phones(club_id, list(held.values()))
    seats = []
    for line in lines:
        call = on_line.get(line.id)
        is_ours = call is not None and call.club_id == club_id
        counted = counts.get(line.id, DayCount()), shifts[line.id], skipped.get(line.id, SkipCount())
        own_call = call if is_ours else None
        phone = own_call.phone if own_call else phones.get(held.get(line.id, 0))
        seats.append(Seat(line, own_call, *counted, phone, closed_to[line.id]))
    return seats
