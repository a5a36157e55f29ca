"""A simulated supervisor's leg: it rings, is answered, and hears the leg it is told of until one of the two is gone."""

from __future__ import annotations

import asyncio

from callcenter.telephony.exchange.calls import CLEARING
from callcenter.telephony.exchange.calls import SimulatedCall
from callcenter.telephony.exchange.channels import PRIVILEGE
from callcenter.telephony.exchange.fates import Fate


class SimulatedEar(SimulatedCall):
    """One leg in the context for listening; the plan's `target` is the id of the leg to be heard."""

    async def run(self) -> None:
        """Live the leg."""
        if self.plan.phone is Fate.UNCONNECTED:
            self._answer_originate(0)
            return
        ear = self.operator = self._new_channel(self.plan.device, self.plan.channel_id)
        if not await self._reach_operator(ear):
            return
        target = self.switchboard.channels.get(self.plan.target)
        if target is None:
            # ChanSpy leaves at once, and the cause of nobody's hangup is 0.
            self.switchboard.hang_up(ear, 0, "Unknown")
            return
        self.switchboard.tell("ChanSpyStart", PRIVILEGE | ear.snapshot("Spyer") | target.snapshot("Spyee"))
        leaving = asyncio.ensure_future(target.gone.wait())
        leaving.add_done_callback(lambda _gone: self.hang_up(ear))
        await self._wait(None)
        leaving.cancel()
        self.switchboard.tell("ChanSpyStop", PRIVILEGE | ear.snapshot("Spyer") | target.snapshot("Spyee"))
        self.switchboard.hang_up(ear, *CLEARING)
