"""Brings a live call to another desk: rings the taker's phone, and joins the member with the taker."""

from __future__ import annotations

import logging
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

from callcenter.calls import dialling
from callcenter.calls.requesting import CHANNEL_PREFIX
from callcenter.handover import keeping
from callcenter.telephony.asked import Asked
from callcenter.telephony.messages import STATE_UP
from callcenter.telephony.messages import Joined
from callcenter.telephony.messages import LegHungUp
from callcenter.telephony.messages import OriginateAnswered
from callcenter.telephony.messages import OriginateLost
from callcenter.telephony.messages import OriginateRefused
from callcenter.telephony.own_legs import OwnLegs
from callcenter.telephony.port import HAND_PREFIX
from callcenter.telephony.port import HANDOVER_CONSULT
from callcenter.telephony.port import HANDOVER_CONTEXT
from callcenter.telephony.port import HANDOVER_JOIN
from callcenter.telephony.port import DialOrder
from callcenter.telephony.port import Legs
from config.database import reading
from config.database import utcnow
from config.errors import HamsedaError

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Sequence

    from flask import Flask

    from callcenter.handover.keeping import HandLine
    from callcenter.telephony.follower import Follower
    from callcenter.telephony.messages import JoinRefused
    from callcenter.telephony.messages import LiveChannel
    from callcenter.telephony.messages import Message
    from callcenter.telephony.port import Line

log = logging.getLogger(__name__)

SEND_WITHIN = timedelta(seconds=15)
# A list of channels asked for so soon after the order proves nothing.
GRACE = timedelta(seconds=3)


