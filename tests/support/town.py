"""A simulated exchange and what it dialled."""

from __future__ import annotations

from collections import Counter

from callcenter.telephony.link import Address


class Town:
    def __init__(self, running):
        self.running = running
        self.address = Address(host="127.0.0.1", port=running.port, username="hamseda", secret="s3cret")
        self.dialled = Counter()
        self.board = running.exchange.switchboard
        self._tell, self.board.tell = self.board.tell, self._hear

    def _hear(self, event, headers):
        # A leg that nobody dials from is the operator's own.
        if event == "DialBegin" and "Uniqueid" in headers:
            self.dialled[headers["DestCallerIDNum"]] += 1
        self._tell(event, headers)
