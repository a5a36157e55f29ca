"""What a simulated operator does with what is on the desk, and how long that takes. Pure; its chance is given."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING

from callcenter.simulation import typing_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from random import Random

    from callcenter.simulation.reading import Form
    from callcenter.simulation.reading import Sheet

# Seconds of a person, from and to: reading the card, saying a sentence and hearing the answer, closing, the wrap-up.
PREVIEW = (4.0, 12.0)
SPOKEN = (4.0, 14.0)
WRAP_UP = (3.0, 15.0)
OUTCOME = (2.0, 6.0)
MOMENT = (0.5, 1.5)
# After this many answers somebody who has no more time ends the talk.
PATIENCE = (2, 6)


class Talk(StrEnum):
    """What becomes of somebody who has answered the phone."""

    WHOLE = "whole"
    REFUSAL = "refusal"
    CUT_SHORT = "cut_short"
    WRONG_NUMBER = "wrong_number"
    NOT_HERE = "not_here"


SHARES = {Talk.WHOLE: 79, Talk.REFUSAL: 11, Talk.CUT_SHORT: 4, Talk.WRONG_NUMBER: 3, Talk.NOT_HERE: 3}


@dataclass(frozen=True)
class Act:
    """A form to send, what to type or choose in it, and after how many seconds of a person's time.

    `pause_ms` instead of them: the desk sends it by itself after so many milliseconds of its own.
    """

    action: str
    form: Mapping[str, str]
    seconds: float = 0.0
    pause_ms: int | None = None


@dataclass
class Conduct:
    """One operator's way through the desk on a day, act by act."""

    chance: Random
    today: date
    _talk: Talk = Talk.WHOLE
    _left: int = 0
    # By question what is still to be said to it.
    _to_say: dict[str, list[str]] = field(default_factory=dict)

    def next(self, desk: Sheet, *, is_leaving: bool) -> Act | None:
        """What to do now; None while there is only waiting: for the line, or for the end when the shift is over."""
        begin = desk.get("begin")
        if begin is not None:
            self._meet()
            return Act("begin", begin.fields, pause_ms=0)
        is_cut = desk.get("call") is not None
        if not is_cut and (desk.get("next") or desk.get("finish")):
            return self._lead(desk)
        if desk.get("outcome/cut_off"):
            return self._act(desk, "outcome/cut_off", OUTCOME)
        if is_leaving:
            return None
        if desk.get("call"):
            return self._act(desk, "call", PREVIEW)
        return self._go_on(desk)

    def _go_on(self, desk: Sheet) -> Act | None:
        ready = desk.get("ready")
        if ready is None:
            return None
        if ready.again_ms is not None:
            return Act("ready", {}, pause_ms=ready.again_ms)
        return self._act(desk, "ready", WRAP_UP)

    def _meet(self) -> None:
        self._talk = self.chance.choices(list(SHARES), list(SHARES.values()))[0]
        self._left = self.chance.randint(*PATIENCE) if self._talk is Talk.CUT_SHORT else 0
        self._to_say.clear()

    def _lead(self, desk: Sheet) -> Act:
        """The next step of the interview, or its early end."""
        early = self._early_end(desk)
        if early is not None:
            return early
        question = desk.question
        to_say = (
            [] if question is None else self._to_say.setdefault(question.fields["question"], self._values(question))
        )
        if question is None or not to_say:
            # The outcome comes first where the member said no: that step has no other way on.
            onward = next(name for name in ("finish", "next", "outcome/refusal") if desk.get(name))
            return self._act(desk, onward, SPOKEN if question is None else MOMENT)
        self._left -= 1
        return Act(question.action, {**question.fields, "value": to_say.pop()}, self._time(SPOKEN))

    def _early_end(self, desk: Sheet) -> Act | None:
        if self._talk is Talk.WHOLE or (self._talk is Talk.CUT_SHORT and self._left > 0):
            return None
        outcome = Talk.REFUSAL if self._talk is Talk.CUT_SHORT else self._talk
        return self._act(desk, f"outcome/{outcome}", SPOKEN) if desk.get(f"outcome/{outcome}") else None

    def _values(self, question: Form) -> list[str]:
        """What is said to a question, one after the other; more than one only where many may be chosen."""
        choices = question.choices
        if not choices:
            return [typing_in.words(question.limits, chance=self.chance, today=self.today)]
        if question.action == "choose":
            return self.chance.sample(choices, self.chance.randint(1, min(2, len(choices))))
        # Consent and yes-or-no begin with yes, and few say no; ratings are mostly good.
        best = choices[0] if len(choices) <= 2 else None  # noqa: PLR2004  # yes and no
        return [best or self.chance.choice(choices[len(choices) // 3 :])]

    def _act(self, desk: Sheet, action: str, seconds: tuple[float, float]) -> Act:
        form = desk.get(action)
        return Act(action, form.fields if form else {}, self._time(seconds))

    def _time(self, seconds: tuple[float, float]) -> float:
        return self.chance.uniform(*seconds)
