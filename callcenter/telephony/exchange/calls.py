"""A simulated call from its Originate to its last Hangup, in Asterisk's order of events."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from callcenter.telephony.exchange.channels import PRIVILEGE
from callcenter.telephony.exchange.channels import RINGING
from callcenter.telephony.exchange.channels import UP
from callcenter.telephony.exchange.channels import Channel
from callcenter.telephony.exchange.fates import REFUSALS
from callcenter.telephony.exchange.fates import Fate
from callcenter.telephony.exchange.sounds import Tape
from callcenter.telephony.port import HOLD_CONTEXT
from callcenter.telephony.port import HOLD_MEMBER
from callcenter.telephony.port import HOLD_OPERATOR

if TYPE_CHECKING:
    from pathlib import Path

    from callcenter.telephony.exchange.channels import Switchboard

OPERATOR_RING_SECONDS = 1.0
SETUP_SECONDS = 0.8
MEMBER_RING_SECONDS = 4.0
DECLINE_SECONDS = 3.0
NO_ANSWER_SECONDS = 30.0
TALK_SECONDS = 20.0
Cause = tuple[int, str]
CLEARING: Cause = (16, "Normal Clearing")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an Originate asks for, and what the two people will do."""

    action_id: str
    channel_id: str
    device: str
    context: str
    number: str
    caller_id: str
    ring_seconds: float
    phone: Fate
    member: Fate
    target: str = ""


