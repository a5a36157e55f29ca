"""The line to a real exchange: the port's orders as manager actions, events as messages."""

from __future__ import annotations

import contextlib
import logging
import ssl
from typing import TYPE_CHECKING

from callcenter.telephony.ami import AmiClient
from callcenter.telephony.booting import Booting
from callcenter.telephony.errors import ActionRefusedError
from callcenter.telephony.errors import LineDownError
from callcenter.telephony.errors import ReplyLostError
from callcenter.telephony.link import Address
from callcenter.telephony.messages import ChannelsListed
from callcenter.telephony.messages import Held
from callcenter.telephony.messages import Joined
from callcenter.telephony.messages import JoinRefused
from callcenter.telephony.messages import LinkUp
from callcenter.telephony.messages import Muted
from callcenter.telephony.messages import OriginateLost
from callcenter.telephony.messages import OriginateRefused
from callcenter.telephony.messages import RecordingStopped
from callcenter.telephony.messages import WishRefused
from callcenter.telephony.messages import read_channel
from callcenter.telephony.messages import read_event
from callcenter.telephony.port import HOLD_CONTEXT
from callcenter.telephony.port import HOLD_MEMBER
from callcenter.telephony.port import HOLD_OPERATOR
from callcenter.telephony.port import RECORD_CONTEXT
from config.database import utcnow

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from datetime import datetime

    from callcenter.telephony.ami import Timing
    from callcenter.telephony.messages import Message
    from callcenter.telephony.pending import Reply
    from callcenter.telephony.port import DialOrder
    from callcenter.telephony.port import Legs
    from config.settings import Settings


log = logging.getLogger(__name__)
# A key of the tone dialling that no telephone has; features.conf says what it does.
RECORD_KEY = "D"


