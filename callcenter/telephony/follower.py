"""Follows the calls on the line: keeps each one's track, and has every change written down."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from callcenter.calls import dialling
from callcenter.calls import progress
from callcenter.calls.requesting import CHANNEL_PREFIX
from callcenter.telephony.errors import LineDownError
from callcenter.telephony.messages import CallVanished
from callcenter.telephony.messages import LegAppeared
from callcenter.telephony.port import Legs
from callcenter.telephony.resync import restored
from callcenter.telephony.tracker import FINAL
from callcenter.telephony.tracker import Track
from callcenter.telephony.tracker import advance
from config.database import db
from config.database import utcnow

if TYPE_CHECKING:
    from flask import Flask

    from callcenter.calls.dialling import CallLine
    from callcenter.calls.progress import Told
    from callcenter.telephony.messages import CallMessage
    from callcenter.telephony.port import Line

log = logging.getLogger(__name__)


@dataclass(eq=False)
class _Followed:
    call_id: int
    track: Track
    unsaved: list[Told] = field(default_factory=list)


class Follower:
    """The tracks of all calls on the line.

    A message that changes what others see of a call is written at once. What only its log has is written with the next
    of those, or at the next look: it is half of all that the line tells, and somebody waits to see a member answer.
    """

    def __init__(self, app: Flask, line: Line) -> None:
        self._app = app
        self._line = line
        self._calls: dict[str, _Followed] = {}

    def follow(self, call: CallLine) -> None:
        """Expect messages about a call that is being sent."""
        self._calls[call.channel_id] = _Followed(call.id, Track(call.channel_id))

    def forget(self, channel_id: str) -> None:
        """Expect nothing of a call any more: it was not sent after all."""
        self._calls.pop(channel_id, None)

    def operator_channel(self, call: CallLine) -> str:
        """The name of a call's operator leg for the exchange, or its id as long as the name is not known."""
        followed = self._calls.get(call.channel_id)
        return (followed and followed.track.operator_leg.channel) or call.leg_id or call.channel_id

    def legs(self, call: CallLine) -> Legs | None:
        """The two channels of a conversation; None while the name of one is not known."""
        track = self._known(call).track
        names = track.operator_leg.channel, track.member_leg.channel
        return Legs(channel_id=call.channel_id, operator=names[0], member=names[1]) if all(names) else None

    def take(self, message: CallMessage) -> bool:
        """Bring the call that a message is about up to it. What is no call of ours is left alone.

        Says whether the message told anything new.
        """
        followed = self._find(message)
        if followed is None:
            return False
        after = advance(followed.track, message)
        if after is followed.track:
            return False
        is_seen = _shown(after) != _shown(followed.track)
        followed.track = after
        followed.unsaved.append((message, utcnow()))
        if is_seen:
            self._save(followed)
        if after.lonely_leg is not None:
            self._hang_up(after.lonely_leg.channel)
        return True

    def save_late(self) -> None:
        """Write what was not, or could not be, written when it was told."""
        for followed in [one for one in self._calls.values() if one.unsaved]:
            self._save(followed)

    def on_the_line(self) -> list[tuple[CallLine, Track]]:
        """Every call that was sent to the exchange and has not ended, with what is known of it."""
        with self._app.app_context():
            calls = dialling.on_the_line()
        return [(call, self._known(call).track) for call in calls]

    def give_up(self) -> None:
        """End every call on the line: the exchange has been away for too long to wait for its word."""
        for call, _track in self.on_the_line():
            self.take(CallVanished(call.channel_id))

    def _find(self, message: CallMessage) -> _Followed | None:
        followed = self._calls.get(message.linkedid)
        if followed is not None or not message.linkedid.startswith(CHANNEL_PREFIX):
            return followed
        with self._app.app_context():
            call = dialling.find(message.linkedid)
        if call is None:
            return None
        if call.ended_at is None:
            return self._known(call)
        if isinstance(message, LegAppeared) and message.uniqueid == message.linkedid:
            # Given up meanwhile (its reply was lost): the operator's phone must not ring for it any more.
            self._hang_up(message.channel)
        return None

    def _known(self, call: CallLine) -> _Followed:
        if call.channel_id not in self._calls:
            self._calls[call.channel_id] = _Followed(call.id, restored(call))
        return self._calls[call.channel_id]

    def _hang_up(self, channel: str) -> None:
        try:
            self._line.hangup(channel)
        except LineDownError as error:
            log.warning("channel %s of a call that is over was not hung up: %s", channel, error)

    def _save(self, followed: _Followed) -> None:
        try:
            with self._app.app_context():
                progress.record(followed.call_id, followed.track, told=followed.unsaved, now=utcnow())
                db.session.commit()
        except Exception:
            log.exception("call %s could not be written down; it is tried again", followed.call_id)
            return
        followed.unsaved.clear()
        if followed.track.state in FINAL:
            self._calls.pop(followed.track.channel_id, None)


def _shown(track: Track) -> tuple[object, ...]:
    """What the row of a call says of its track."""
    return track.state, track.is_muted, track.is_on_hold, track.leg
