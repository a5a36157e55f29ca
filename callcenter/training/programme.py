"""The way to a certificate: which steps are still to be taken. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from callcenter.training.models import StepKind
from callcenter.training.standing import Held
from callcenter.training.standing import Standing

WHOLE = (StepKind.READ, StepKind.PRACTICE, StepKind.QUIZ, StepKind.CHECKLIST)
# Who has called for the survey learns what is new, and shows it.
AGAIN = (StepKind.READ, StepKind.QUIZ)
NEEDED: dict[Standing, tuple[StepKind, ...]] = {
    Standing.NEVER: WHOLE,
    Standing.REVOKED: WHOLE,
    Standing.EXPIRED: AGAIN,
    Standing.REWORDED: AGAIN,
    Standing.ENDING: AGAIN,
    Standing.CERTIFIED: (),
}


@dataclass(frozen=True)
class Taken:
    """A step that was taken in version `number`; `percent` where it is scored."""

    kind: StepKind
    number: int
    taken_at: datetime
    is_passed: bool
    percent: int | None = None


@dataclass(frozen=True)
class Stage:
    """One of the steps to take, and the last try at it since it counts (None: not tried)."""

    kind: StepKind
    last: Taken | None

    @property
    def is_done(self) -> bool:
        """Whether it is passed."""
        return self.last is not None and self.last.is_passed


def stages(standing: Standing, held: Held | None, taken: Iterable[Taken], *, from_number: int) -> list[Stage]:
    """The steps that lead to a certificate from where an operator stands; none for who has one.

    A step counts when its version's wording is that of today or much like it, and only once: not what led to the
    certificate before, nor what was before one was taken back. A step that was passed stays passed.
    """
    since = None if held is None else held.revoked_at or held.given_at
    counting = [one for one in taken if one.number >= from_number and (since is None or one.taken_at > since)]
    return [Stage(kind, _last(kind, counting)) for kind in NEEDED[standing]]


def is_through(some: Sequence[Stage]) -> bool:
    """Whether all the steps are taken."""
    return bool(some) and all(stage.is_done for stage in some)


def _last(kind: StepKind, taken: Sequence[Taken]) -> Taken | None:
    tries = [one for one in taken if one.kind is kind]
    return max(tries, key=lambda one: (one.is_passed, one.taken_at), default=None)
