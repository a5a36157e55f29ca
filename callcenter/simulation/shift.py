"""A crowd of simulated operators in one event loop, from their coming to their going."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

from callcenter.simulation.caller import Caller
from callcenter.simulation.caller import Shift
from callcenter.simulation.conduct import Conduct
from callcenter.simulation.wire import Browser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callcenter.simulation.measures import Measures
    from callcenter.simulation.scene import SignedIn

# Nobody comes in the same second as everybody else. In seconds of a person.
COMING = 60.0
# Whoever is on the line when the shift ends has so many seconds to finish; then the desk is left as it stands.
FINISHING_SECONDS = 60.0


async def work(
    people: Sequence[SignedIn], port: int, measures: Measures, *, seconds: float, speed: float, seed: int
) -> None:
    """Let the people work at the web process for so many seconds of the clock; they finish who they are with."""
    shift = Shift(until=time.monotonic() + seconds, speed=speed)
    crowd = [_caller(one, port, Random(f"{seed}:{number}"), shift, measures) for number, one in enumerate(people)]
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds + FINISHING_SECONDS):
            async with asyncio.TaskGroup() as tasks:
                for number, caller in enumerate(crowd):
                    tasks.create_task(_come(caller, COMING / speed * number / len(crowd)))


def _caller(one: SignedIn, port: int, chance: Random, shift: Shift, measures: Measures) -> Caller:
    headers = {"Cookie": one.cookie, "X-CSRFToken": one.csrf_token}
    return Caller(one.user_id, Browser(port, headers), Conduct(chance), shift, measures)


async def _come(caller: Caller, after_seconds: float) -> None:
    await asyncio.sleep(after_seconds)
    await caller.work()
