"""A crowd of simulated operators in one event loop, from their coming to their going."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

from callcenter.simulation.caller import Caller
from callcenter.simulation.conduct import Conduct
from callcenter.simulation.wire import Browser
from config.database import utcnow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callcenter.simulation.caller import Shift
    from callcenter.simulation.measures import Measures
    from callcenter.simulation.scene import SignedIn

# Nobody comes in the same second as everybody else. In seconds of a person.
COMING = 60.0
# Whoever is on the line when the shift ends has so many seconds to finish; then the desk is left as it stands. It takes
# some moments, and longer only where the house is slow or nothing comes any more.
FINISHING_SECONDS = 180.0
LOOK_SECONDS = 0.2


async def work(people: Sequence[SignedIn], port: int, measures: Measures, shift: Shift, *, seed: int) -> None:
    """Let the people work at the web process until the shift is over; they finish who they are with."""
    crowd = [_caller(one, port, Random(f"{seed}:{number}"), shift, measures) for number, one in enumerate(people)]
    working = asyncio.create_task(_all(crowd, shift.speed))
    while not (working.done() or shift.is_over):
        await asyncio.wait({working}, timeout=LOOK_SECONDS)
    with suppress(TimeoutError):
        await asyncio.wait_for(working, FINISHING_SECONDS)


async def _all(crowd: Sequence[Caller], speed: float) -> None:
    async with asyncio.TaskGroup() as tasks:
        for number, caller in enumerate(crowd):
            tasks.create_task(_come(caller, COMING / speed * number / len(crowd)))


def _caller(one: SignedIn, port: int, chance: Random, shift: Shift, measures: Measures) -> Caller:
    headers = {"Cookie": one.cookie, "X-CSRFToken": one.csrf_token}
    conduct = Conduct(chance, utcnow().date())
    return Caller(one.user_id, Browser(port, headers), conduct, shift, measures)


async def _come(caller: Caller, after_seconds: float) -> None:
    await asyncio.sleep(after_seconds)
    await caller.work()
