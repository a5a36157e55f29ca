"""Asking once more who refused: one choice of a campaign among its rules. Nothing here commits."""

from __future__ import annotations

from dataclasses import replace

from callcenter.calls.aapor import REFUSAL
from callcenter.outcomes import editing
from callcenter.outcomes.queries import policy_of
from callcenter.outcomes.rules import DEFAULTS
from callcenter.outcomes.rules import REFUSAL_TIMES


def wait_of(campaign_id: int) -> int | None:
    """After how many minutes who refused is asked once more; None when they are not."""
    rule = policy_of(campaign_id).rule(REFUSAL)
    return rule.retry_minutes if rule.most_times == REFUSAL_TIMES else None


def keep(club_id: int, campaign_id: int, *, wait_minutes: int | None) -> None:
    """Ask once more after this wait, or not at all; every other rule of the campaign stays.

    It holds from the next refusal on. Raises as `editing.keep`.
    """
    chosen = dict(policy_of(campaign_id).rules)
    wait = DEFAULTS[REFUSAL].retry_minutes if wait_minutes is None else wait_minutes
    most = DEFAULTS[REFUSAL].most_times if wait_minutes is None else REFUSAL_TIMES
    chosen[REFUSAL] = replace(chosen[REFUSAL], retry_minutes=wait, most_times=most)
    editing.keep(club_id, campaign_id, chosen.values())