class Handovers:
    """Works off the hand-overs of live calls, and writes down what becomes of the takers' legs."""

    def __init__(self, app: Flask, line: Line, follower: Follower, *, operator_channel: str) -> None:
        self._app = app
        self._line = line
        self._follower = follower
        self._operator_channel = operator_channel
        self._legs = OwnLegs(app, line, note_end=keeping.note_end)
        self._joined = Asked()
        self.moving: Collection[int] = frozenset()

    def work(self, *, now: datetime) -> None:
        """Bring each hand-over a step further. One that cannot be served stops no other."""
        hands = self._look()
        self.moving = frozenset(hand.call_id for hand in hands if hand.sent_at is not None)
        known = {hand.channel_id for hand in hands}
        self._legs.forget_all_but(known)
        self._joined.forget_all_but(known)
        for hand in hands:
            try:
                self._serve(hand, now)
            except Exception:
                log.exception("hand-over %s could not be served", hand.id)

    def take(self, message: Message) -> bool:
        """Hear what is said about a taker's leg; says whether the message was about nothing else."""
        if isinstance(message, Joined):
            return self._complete(message.linkedid, message.leg)
        if isinstance(message, LegHungUp) and message.uniqueid.startswith(HAND_PREFIX):
            # Once joined, it is the operator's leg of the call, and the row has ended.
            self._legs.end(message.uniqueid, "phone")
        channel_id = str(getattr(message, "linkedid", ""))
        if isinstance(message, OriginateAnswered) and channel_id.startswith(HAND_PREFIX):
            self._on_answer(channel_id, is_success=message.is_success)
        elif isinstance(message, OriginateRefused | OriginateLost) and channel_id.startswith(HAND_PREFIX):
            self._legs.end(channel_id, "refused")
        return channel_id.startswith(HAND_PREFIX)

    def refuse(self, message: JoinRefused) -> None:
        """The exchange did not join the two: the taker's leg goes, and the member stays."""
        log.warning("the exchange did not hand %s over: %s", message.linkedid, message.message)
        if all(hand.channel_id != message.leg for hand in self._look()):
            # Joined meanwhile: it was asked once too often.
            return
        self._legs.end(message.leg, "refused")
        self._legs.hang_up(message.leg)

    def compare(self, channels: Sequence[LiveChannel], *, asked_at: datetime) -> None:
        """Bring the rows up to what lives: a leg that is gone or up, a member joined already, a leg left behind."""
        live = {channel.uniqueid: channel for channel in channels}
        for hand in self._look():
            leg = live.get(hand.channel_id)
            if hand.sent_at is None or hand.sent_at > asked_at - GRACE:
                continue
            if leg is None:
                self._legs.end(hand.channel_id, "phone")
            elif leg.bridge and any(_is_member(other, hand) and other.bridge == leg.bridge for other in channels):
                self._follower.take(Joined(hand.call_channel_id, hand.channel_id))
                self._complete(hand.call_channel_id, hand.channel_id)
            elif leg.state == STATE_UP and hand.answered_at is None:
                self._on_answer(hand.channel_id, is_success=True)
        legs = [uniqueid for uniqueid in live if uniqueid.startswith(CHANNEL_PREFIX)]
        with self._app.app_context():
            left = keeping.left_behind(legs)
        for uniqueid in left:
            self._legs.hang_up(uniqueid)

    def _look(self) -> list[HandLine]:
        with reading(), self._app.app_context():
            return keeping.open_hands()

    def _serve(self, hand: HandLine, now: datetime) -> None:
        is_unwanted = hand.is_call_over or hand.cancel_requested_at is not None
        if hand.sent_at is None and is_unwanted:
            self._legs.end(hand.channel_id, "call_over")
        elif is_unwanted:
            self._legs.hang_up(hand.channel_id)
        elif hand.sent_at is None and now - hand.asked_at > SEND_WITHIN:
            self._legs.end(hand.channel_id, "line_down")
        elif not self._line.is_connected:
            return
        elif hand.sent_at is None:
            if hand.is_on_hold or not hand.is_attended:
                self._send(hand, now)
        elif hand.answered_at is not None and hand.confirmed_at is not None:
            self._join(hand)

    def _send(self, hand: HandLine, now: datetime) -> None:
        with self._legs.writing():
            is_ours = keeping.take(hand.id, now=now)
        if not is_ours:
            return
        self.moving = frozenset({*self.moving, hand.call_id})
        self._legs.ring(
            DialOrder(
                channel_id=hand.channel_id,
                channel=self._operator_channel.format(extension=hand.extension),
                context=HANDOVER_CONTEXT,
                number=HANDOVER_CONSULT if hand.is_attended else HANDOVER_JOIN,
                caller_id=f"Hamseda <{hand.call_id}>",
                variables={"HAMSEDA_HANDOVER": hand.giver_leg},
            )
        )

    def _join(self, hand: HandLine) -> None:
        with self._app.app_context():
            call = dialling.find(hand.call_channel_id)
        legs = None if call is None else self._follower.legs(call)
        if legs is not None and self._joined.is_time(hand.channel_id):
            self._line.join(Legs(channel_id=legs.channel_id, operator=hand.channel_id, member=legs.member))

    def _complete(self, call_channel_id: str, leg: str) -> bool:
        """The member hears the taker: their desk has the call, and the giver's leg is not needed any more."""
        with self._app.app_context():
            hand = next((one for one in keeping.open_hands() if one.channel_id == leg), None)
        if hand is None:
            return False
        self._follower.take(Joined(call_channel_id, leg))
        try:
            with self._legs.writing():
                keeping.complete(leg, now=utcnow())
        except HamsedaError as error:
            # The giver closed the call in this very moment.
            log.warning("hand-over %s came too late: %s", hand.id, error)
            self._legs.end(leg, "call_over")
            self._legs.hang_up(leg)
        self._legs.hang_up(hand.giver_leg)
        return True

    def _on_answer(self, channel_id: str, *, is_success: bool) -> None:
        if not is_success:
            self._legs.end(channel_id, "phone")
            return
        with self._legs.writing():
            keeping.note_answered(channel_id, now=utcnow())
        self.work(now=utcnow())


def _is_member(channel: LiveChannel, hand: HandLine) -> bool:
    return channel.linkedid == hand.call_channel_id and channel.uniqueid not in {hand.giver_leg, hand.channel_id}