@dataclass(eq=False)
class SimulatedCall:
    """One call in progress. `hang_up` may come at any moment, from the manager interface."""

    plan: Plan
    switchboard: Switchboard
    speed: float
    operator: Channel | None = None
    member: Channel | None = None
    tape: Tape | None = None
    _is_on_hold: bool = False
    _other_left: asyncio.Event = field(default_factory=asyncio.Event)
    _ended_by: asyncio.Future[Channel] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def hang_up(self, channel: Channel) -> None:
        """Somebody ends this leg now; the other one follows, except on hold, where nothing joins the two."""
        if self.member is not None and channel not in {self.operator, self.member}:
            # The leg of an operator who has handed the call over.
            self.switchboard.hang_up(channel, *CLEARING)
        elif not self._ended_by.done():
            self._ended_by.set_result(channel)
        elif self._is_on_hold and channel is not self._ended_by.result():
            self.switchboard.hang_up(channel, *CLEARING)
            self._other_left.set()

    def hold(self, operator: Channel, member: Channel) -> None:
        """Part the two; on hold already, nothing more happens."""
        if operator.bridge:
            operator.context = member.context = HOLD_CONTEXT
            operator.exten, member.exten = HOLD_OPERATOR, HOLD_MEMBER
            self.switchboard.part(operator, member)
            self._is_on_hold = True
            self._listen()

    def resume(self, operator: Channel, member: Channel) -> bool:
        """Bring the two together again. Who asks for it while they are together parts them for good, as in Asterisk."""
        if not self._is_on_hold:
            self._tear_apart(operator, member)
            return False
        self._is_on_hold = False
        self.switchboard.join(self._new_bridge(), operator, member)
        self._listen()
        return True

    def record(self, folder: Path) -> None:
        """Record the talk under the name that the member's leg has; without a name, or twice, nothing happens."""
        member = self.member
        name = member.variables.get("HAMSEDA_RECORDING", "") if member else ""
        if member is not None and member.bridge and name and self.tape is None:
            self.tape = Tape(folder / f"{name}.wav", speed=self.speed)
            self.switchboard.tell("MixMonitorStart", PRIVILEGE | member.snapshot())

    def mute_recording(self, *, is_on: bool) -> bool:
        """Record silence, or sound again; says whether anything is recorded."""
        if self.tape is None or self.member is None or self.tape.is_closed:
            return False
        self.tape.is_muted = is_on
        state = {"Direction": "both", "State": "1" if is_on else "0"}
        self.switchboard.tell("MixMonitorMute", PRIVILEGE | self.member.snapshot() | state)
        return True

    def stop_recording(self) -> bool:
        """Close the file; says whether there was one to close."""
        if self.tape is None or self.tape.is_closed:
            return False
        self.tape.close()
        return True

    def _listen(self) -> None:
        if self.tape is not None:
            self.tape.is_listening = not self._is_on_hold

    def hand_over(self, leg: Channel, member: Channel) -> None:
        """The member hears this leg instead of the operator's; which is gone with that, unless it waits on hold."""
        giver, self.operator = self.operator, leg
        if giver is not None and leg.bridge:
            self.switchboard.part(leg, giver)
        if giver is not None and member.bridge:
            self.switchboard.part(member, giver)
            self.switchboard.hang_up(giver, *CLEARING)
        leg.linkedid = self.plan.channel_id
        self._is_on_hold = False
        self.switchboard.join(self._new_bridge(), leg, member)
        self._listen()

    def _tear_apart(self, operator: Channel, member: Channel) -> None:
        # Asterisk moves the operator into a new bridge, where the member cannot follow.
        self.switchboard.part(operator, member)
        self.switchboard.join(self._new_bridge(), operator)
        self.switchboard.part(operator)
        self.hang_up(operator)

    async def run(self) -> None:
        """Live the call."""
        if self.plan.phone is Fate.UNCONNECTED:
            self._answer_originate(0)
            return
        operator = self.operator = self._new_channel(self.plan.device, self.plan.channel_id)
        if await self._reach_operator(operator):
            member = self.member = self._new_channel("PJSIP/trunk", f"{operator.uniqueid}-member")
            member.caller_number = self.plan.number
            try:
                cause = await self._reach_member(operator, member)
            finally:
                self.stop_recording()
            for left in (member, self.operator):
                self.switchboard.hang_up(left, *cause)

    async def _reach_operator(self, operator: Channel) -> bool:
        board = self.switchboard
        board.appear(operator)
        board.dial("DialBegin", None, operator, DialString=operator.device)
        board.change(operator, RINGING)
        board.dial("DialState", None, operator, DialStatus="RINGING")
        silent = self.plan.phone is Fate.SILENT
        was_left = await self._wait(self.plan.ring_seconds if silent else OPERATOR_RING_SECONDS)
        if was_left:
            board.dial("DialEnd", None, operator, DialStatus="NOANSWER")
            self._answer_originate(0)
            board.hang_up(operator, *CLEARING)
            return False
        if silent:
            # An originated leg that rings until its time is up gets no DialEnd.
            self._answer_originate(3)
            board.hang_up(operator, 19, "User alerting, no answer")
            return False
        board.change(operator, UP)
        board.dial("DialEnd", None, operator, DialStatus="ANSWER")
        self._answer_originate(4)
        return True

    async def _reach_member(self, operator: Channel, member: Channel) -> Cause:
        """Dial the member and live the talk, if there is one; gives the cause the operator's leg ends with."""
        board = self.switchboard
        board.appear(member)
        board.dial("DialBegin", operator, member, DialString=f"{self.plan.number}@trunk")
        refusal = REFUSALS.get(self.plan.member)
        was_left = await self._wait(SETUP_SECONDS)
        if not was_left and (refusal is None or refusal.rings):
            board.change(member, RINGING)
            board.dial("DialState", operator, member, DialStatus="RINGING")
            was_left = await self._wait(self._ring_seconds())
        if was_left:
            board.dial("DialEnd", operator, member, DialStatus="CANCEL")
            board.hang_up(member, *CLEARING)
        elif refusal:
            board.dial("DialEnd", operator, member, DialStatus=refusal.dial_status)
            board.hang_up(member, refusal.cause, refusal.cause_text)
            return (refusal.cause, refusal.cause_text) if refusal.cause else CLEARING
        else:
            await self._talk(operator, member)
        return CLEARING

    async def _talk(self, operator: Channel, member: Channel) -> None:
        board = self.switchboard
        board.change(member, UP)
        board.dial("DialEnd", operator, member, DialStatus="ANSWER")
        board.join(self._new_bridge(), member, operator)
        was_left = await self._wait(TALK_SECONDS if self.plan.member is Fate.HANGS_UP else None)
        first = self._ended_by.result() if was_left else member
        if self._is_on_hold:
            board.hang_up(first, *CLEARING)
            await self._other_left.wait()
        elif first.bridge:
            board.part(first, self.operator if first is member and self.operator else member)
        # Dial hangs the member's leg up before the operator's leaves the dialplan, whoever ended the talk.

    async def _wait(self, seconds: float | None) -> bool:
        """Let time pass (None: no end of it); says whether somebody hung up meanwhile."""
        if seconds is None:
            await self._ended_by
            return True
        done, _ = await asyncio.wait({self._ended_by}, timeout=seconds / self.speed)
        return bool(done)

    def _ring_seconds(self) -> float:
        special = {Fate.SILENT: NO_ANSWER_SECONDS, Fate.DECLINES: DECLINE_SECONDS}
        return special.get(self.plan.member, MEMBER_RING_SECONDS)

    def _new_bridge(self) -> str:
        return f"bridge-{self.switchboard.next_number()}"

    def _new_channel(self, device: str, uniqueid: str) -> Channel:
        name = f"{device}-{self.switchboard.next_number():08x}"
        return Channel(name, device, uniqueid, self.plan.channel_id, self.plan.context, self.plan.number)

    def _answer_originate(self, reason: int) -> None:
        known = self.operator
        fields = {
            "ActionID": self.plan.action_id,
            "Response": "Success" if reason == 4 else "Failure",  # noqa: PLR2004  AST_CONTROL_ANSWER
            "Channel": known.name if known and known.state == UP else self.plan.device,
            "Context": self.plan.context,
            "Exten": self.plan.number,
            "Reason": str(reason),
            "Uniqueid": self.plan.channel_id,
            "CallerIDNum": self.plan.caller_id or "<unknown>",
            "CallerIDName": "<unknown>",
        }
        self.switchboard.tell("OriginateResponse", PRIVILEGE | fields)
