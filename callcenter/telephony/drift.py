"""The drift check: what lives on the exchange against the calls that are open, and each difference mended and counted.

Events are the rule and this is the exception: a connection that broke, an event that was lost, a process that died
between two steps.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from callcenter.calls import dialling
from callcenter.calls.requesting import CHANNEL_PREFIX
from callcenter.telephony.errors import LineDownError
from callcenter.telephony.resync import missed
from callcenter.telephony.tracker import FINAL
from callcenter.telephony.tracker import advance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask

    from callcenter.calls.dialling import CallLine
    from callcenter.calls.models import CallState
    from callcenter.telephony.follower import Follower
    from callcenter.telephony.messages import CallMessage
    from callcenter.telephony.messages import LiveChannel
    from callcenter.telephony.port import Line
    from callcenter.telephony.tracker import Track

log = logging.getLogger(__name__)

# An Originate takes a moment until its channel exists; a list asked for in that moment proves nothing.
GRACE = timedelta(seconds=3)


class Drift(StrEnum):
    """A difference: an open call without channels, one that stands further than we heard, a leg without its call."""

    GONE = "gone"
    BEHIND = "behind"
    LEFTOVER = "leftover"


@dataclass(frozen=True)
class _Difference:
    """What the live legs of a call tell that was not known, where the call stands by it, and a leg left behind."""

    news: tuple[CallMessage, ...]
    state: CallState
    is_drift: bool
    lonely: str


class DriftCheck:
    """Compares and mends. What it mended since the last `take_mended` is counted by kind."""

    def __init__(self, app: Flask, line: Line, follower: Follower) -> None:
        self._app = app
        self._line = line
        self._follower = follower
        self._suspected: dict[str, _Difference] = {}
        self._mended: Counter[Drift] = Counter()

    def check(self, channels: Sequence[LiveChannel], *, asked_at: datetime, had_gap: bool) -> bool:
        """Mend every call that the list of live channels, asked for at `asked_at`, proves to stand elsewhere.

        After a gap in listening (`had_gap`) the list counts at once. Without one it may only be a moment apart from the
        events, which tell more (a call that is gone, but not how it ended), so it counts when the next list tells the
        same. Says whether the list spoke for every call: not yet for those just sent, and where it is asked again.
        """
        is_settled = True
        live: dict[str, list[LiveChannel]] = defaultdict(list)
        for channel in channels:
            live[channel.linkedid].append(channel)
        suspected, self._suspected = self._suspected, {}
        calls = self._follower.on_the_line()
        for call, track in calls:
            legs = live[call.channel_id]
            if not legs and not track.legs and _was_just_sent(call, asked_at):
                is_settled = False
                continue
            found = _difference(track, legs)
            if had_gap or found == suspected.get(call.channel_id):
                self._mend(found)
            elif found.is_drift:
                self._suspected[call.channel_id] = found
        for linkedid in live.keys() - {call.channel_id for call, _track in calls}:
            self._end_leftover(live[linkedid])
        return is_settled and not self._suspected

    def take_mended(self) -> dict[str, int]:
        """What was mended since this was asked last, every kind named."""
        mended, self._mended = self._mended, Counter()
        return {kind.value: mended[kind] for kind in Drift}

    def _mend(self, found: _Difference) -> None:
        for message in found.news:
            self._follower.take(message)
        if found.lonely:
            self._hang_up(found.lonely)
        elif found.is_drift:
            self._mended[Drift.GONE if found.state in FINAL else Drift.BEHIND] += 1
            log.warning("call %s had drifted and was mended: %s", found.news[0].linkedid, found.state)

    def _end_leftover(self, legs: list[LiveChannel]) -> None:
        """End an operator's leg whose call was given up. Two who are talking are not cut off."""
        if len(legs) > 1 or not legs[0].linkedid.startswith(CHANNEL_PREFIX):
            return
        with self._app.app_context():
            call = dialling.find(legs[0].linkedid)
        if call is not None and call.ended_at is not None:
            self._hang_up(legs[0].channel)

    def _hang_up(self, channel: str) -> None:
        try:
            self._line.hangup(channel)
        except LineDownError as error:
            log.warning("channel %s was left behind and not hung up: %s", channel, error)
            return
        self._mended[Drift.LEFTOVER] += 1


def _difference(track: Track, legs: Sequence[LiveChannel]) -> _Difference:
    news, after = missed(track, legs), track
    for message in news:
        after = advance(after, message)
    lonely = legs[0].channel if after.is_answered and len(legs) == 1 else ""
    has_changed = (after.state, after.is_on_hold) != (track.state, track.is_on_hold)
    return _Difference(tuple(news), after.state, bool(lonely) or has_changed, lonely)


def _was_just_sent(call: CallLine, asked_at: datetime) -> bool:
    return call.sent_at is not None and call.sent_at > asked_at - GRACE
