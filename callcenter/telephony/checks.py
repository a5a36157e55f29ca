"""The doctor's look at the exchange: the sign-in, and each permission the pbx process needs, tried without harm.

No phone rings: the Originate goes to a technology that no exchange has, the Hangup to a channel that does not live.
"""

from __future__ import annotations

import os
import queue
import secrets
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING
from typing import NamedTuple

import redis

from callcenter.telephony.ami import AmiClient
from callcenter.telephony.ami import Timing
from callcenter.telephony.errors import ActionRefusedError
from callcenter.telephony.errors import LineError
from callcenter.telephony.line import address_of
from callcenter.telephony.port import HANDOVER_CONTEXT
from callcenter.telephony.port import HOLD_CONTEXT
from callcenter.telephony.port import LISTEN_CONTEXT
from callcenter.telephony.port import RECORD_CONTEXT
from config.processes import heartbeats
from config.settings import FIRST_LINE

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from flask import Flask

    from config.settings import Settings

SIGN_IN_SECONDS = 5.0
EVENT_SECONDS = 5.0
# In the form every dialplan for Iran lets through; nobody is dialled, because the operator's leg comes first.
A_MOBILE = "09120000000"
DENIED = ("Permission denied", "Access Forbidden")
READ_MEND = "In manager.conf give the user `read = call,agent,reporting`, then `manager reload`."
WRITE_MEND = "In manager.conf give the user `write = originate,call,agent,reporting`, then `manager reload`."
SIGN_IN_MEND = (
    "Check HAMSEDA_AMI_HOST, _PORT, _USERNAME and _SECRET against manager.conf, and its `permit` for this machine."
)
UNNAMED_MEND = "Start `hamseda run`, which simulates an exchange, or connect an Asterisk: docs/asterisk.md."
DIALPLAN_MEND = "Take the context from deploy/asterisk/extensions.conf, then `dialplan reload`."
PLACE_MEND = "Take the context {context} from deploy/asterisk/extensions.conf, then `dialplan reload`."
FOLDER_MEND = "Let Hamseda's user read and write the folder: docs/asterisk.md, Recordings."
PBX_MEND = "Start `hamseda pbx`; if it runs, its log says why it has no connection."


class Line(NamedTuple):
    """One finding: what was looked at, whether it is well, what was seen, and how to mend it."""

    part: str
    is_well: bool
    seen: str
    mend: str = ""


class _Probe:
    """A connection of the doctor's own, and the events it hears."""

    def __init__(self, settings: Settings) -> None:
        self.events: queue.Queue[tuple[str, dict[str, str]]] = queue.Queue()
        self.up: queue.Queue[int] = queue.Queue()
        self.client = AmiClient(
            address_of(settings),
            on_event=lambda name, fields: self.events.put((name, fields)),
            on_up=self.up.put,
            timing=Timing(connect=SIGN_IN_SECONDS, reply=SIGN_IN_SECONDS),
        )
        self.context = settings.ami_context


def examine(app: Flask) -> list[Line]:
    """What the exchange of each line lets us do; a line beside the first is named in the part."""
    settings: Settings = app.config["SETTINGS"]
    first = _examine(app, settings, FIRST_LINE)
    others = [(name, _examine(app, settings.on_line(name), name)) for name in settings.line_names[1:]]
    return first + [
        _named(finding, name) for name, found in others for finding in found if finding.part.startswith("exchange")
    ]


def _named(finding: Line, name: str) -> Line:
    """The finding about another line, with the names of its own settings and command."""
    mend = finding.mend.replace("HAMSEDA_AMI_HOST, _PORT", f"HAMSEDA_AMI_HOST_{name.upper()}, HAMSEDA_AMI_PORT_…")
    mend = mend.replace("`hamseda pbx`", f"`hamseda pbx --line {name}`")
    return finding._replace(part=finding.part.replace("exchange", f"exchange {name}", 1), mend=mend)


def _examine(app: Flask, settings: Settings, name: str) -> list[Line]:
    """One exchange. Findings after a failed sign-in would only repeat it, so it stands alone."""
    if not settings.ami_secret:
        return [Line("exchange", False, "HAMSEDA_AMI_SECRET is not set, and no exchange is simulated", UNNAMED_MEND)]
    where = f"{settings.ami_host}:{settings.ami_port}"
    with _probe(settings) as probe:
        try:
            probe.up.get(timeout=SIGN_IN_SECONDS)
        except queue.Empty:
            return [Line("exchange", False, f"{where}: {probe.client.problem}", SIGN_IN_MEND)]
        findings = [Line("exchange", True, f"signed in at {where} as {settings.ami_username}")]
        findings += [check(probe) for check in PERMISSIONS]
    return [*findings, _recordings(settings), _pbx(app, name)]


