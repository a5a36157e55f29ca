"""The quota cells of a campaign: made and removed before it starts, their targets changed until it is closed.

Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy import insert
from sqlalchemy import update

from callcenter.campaigns import requesting
from callcenter.campaigns import running
from callcenter.campaigns.errors import CampaignStateError
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.queue.models import CellKind
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from callcenter.quotas import cells
from callcenter.quotas import questions
from callcenter.quotas.assigning import conditions_of
from callcenter.quotas.cells import Part
from callcenter.quotas.questions import QuotaQuestion
from club.members import queries as members
from club.members.facets import Facet
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError

MOST_CELLS = 200
HIGHEST_TARGET = 1_000_000


def add(
    club_id: int, campaign_id: int, axes: Mapping[str, Sequence[Part]], *, target: int, user_id: int | None
) -> None:
    """Make a cell of every combination of the facets' parts, each with this target, and draw the members anew.

    Raises CampaignStateError once the campaign was started; InvalidInputError on `facets` when nothing is chosen or it
    makes too many cells, on `overlap` when a member could belong to two, on `target`; NotFoundError for a branch or a
    tier that is not the club's.
    """
    _draft(club_id, campaign_id)
    _ensure_there(club_id, axes)
    _insert(club_id, campaign_id, CellKind.MEMBERS, axes, target)
    requesting.request_build(club_id, campaign_id, user_id=user_id)


def add_for_answers(club_id: int, campaign_id: int, axes: Mapping[str, Sequence[Part]], *, target: int) -> None:
    """Make a cell of every combination of answers to questions of the campaign's survey, each with this target.

    Raises as `add`, InvalidInputError on `facets` also for a question or an answer that the survey does not have.
    """
    campaign = _draft(club_id, campaign_id)
    asked = questions.of_version(club_id, campaign.version_id)
    if not all(code in asked and _are_answers(asked[code], parts) for code, parts in axes.items()):
        raise InvalidInputError("facets", "the survey has no such question or answer")
    _insert(club_id, campaign_id, CellKind.ANSWERS, axes, target)


def remove(club_id: int, campaign_id: int, cell_id: int, *, user_id: int | None) -> None:
    """Take one cell away and draw the members anew. Raises CampaignStateError once started, NotFoundError."""
    _draft(club_id, campaign_id)
    in_cell = (QueueEntry.campaign_id == campaign_id, QueueEntry.cell_id == cell_id)
    db.session.execute(update(QueueEntry).where(*in_cell).values(cell_id=None))
    removed = delete(QuotaCell).where(QuotaCell.campaign_id == campaign_id, QuotaCell.id == cell_id)
    kind = db.session.scalar(removed.returning(QuotaCell.kind))
    if kind is None:
        raise NotFoundError(f"Campaign {campaign_id} has no quota cell {cell_id}.")
    if kind is CellKind.MEMBERS:
        requesting.request_build(club_id, campaign_id, user_id=user_id)


def call_others(club_id: int, campaign_id: int, *, is_wanted: bool, user_id: int | None) -> None:
    """Call the members of no cell too, or leave them out. Raises CampaignStateError once the campaign was started."""
    campaign = _draft(club_id, campaign_id)
    campaign.calls_others = is_wanted
    db.session.flush()
    requesting.request_build(club_id, campaign_id, user_id=user_id)


def set_targets(club_id: int, campaign_id: int, targets: Mapping[int, int]) -> None:
    """Want so many completes of each cell, never fewer than there are and are being held.

    Raises CampaignStateError when the campaign is closed, NotFoundError, InvalidInputError on `target-<cell id>`.
    """
    if running.get(club_id, campaign_id).state is CampaignState.CLOSED:
        raise CampaignStateError(f"Campaign {campaign_id} is closed.")
    if not set(targets) <= {cell_id for kind in CellKind for cell_id in conditions_of(campaign_id, kind)}:
        raise NotFoundError(f"Campaign {campaign_id} has no such quota cells.")
    for cell_id in sorted(targets):
        field, target = f"target-{cell_id}", targets[cell_id]
        _ensure_target(field, target)
        # A claim of this very moment waits for us here, or we for it.
        changed = db.session.scalar(
            update(QuotaCell)
            .where(QuotaCell.id == cell_id, QuotaCell.reserved_count + QuotaCell.completed_count <= target)
            .values(target_count=target)
            .returning(QuotaCell.id)
        )
        if changed is None:
            raise InvalidInputError(field, "fewer than are complete or with operators")


def _insert(club_id: int, campaign_id: int, kind: CellKind, axes: Mapping[str, Sequence[Part]], target: int) -> None:
    _ensure_target("target", target)
    existing, new = list(conditions_of(campaign_id, kind).values()), cells.cross(axes)
    if not 0 < len(new) <= MOST_CELLS - len(existing):
        raise InvalidInputError("facets", f"a campaign has at most {MOST_CELLS} cells, and at least one is made")
    if cells.overlap([*existing, *new]):
        raise InvalidInputError("overlap", "something could belong to two of these cells")
    row = {"club_id": club_id, "campaign_id": campaign_id, "kind": kind, "target_count": target}
    db.session.execute(insert(QuotaCell), [{**row, "facets": facets} for facets in new])


def _are_answers(question: QuotaQuestion, parts: Sequence[Part]) -> bool:
    if question.choices:
        return all(isinstance(part, list) and set(part) <= set(question.choices) for part in parts)
    return all(isinstance(part, dict) for part in parts)


def _draft(club_id: int, campaign_id: int) -> Campaign:
    campaign = running.get(club_id, campaign_id)
    if campaign.state is not CampaignState.DRAFT:
        raise CampaignStateError(f"Campaign {campaign_id} is {campaign.state}; its cells stay.")
    return campaign


def _ensure_there(club_id: int, axes: Mapping[str, Sequence[Part]]) -> None:
    for facet, there in ((Facet.BRANCH, members.branches(club_id)), (Facet.TIER, members.tiers(club_id))):
        chosen = {number for part in axes.get(facet, ()) for number in part}
        if not chosen <= {one.id for one in there}:
            raise NotFoundError(f"Club {club_id} has no such {facet}.")


def _ensure_target(field: str, target: int) -> None:
    if not 0 <= target <= HIGHEST_TARGET:
        raise InvalidInputError(field, f"between 0 and {HIGHEST_TARGET}")
