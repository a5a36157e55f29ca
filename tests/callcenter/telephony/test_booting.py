from __future__ import annotations

from concurrent.futures import Future

import pytest

from callcenter.telephony.booting import Booting
from callcenter.telephony.errors import ActionRefusedError
from callcenter.telephony.errors import LineDownError
from callcenter.telephony.pending import Reply


class Client:
    """A connection whose answers the test gives."""

    def __init__(self):
        self.generation = 0
        self.asked = []

    def submit(self, *_arguments, **_options):
        self.asked.append(Future())
        return self.asked[-1]


@pytest.fixture
def client():
    return Client()


@pytest.fixture
def booting(client):
    return Booting(client, "members")


def connect(client, booting):
    """A new connection; gives the question that is asked over it."""
    client.generation += 1
    booting.watch(client.generation)
    return client.asked[-1]


def test_it_is_over_once_the_dialplan_is_there(client, booting):
    question = connect(client, booting)
    assert not booting.is_over

    question.set_result(Reply({}))

    assert booting.is_over


def test_what_is_heard_of_a_connection_that_is_gone_says_nothing_of_the_present_one(client, booting):
    before, now = connect(client, booting), connect(client, booting)

    now.set_result(Reply({}))
    before.set_result(Reply({}))

    assert booting.is_over


def test_a_connection_that_is_gone_is_not_asked_about_again(client, booting, monkeypatch):
    monkeypatch.setattr("callcenter.telephony.booting.threading.Timer", AtOnce)
    before, now = connect(client, booting), connect(client, booting)

    now.set_exception(LineDownError("cut"))
    before.set_exception(ActionRefusedError("Did not find context members"))

    assert len(client.asked) == 2


class AtOnce:
    """A timer whose time has come."""

    def __init__(self, _seconds, act, arguments):
        self.start = lambda: act(*arguments)