@contextmanager
def _probe(settings: Settings) -> Iterator[_Probe]:
    probe = _Probe(settings)
    probe.client.start()
    try:
        yield probe
    finally:
        probe.client.close()


def _may_originate(probe: _Probe) -> Line:
    return _write("originate", probe, "Originate", {**_nowhere(probe), "Exten": "nobody"})


def _nowhere(probe: _Probe) -> dict[str, str]:
    return {"Channel": "Hamseda/doctor", "Context": probe.context, "Exten": A_MOBILE, "Priority": "1", "Async": "true"}


def _may_hang_up(probe: _Probe) -> Line:
    return _write("call", probe, "Hangup", {"Channel": f"Hamseda/doctor-{secrets.token_hex(8)}"})


def _may_list(probe: _Probe) -> Line:
    return _write("reporting", probe, "CoreShowChannels", {}, is_list=True)


def _can_hold(probe: _Probe) -> Line:
    """Whether the dialplan has the place where a call on hold waits."""
    return _has_place("hold", probe, HOLD_CONTEXT)


def _can_listen(probe: _Probe) -> Line:
    """Whether the dialplan has the place from which a supervisor listens."""
    return _has_place("listen", probe, LISTEN_CONTEXT)


def _can_record(probe: _Probe) -> Line:
    """Whether the dialplan has the place where a recording begins."""
    return _has_place("record", probe, RECORD_CONTEXT)


def _can_hand_over(probe: _Probe) -> Line:
    """Whether the dialplan has the place to which somebody comes who takes a call over."""
    return _has_place("hand over", probe, HANDOVER_CONTEXT)


def _has_place(what: str, probe: _Probe, context: str) -> Line:
    part = f"exchange, {what}"
    try:
        probe.client.request("ShowDialPlan", {"Context": context}, is_list=True)
    except LineError as error:
        return Line(part, False, str(error), PLACE_MEND.format(context=context))
    return Line(part, True, f"{context} is there")


def _hears_calls(probe: _Probe) -> Line:
    """Whether events of calls are heard: an Originate that comes to nothing says so in an event of that class."""
    part = "exchange, read call"
    mark = f"hamseda-doctor-{secrets.token_hex(8)}"
    try:
        probe.client.submit("Originate", _nowhere(probe), action_id=mark).result()
        # Until then other events may come without end: those of other classes, of other calls.
        deadline = monotonic() + EVENT_SECONDS
        while probe.events.get(timeout=max(0.0, deadline - monotonic()))[1].get("ActionID") != mark:
            pass
    except LineError as error:
        if "Extension does not exist" in str(error):
            return Line("exchange, dialplan", False, f"{probe.context} lets no {A_MOBILE} through", DIALPLAN_MEND)
        return Line(part, False, f"could not be tried: {error}", WRITE_MEND)
    except queue.Empty:
        return Line(part, False, "no event of a call is heard", READ_MEND)
    return Line(part, True, "heard")


def _write(permission: str, probe: _Probe, action: str, headers: dict[str, str], *, is_list: bool = False) -> Line:
    part = f"exchange, write {permission}"
    try:
        probe.client.request(action, headers, is_list=is_list)
    except ActionRefusedError as error:
        # Any other refusal came after the permission was found in order.
        if any(word in str(error) for word in DENIED):
            return Line(part, False, f"{action} is not permitted", WRITE_MEND)
    except LineError as error:
        return Line(part, False, str(error), SIGN_IN_MEND)
    return Line(part, True, f"{action} is permitted")


def _recordings(settings: Settings) -> Line:
    """Whether the files that the exchange leaves can be read, and deleted when their time is over."""
    folder = settings.recordings
    if not folder.exists():
        # Asterisk makes it with the first recording.
        return Line("recordings", True, f"{folder} is not there: nothing was recorded, or HAMSEDA_RECORDINGS is wrong")
    may_do = os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    return Line("recordings", may_do, f"{folder} can {'' if may_do else 'not '}be read and cleared", FOLDER_MEND)


def _pbx(app: Flask, name: str) -> Line:
    """Whether the pbx process itself is connected, by the pulse it gives while it is."""
    part = "exchange, held by pbx"
    try:
        with app.app_context():
            is_beating = heartbeats.is_beating(heartbeats.of_line("line", name))
    except redis.RedisError:
        return Line(part, False, "Redis does not answer", "Mend Redis first.")
    return Line(part, True, "connected") if is_beating else Line(part, False, "not connected", PBX_MEND)


PERMISSIONS: tuple[Callable[[_Probe], Line], ...] = (
    _may_originate,
    _may_hang_up,
    _may_list,
    _can_hold,
    _can_listen,
    _can_record,
    _can_hand_over,
    _hears_calls,
)
