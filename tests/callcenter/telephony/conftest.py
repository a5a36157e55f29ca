"""A client of a manager interface, and what it tells; the parts of a pbx process, on a line that records."""

from __future__ import annotations

import queue
from datetime import timedelta

import pytest

from callcenter.telephony.ami import AmiClient
from callcenter.telephony.ami import Timing
from callcenter.telephony.dialler import Dialler
from callcenter.telephony.follower import Follower
from callcenter.telephony.link import Address
from tests.support.calling import sent_call
from tests.support.channels import PLAN
from tests.support.recording_line import RecordingLine

PATIENT = Timing(connect=2, reply=10, ping=30, retry_first=0.01, retry_last=0.05)
WAIT_SECONDS = 120


class Listener:
    """Keeps what the client tells; `refuse` makes it raise at an event of that name."""

    def __init__(self):
        self.events = queue.Queue()
        self.generations = queue.Queue()
        self.refuse = {}

    def on_event(self, name, fields):
        if name in self.refuse:
            raise self.refuse[name]
        self.events.put((name, fields))

    def next_event(self):
        return self.events.get(timeout=WAIT_SECONDS)

    def wait_until_up(self):
        return self.generations.get(timeout=WAIT_SECONDS)


@pytest.fixture
def listener():
    return Listener()


@pytest.fixture
def connect(listener):
    """Make a client of a server and start it; everything is closed at the end."""
    closing = []

    def act(server, timing=PATIENT, ssl_context=None):
        address = Address(
            host="127.0.0.1", port=server.port, username="hamseda", secret="s3cret", ssl_context=ssl_context
        )
        client = AmiClient(address, on_event=listener.on_event, on_up=listener.generations.put, timing=timing)
        closing.extend([client, server])
        client.start()
        return client

    yield act
    for one in closing:
        one.close()


@pytest.fixture
def line():
    return RecordingLine()


@pytest.fixture
def follower(app, line):
    return Follower(app, line)


@pytest.fixture
def dialler(app, line, follower):
    return Dialler(app, line, follower, PLAN)


@pytest.fixture
def call(factories):
    """A call that was sent a minute ago by a process that is gone."""
    return sent_call(factories, ago=timedelta(minutes=1))