class AmiLine:
    """A `Line` over the manager interface; `context` is the dialplan's, without which no order can be given."""

    def __init__(self, address: Address, *, context: str, timing: Timing | None = None) -> None:
        self._client = AmiClient(address, on_event=self._on_event, on_up=self._on_up, timing=timing)
        self._booting = Booting(self._client, context)
        self._deliver: Callable[[Message], None] = _nobody_listens

    @property
    def is_connected(self) -> bool:
        """Whether orders can be given now."""
        return self._client.is_connected and self._booting.is_over

    @property
    def problem(self) -> str:
        """Why there is no connection; empty while there is one."""
        return self._client.problem

    def start(self, deliver: Callable[[Message], None]) -> None:
        """Connect, stay connected, and hand every message to `deliver`."""
        self._deliver = deliver
        self._client.start()

    def originate(self, order: DialOrder) -> None:
        """Send the order; its refusal or the loss of its reply comes as a message. Raises as the port says."""
        # The action has the call's own id, because OriginateResponse may carry no other.
        reply = self._client.submit("Originate", _headers(order), order.variables, action_id=order.channel_id)
        reply.add_done_callback(lambda future: self._on_originate_reply(order.channel_id, future))

    def hangup(self, channel: str) -> None:
        """Ask to end a channel by its name or its id."""
        self._client.submit("Hangup", {"Channel": channel, "Cause": "16"})

    def mute(self, legs: Legs, *, is_on: bool) -> None:
        """Set the operator's voice off or on at the exchange."""
        headers = {"Channel": legs.operator, "Variable": "MUTEAUDIO(in)", "Value": "on" if is_on else "off"}
        reply = self._client.submit("Setvar", headers)
        reply.add_done_callback(lambda future: self._on_wish(legs, future, Muted(legs.channel_id, is_on)))

    def hold(self, legs: Legs) -> None:
        """Send both legs to where they wait, if the dialplan has such a place: without it they would be hung up."""
        place = self._client.submit("ShowDialPlan", {"Context": HOLD_CONTEXT}, is_list=True)
        place.add_done_callback(lambda future: self._on_place(legs, future))

    def resume(self, legs: Legs) -> None:
        """Bridge both legs."""
        reply = self._client.submit("Bridge", {"Channel1": legs.operator, "Channel2": legs.member})
        reply.add_done_callback(lambda future: self._on_wish(legs, future))

    def record(self, legs: Legs, name: str) -> None:
        """Name the file on the member's leg and press the key, if the dialplan knows it: else the member heard it.

        One that runs already is not begun again, and tells no more that it began. So it is asked to record sound, which
        it answers with an event, and what does not run refuses.
        """
        place = self._client.submit("ShowDialPlan", {"Context": RECORD_CONTEXT}, is_list=True)
        naming = {"Channel": legs.member, "Variable": "HAMSEDA_RECORDING", "Value": name}
        pressing = {"Channel": legs.operator, "Digit": RECORD_KEY, "Receive": "true"}
        sounding = {"Channel": legs.member, "Direction": "both", "State": "0"}

        def press(named: Future[Reply]) -> None:
            self._after(named, "PlayDTMF", pressing, lambda pressed: self._after(pressed, "MixMonitorMute", sounding))

        self._after(place, "Setvar", naming, press)

    def pause_recording(self, legs: Legs, *, is_on: bool) -> None:
        """Mute the file, not the voices; the event tells."""
        headers = {"Channel": legs.member, "Direction": "both", "State": "1" if is_on else "0"}
        self._client.submit("MixMonitorMute", headers)

    def stop_recording(self, legs: Legs) -> None:
        """Close the file."""
        reply = self._client.submit("StopMixMonitor", {"Channel": legs.member})
        reply.add_done_callback(lambda future: self._on_wish(legs, future, RecordingStopped(legs.channel_id)))

    def join(self, legs: Legs) -> None:
        """Bridge the new leg and the member; where the member was before, the leg so far is left."""
        reply = self._client.submit("Bridge", {"Channel1": legs.operator, "Channel2": legs.member})
        reply.add_done_callback(lambda future: self._on_join(legs, future))

    def list_channels(self) -> None:
        """Ask what lives; ChannelsListed follows."""
        asked_at = utcnow()
        reply = self._client.submit("CoreShowChannels", is_list=True)
        reply.add_done_callback(lambda future: self._on_channels(asked_at, future))

    def close(self) -> None:
        """Disconnect and stop."""
        self._client.close()

    def _on_event(self, name: str, fields: dict[str, str]) -> None:
        message = read_event(name, fields)
        if message is not None:
            self._deliver(message)

    def _on_up(self, generation: int) -> None:
        self._deliver(LinkUp(generation))
        self._booting.watch(generation)

    def _on_originate_reply(self, channel_id: str, future: Future[Reply]) -> None:
        # A lost connection says nothing of the call: after the reconnect the list of channels will.
        error = future.exception()
        if isinstance(error, ActionRefusedError):
            self._deliver(OriginateRefused(channel_id, str(error)))
        elif isinstance(error, ReplyLostError):
            self._deliver(OriginateLost(channel_id))

    def _on_place(self, legs: Legs, place: Future[Reply]) -> None:
        if place.exception() is not None:
            self._on_wish(legs, place)
            return
        headers = {
            "Channel": legs.operator,
            "Context": HOLD_CONTEXT,
            "Exten": HOLD_OPERATOR,
            "Priority": "1",
            "ExtraChannel": legs.member,
            "ExtraContext": HOLD_CONTEXT,
            "ExtraExten": HOLD_MEMBER,
            "ExtraPriority": "1",
        }
        # When the connection breaks in this moment, the wish stands and is served after it.
        with contextlib.suppress(LineDownError):
            reply = self._client.submit("Redirect", headers)
            reply.add_done_callback(lambda future: self._on_wish(legs, future, Held(legs.channel_id)))

    def _after(
        self,
        before: Future[Reply],
        action: str,
        headers: dict[str, str],
        then: Callable[[Future[Reply]], None] | None = None,
    ) -> None:
        """Send an action once another one is done, and only then."""

        def go_on(done: Future[Reply]) -> None:
            if done.exception() is not None:
                log.warning("a recording was not begun: %s", done.exception())
                return
            with contextlib.suppress(LineDownError):
                reply = self._client.submit(action, headers)
                if then is not None:
                    then(reply)

        before.add_done_callback(go_on)

    def _on_wish(self, legs: Legs, reply: Future[Reply], done: Message | None = None) -> None:
        error = reply.exception()
        if isinstance(error, ActionRefusedError):
            self._deliver(WishRefused(legs.channel_id, str(error)))
        elif error is None and done is not None:
            self._deliver(done)

    def _on_join(self, legs: Legs, reply: Future[Reply]) -> None:
        # A lost connection says nothing: after it the list of channels tells who hears whom.
        error = reply.exception()
        if error is None:
            self._deliver(Joined(legs.channel_id, legs.operator))
        elif isinstance(error, ActionRefusedError):
            self._deliver(JoinRefused(legs.channel_id, legs.operator, str(error)))

    def _on_channels(self, asked_at: datetime, future: Future[Reply]) -> None:
        if future.exception() is None:
            self._deliver(ChannelsListed(tuple(read_channel(row) for row in future.result().rows), asked_at))


def _headers(order: DialOrder) -> dict[str, str]:
    return {
        "Channel": order.channel,
        "Context": order.context,
        "Exten": order.number,
        "Priority": "1",
        "Timeout": str(order.ring_seconds * 1000),
        "CallerID": order.caller_id,
        "Async": "true",
        "ChannelId": order.channel_id,
    }


def address_of(settings: Settings) -> Address:
    """Where the settings say the manager interface is."""
    return Address(
        host=settings.ami_host,
        port=settings.ami_port,
        username=settings.ami_username,
        secret=settings.ami_secret,
        ssl_context=ssl.create_default_context() if settings.ami_tls else None,
    )


def _nobody_listens(message: Message) -> None:
    raise RuntimeError(f"the line was not started, but told {message}")
