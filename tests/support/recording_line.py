"""A line that keeps what it is asked for and says only what a test lets it say."""

from __future__ import annotations

from callcenter.telephony.errors import LineDownError


class RecordingLine:
    def __init__(self):
        self.is_connected = True
        self.problem = ""
        self.orders = []
        self.hangups = []
        self.list_count = 0
        # What was wished of calls: ("mute", Legs, True), ("hold", Legs), ("resume", Legs).
        self.wishes = []
        self.deliver = None
        # Called with the order in the moment it is sent.
        self.on_order = lambda _order: None

    def start(self, deliver):
        self.deliver = deliver

    def originate(self, order):
        self._ensure_connected()
        self.on_order(order)
        self.orders.append(order)

    def hangup(self, channel):
        self._ensure_connected()
        self.hangups.append(channel)

    def mute(self, legs, *, is_on):
        self._ensure_connected()
        self.wishes.append(("mute", legs, is_on))

    def hold(self, legs):
        self._ensure_connected()
        self.wishes.append(("hold", legs))

    def resume(self, legs):
        self._ensure_connected()
        self.wishes.append(("resume", legs))

    def record(self, legs, name):
        self._ensure_connected()
        self.wishes.append(("record", legs, name))

    def pause_recording(self, legs, *, is_on):
        self._ensure_connected()
        self.wishes.append(("pause_recording", legs, is_on))

    def stop_recording(self, legs):
        self._ensure_connected()
        self.wishes.append(("stop_recording", legs))

    def list_channels(self):
        self._ensure_connected()
        self.list_count += 1

    def close(self):
        self.is_connected = False

    def _ensure_connected(self):
        if not self.is_connected:
            raise LineDownError("there is no connection to the exchange")
