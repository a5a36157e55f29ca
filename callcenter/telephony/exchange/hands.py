"""A simulated leg of somebody who takes a call over: it talks with the operator first or waits, until it is joined."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callcenter.telephony.exchange.calls import CLEARING
from callcenter.telephony.exchange.calls import SimulatedCall
from callcenter.telephony.exchange.fates import Fate
from callcenter.telephony.port import HANDOVER_CONSULT

if TYPE_CHECKING:
    from callcenter.telephony.exchange.channels import Channel


@dataclass(eq=False)
class SimulatedHand(SimulatedCall):
    """One leg in the context for hand-overs; the plan's `target` is the id of the operator's leg to talk with."""

    is_joined: bool = False

    def let_go(self) -> None:
        """The leg is part of the call that it takes over: that call lives it from here on."""
        self.is_joined = True
        if self.operator is not None:
            self.hang_up(self.operator)

    async def run(self) -> None:
        """Live the leg, until somebody hangs up or it is let go."""
        if self.plan.phone is Fate.UNCONNECTED:
            self._answer_originate(0)
            return
        leg = self.operator = self._new_channel(self.plan.device, self.plan.channel_id)
        if not await self._reach_operator(leg):
            return
        if self.plan.number == HANDOVER_CONSULT:
            await self._consult(leg)
        else:
            await self._wait(None)
        if not self.is_joined:
            self.switchboard.hang_up(leg, *CLEARING)

    async def _consult(self, leg: Channel) -> None:
        giver = self.switchboard.channels.get(self.plan.target)
        if giver is None:
            return
        leg.linkedid = giver.linkedid
        self.switchboard.join(self._new_bridge(), giver, leg)
        leaving = asyncio.ensure_future(giver.gone.wait())
        leaving.add_done_callback(lambda _gone: self.hang_up(leg))
        await self._wait(None)
        leaving.cancel()
        if not self.is_joined:
            self.switchboard.part(leg, giver)
