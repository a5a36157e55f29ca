"""Campaigns as others see them: which may call now, how far each is, what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from callcenter.calls import aapor
from callcenter.calls.aapor import Rates
from callcenter.campaigns import jobs
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.lines.belonging import is_on
from callcenter.lines.belonging import known
from callcenter.outcomes import converting
from callcenter.permission import census
from callcenter.permission import exclusions
from callcenter.permission import rules
from callcenter.permission.census import Group
from callcenter.permission.outlook import Outlook
from callcenter.permission.outlook import outlook
from callcenter.permission.reasons import Reason
from callcenter.queue import queries as queue
from callcenter.queue.models import CellKind
from callcenter.queue.models import EntryState
from callcenter.queue.queries import Waiting
from callcenter.quotas import queries as quotas
from callcenter.quotas.queries import Fill
from callcenter.skills import catalogue
from callcenter.skills import requiring
from callcenter.skills import staff
from callcenter.skills.catalogue import Skill
from callcenter.skills.staff import Shortage
from callcenter.training.gate import is_open_to
from club.members import queries as members
from config.database import db
from config.errors import NotFoundError
from config.jobs import runs
from config.jobs.models import JobRun
from config.jobs.models import JobState
from config.jobs.runs import Progress
from surveys.interviews.counting import left_out_counts
from surveys.questionnaires import queries as surveys


@dataclass(frozen=True)
class CampaignLine:
    """A campaign with its counts; `rates` are of the entries that were tried.

    Interviews that a review rejected, `rejected_count`, are not in `by_code`; in the rates they stand at 2.36.
    """

    campaign: Campaign
    entries: Mapping[EntryState, int]
    by_code: Mapping[str, int]
    rates: Rates
    rejected_count: int

    @property
    def total(self) -> int:
        """All entries."""
        return sum(self.entries.values())

    @property
    def complete_count(self) -> int:
        """Complete interviews."""
        return self.by_code.get(aapor.COMPLETE, 0)


@dataclass(frozen=True)
class Details:
    """What only the page of a campaign shows: its survey, its sample in names, its queue and its build.

    `groups` count its members by reason, `quotas` are its cells together, `outlook` is what was drawn, `closed` why it
    may not call at this moment; `missed_callbacks` are its members who were promised a call that was not made in time,
    `shortages` those whom nobody may call. `refusal_wait` is after how many minutes who refused is asked once more.
    """

    survey: str
    branches: list[str]
    tiers: list[str]
    waiting: Waiting
    missed_callbacks: int
    left_out_count: int
    skills: Sequence[Skill]
    shortages: Sequence[Shortage]
    refusal_wait: int | None
    groups: Sequence[Group]
    quotas: Fill
    outlook: Outlook | None
    closed: Reason | None
    run: JobRun | None
    progress: Progress


def open_campaign_ids(
    club_ids: Sequence[int], *, line: str | None = None, operator_id: int | None = None, now: datetime
) -> list[int]:
    """The running campaigns that may call now, by their clubs' clocks and free days, in their order of service.

    With `line` those of that telephone line alone; with `operator_id` those that the operator is trained for, where a
    campaign asks for it.
    """
    query = select(Campaign).where(Campaign.club_id.in_(club_ids), Campaign.state == CampaignState.RUNNING)
    if line is not None:
        query = query.where(is_on(Campaign.line, known(line)))
    if operator_id is not None:
        query = query.where(is_open_to(operator_id, now=now))
    running = db.session.scalars(query.order_by(Campaign.priority, Campaign.id)).all()
    hours = rules.hours_of(running, now=now)
    return [campaign.id for campaign in running if hours[campaign.id].is_open(now)]


def running_ids(club_id: int) -> list[int]:
    """The running campaigns of a club, whatever the hour."""
    return list(
        db.session.scalars(
            select(Campaign.id).where(Campaign.club_id == club_id, Campaign.state == CampaignState.RUNNING)
        )
    )


def of_club(club_id: int) -> list[CampaignLine]:
    """The club's campaigns: those at work first, then by age, the newest first."""
    campaigns = db.session.scalars(
        select(Campaign).where(Campaign.club_id == club_id).order_by(Campaign.id.desc())
    ).all()
    order = [CampaignState.RUNNING, CampaignState.PAUSED, CampaignState.DRAFT, CampaignState.CLOSED]
    ordered = sorted(campaigns, key=lambda campaign: order.index(campaign.state))
    rejected = left_out_counts(club_id)
    return [_line(campaign, rejected.get(campaign.id, 0)) for campaign in ordered]


def names(club_id: int) -> list[tuple[int, str]]:
    """The ids and names of the club's campaigns, the newest first."""
    rows = db.session.execute(
        select(Campaign.id, Campaign.name).where(Campaign.club_id == club_id).order_by(Campaign.id.desc())
    )
    return [(campaign_id, name) for campaign_id, name in rows]


def get(club_id: int, campaign_id: int) -> CampaignLine:
    """One campaign of the club with its counts. Raises NotFoundError."""
    campaign = find(club_id, campaign_id)
    return _line(campaign, left_out_counts(club_id).get(campaign_id, 0))


def find(club_id: int, campaign_id: int) -> Campaign:
    """One campaign of the club. Raises NotFoundError."""
    campaign = db.session.get(Campaign, campaign_id)
    if campaign is None or campaign.club_id != club_id:
        raise NotFoundError(f"Club {club_id} has no campaign {campaign_id}.")
    return campaign


def details(club_id: int, campaign: Campaign, *, now: datetime) -> Details:
    """What only the campaign's page shows; `run` is a build that is still going on, or the last one if it failed."""
    sample, run = campaign.sample, jobs.last_run(campaign.id)
    groups = census.count([campaign.id], now=now)
    return Details(
        survey=surveys.version_line(club_id, campaign.version_id).name,
        branches=[one.name for one in members.branches(club_id) if one.id in sample.get("branch_ids", [])],
        tiers=[one.name for one in members.tiers(club_id) if one.id in sample.get("tier_ids", [])],
        waiting=queue.waiting([campaign.id], now=now),
        missed_callbacks=queue.missed_count(campaign.id),
        left_out_count=exclusions.count(campaign.id),
        skills=[skill for skill in catalogue.used() if skill.code in requiring.of_campaign(campaign.id)],
        refusal_wait=converting.wait_of(campaign.id),
        shortages=staff.shortages(club_id, campaign.id),
        groups=groups,
        quotas=quotas.fill([line for kind in CellKind for line in quotas.of_campaign(campaign.id, kind)]),
        outlook=outlook(campaign.build_report, groups) if campaign.build_report else None,
        closed=census.closed([campaign.id], now=now).get(campaign.name),
        run=run if run is not None and run.state is not JobState.DONE else None,
        progress=runs.progress_of(run.id) if run is not None else Progress(),
    )


def _line(campaign: Campaign, left_out: int) -> CampaignLine:
    counts = queue.counts(campaign.id)
    # Never below nothing: what is counted of a large queue may be some seconds older than the decision.
    by_code = Counter(counts.by_code) - Counter({aapor.COMPLETE: left_out})
    rejected = counts.by_code.get(aapor.COMPLETE, 0) - by_code[aapor.COMPLETE]
    reached = by_code + Counter({aapor.MISCELLANEOUS: rejected})
    return CampaignLine(campaign, counts.by_state, by_code, aapor.rates(aapor.count_by_symbol(reached)), rejected)
