"""The manager actions that the simulated exchange knows, each with the permission it needs in Asterisk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from callcenter.listening.models import Manner
from callcenter.telephony.port import HANDOVER_CONSULT
from callcenter.telephony.port import HANDOVER_CONTEXT
from callcenter.telephony.port import HANDOVER_JOIN
from callcenter.telephony.port import HOLD_CONTEXT
from callcenter.telephony.port import HOLD_MEMBER
from callcenter.telephony.port import HOLD_OPERATOR
from callcenter.telephony.port import LISTEN_CONTEXT
from callcenter.telephony.port import RECORD_CONTEXT

if TYPE_CHECKING:
    from collections.abc import Callable

    from callcenter.telephony.exchange.channels import Channel
    from callcenter.telephony.exchange.channels import Headers
    from callcenter.telephony.exchange.server import Exchange

EVERYBODY = ""
HANDOVERS = (HANDOVER_CONSULT, HANDOVER_JOIN)
# The patterns of the dialplan in deploy/asterisk/extensions.conf.
MAY_BE_DIALLED = re.compile("0[1-9][0-9]{9}")
PATTERNS = ("_09XXXXXXXXX", "_0[1-8]XXXXXXXXX")


@dataclass(frozen=True)
class Answer:
    """A response, and the events of a list that follow it to this client only."""

    response: str
    message: str = ""
    extra: Headers = field(default_factory=dict)
    rows: tuple[tuple[str, Headers], ...] = ()


def _ping(_exchange: Exchange, _fields: Headers) -> Answer:
    return Answer("Success", extra={"Ping": "Pong", "Timestamp": "0.000000"})


def _events(_exchange: Exchange, fields: Headers) -> Answer:
    return Answer("Success", extra={"Events": "Off" if fields.get("EventMask") == "off" else "On"})


def _originate(exchange: Exchange, fields: Headers) -> Answer:
    if not fields.get("Channel"):
        return Answer("Error", "Channel not specified")
    if "/" not in fields["Channel"]:
        return Answer("Error", "Invalid channel")
    if not fields.get("Exten") or not fields.get("Context"):
        return Answer("Error", "Originate needs a context and an extension here")
    is_ear = fields["Context"] == LISTEN_CONTEXT and fields["Exten"] in set(Manner)
    is_hand = fields["Context"] == HANDOVER_CONTEXT and fields["Exten"] in HANDOVERS
    if not is_ear and not is_hand and not MAY_BE_DIALLED.fullmatch(fields["Exten"]):
        return Answer("Error", "Extension does not exist.")
    exchange.place_call(fields)
    return Answer("Success", "Originate successfully queued")


def _hangup(exchange: Exchange, fields: Headers) -> Answer:
    if not exchange.hang_up(fields.get("Channel", "")):
        return Answer("Error", "No such channel")
    return Answer("Success", "Channel Hungup")


def _channels(exchange: Exchange, _fields: Headers) -> Answer:
    rows = [
        (
            "CoreShowChannel",
            channel.snapshot()
            | {"Application": _application(channel), "Duration": "00:00:01", "BridgeId": channel.bridge},
        )
        for channel in exchange.switchboard.channels.values()
    ]
    return _listed("Channels will follow", rows, end="CoreShowChannelsComplete")


def _application(channel: Channel) -> str:
    return "Wait" if channel.context == HOLD_CONTEXT and not channel.bridge else "Dial"


def _set_variable(exchange: Exchange, fields: Headers) -> Answer:
    channel = exchange.switchboard.find(fields.get("Channel", ""))
    if channel is None:
        return Answer("Error", "No such channel")
    # Nobody hears anything here, so a voice that is set off needs no more than this answer.
    channel.variables[fields.get("Variable", "")] = fields.get("Value", "")
    return Answer("Success", "Variable Set")


def _redirect(exchange: Exchange, fields: Headers) -> Answer:
    legs = _two(exchange, fields, "Channel", "ExtraChannel")
    if isinstance(legs, Answer):
        return legs
    call = exchange.call_of(legs[0])
    if fields.get("Context") != HOLD_CONTEXT or fields.get("ExtraContext") != HOLD_CONTEXT:
        # Asterisk finds out too late that there is no such place.
        exchange.hang_up(fields["Channel"])
    elif call is not None:
        call.hold(*legs)
    return Answer("Success", "Dual Redirect successful")


def _bridge(exchange: Exchange, fields: Headers) -> Answer:
    legs = _two(exchange, fields, "Channel1", "Channel2")
    if isinstance(legs, Answer):
        return legs
    hand, call = exchange.hand_of(legs[0]), exchange.call_of(legs[1])
    if hand is not None and call is not None:
        call.hand_over(*legs)
        hand.let_go()
    elif call is None or not call.resume(*legs):
        return Answer("Error", f"Unable to add Channel2 to bridge: {fields['Channel2']}")
    return Answer("Success", "Channels have been bridged")


def _press(exchange: Exchange, fields: Headers) -> Answer:
    """A key that the operator's leg is made to hear; the one of features.conf has the member's leg recorded."""
    channel = exchange.switchboard.find(fields.get("Channel", ""))
    if channel is None:
        return Answer("Error", "Channel not found")
    call = exchange.call_of(channel)
    if call is not None and fields.get("Digit") == "D" and exchange.settings.recordings is not None:
        call.record(exchange.settings.recordings)
    return Answer("Success", "DTMF successfully queued")


def _mute_recording(exchange: Exchange, fields: Headers) -> Answer:
    channel = exchange.switchboard.find(fields.get("Channel", ""))
    if channel is None:
        return Answer("Error", "Could not find specified channel")
    call = exchange.call_of(channel)
    if call is None or not call.mute_recording(is_on=fields.get("State") == "1"):
        return Answer("Error", "Cannot set mute flag")
    return Answer("Success")


def _stop_recording(exchange: Exchange, fields: Headers) -> Answer:
    channel = exchange.switchboard.find(fields.get("Channel", ""))
    if channel is None:
        return Answer("Error", "Could not find specified channel")
    call = exchange.call_of(channel)
    if call is None or not call.stop_recording():
        return Answer("Error", "Could not stop monitoring channel")
    return Answer("Success")


def _two(exchange: Exchange, fields: Headers, *names: str) -> tuple[Channel, Channel] | Answer:
    found = []
    for name in names:
        channel = exchange.switchboard.find(fields.get(name, ""))
        if channel is None:
            return Answer("Error", f"{name} does not exist: {fields.get(name, '')}")
        found.append(channel)
    return found[0], found[1]


def _dialplan(exchange: Exchange, fields: Headers) -> Answer:
    known = {
        exchange.settings.context: PATTERNS,
        HOLD_CONTEXT: (HOLD_MEMBER, HOLD_OPERATOR),
        LISTEN_CONTEXT: tuple(Manner),
        RECORD_CONTEXT: ("s",),
        HANDOVER_CONTEXT: HANDOVERS,
    }
    context = fields.get("Context", "")
    if context not in known:
        return Answer("Error", f"Did not find context {context}")
    rows = [
        ("ListDialplan", {"Context": context, "Extension": extension, "Priority": "1"}) for extension in known[context]
    ]
    return _listed("DialPlan list will follow", rows, end="ShowDialPlanComplete")


def _listed(message: str, rows: list[tuple[str, Headers]], *, end: str) -> Answer:
    complete = (end, {"EventList": "Complete", "ListItems": str(len(rows))})
    return Answer("Success", message, extra={"EventList": "start"}, rows=(*rows, complete))


ACTIONS: dict[str, tuple[str, Callable[[Exchange, Headers], Answer]]] = {
    "ping": (EVERYBODY, _ping),
    "events": (EVERYBODY, _events),
    "originate": ("originate", _originate),
    "hangup": ("call", _hangup),
    "setvar": ("call", _set_variable),
    "playdtmf": ("call", _press),
    "mixmonitormute": ("call", _mute_recording),
    "stopmixmonitor": ("call", _stop_recording),
    "redirect": ("call", _redirect),
    "bridge": ("call", _bridge),
    "showdialplan": ("reporting", _dialplan),
    "coreshowchannels": ("reporting", _channels),
}
