"""Actions and their replies; most tests here are a fault of asterisk-ami's own client that ours must not have."""

from __future__ import annotations

import threading
from concurrent.futures import wait

import pytest

from callcenter.telephony.ami import Timing
from callcenter.telephony.errors import ActionRefusedError
from callcenter.telephony.errors import LineDownError
from callcenter.telephony.errors import ReplyLostError
from callcenter.telephony.errors import UnsafeValueError
from tests.support.manager_server import ManagerServer

PONG = b"Response: Success\r\nActionID: %s\r\nPing: Pong\r\n\r\n"
QUICK = Timing(connect=2, reply=0.3, ping=0.3, retry_first=0.01, retry_last=0.05)
WAIT_SECONDS = 120


def test_a_callback_that_raises_does_not_end_the_reading(connect, listener, caplog):
    server = ManagerServer(Ping=PONG)
    client = connect(server)
    server.next_link()
    listener.wait_until_up()
    server.answers.pop("Ping")
    reply = client.submit("Ping")
    reply.add_done_callback(lambda _future: 1 / 0)

    server.send(PONG.replace(b"%s", server.wait_for("Ping")["ActionID"].encode()))
    reply.result(timeout=WAIT_SECONDS)
    server.tell("Hangup")

    assert listener.next_event()[0] == "Hangup"


def test_a_lost_reply_is_an_error_of_that_action_alone_and_leaks_nothing(connect, listener):
    server = ManagerServer(Ping=PONG)
    client = connect(server, QUICK)
    listener.wait_until_up()

    lost = client.submit("Hangup", {"Channel": "PJSIP/101-1"})

    assert client.request("Ping").fields["Ping"] == "Pong"
    with pytest.raises(ReplyLostError, match="Hangup: the exchange did not answer in time"):
        lost.result(timeout=WAIT_SECONDS)
    assert client.is_connected
    assert client.generation == 1


def test_a_reply_after_its_deadline_is_nobodys(connect, listener):
    server = ManagerServer(Ping=PONG)
    client = connect(server, QUICK)
    server.next_link()
    listener.wait_until_up()
    lost = client.submit("Hangup", {"Channel": "PJSIP/101-1"})
    wait([lost], timeout=WAIT_SECONDS)

    server.send(b"Response: Success\r\nActionID: %s\r\n\r\n" % server.wait_for("Hangup")["ActionID"].encode())

    assert client.request("Ping").fields["Ping"] == "Pong"


def test_what_is_pending_fails_when_the_connection_ends(connect, listener):
    server = ManagerServer()
    client = connect(server)
    server.next_link()
    listener.wait_until_up()
    pending = client.submit("Hangup", {"Channel": "PJSIP/101-1"})

    server.cut()

    assert isinstance(pending.exception(timeout=WAIT_SECONDS), LineDownError)


def test_without_a_connection_an_action_is_refused_at_once(connect):
    server = ManagerServer()
    server.close()
    client = connect(server)

    with pytest.raises(LineDownError):
        client.request("Ping")


def test_an_error_response_is_an_error(connect, listener):
    server = ManagerServer(Originate=b"Response: Error\r\nActionID: %s\r\nMessage: Permission denied\r\n\r\n")
    client = connect(server)
    listener.wait_until_up()

    with pytest.raises(ActionRefusedError, match="Originate: Permission denied"):
        client.request("Originate")


def test_a_line_break_in_a_value_sends_nothing(connect, listener):
    server = ManagerServer(Ping=PONG)
    client = connect(server)
    listener.wait_until_up()

    with pytest.raises(UnsafeValueError):
        client.request("Hangup", {"Channel": "x\r\n\r\nAction: Command\r\nCommand: core stop now"})

    client.request("Ping")
    assert b"core stop now" not in server.raw


def test_many_threads_may_ask_at_once(connect, listener):
    server = ManagerServer(Ping=PONG)
    client = connect(server)
    listener.wait_until_up()
    answered = []

    def ask():
        answered.extend(client.request("Ping").fields["ActionID"] for _ in range(50))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(answered)) == 400


def test_action_ids_do_not_meet_those_of_another_connection(connect, listener):
    server = ManagerServer()
    for _ in range(2):
        connect(server)
        listener.wait_until_up()

    assert server.wait_for("Login")["ActionID"] != server.wait_for("Login")["ActionID"]


def test_the_events_of_a_list_are_collected_and_are_no_news(connect, listener):
    rows = b"".join(b"Event: CoreShowChannel\r\nActionID: %%s\r\nUniqueid: 17.%d\r\n\r\n" % number for number in (1, 2))
    server = ManagerServer(
        CoreShowChannels=b"Response: Success\r\nActionID: %s\r\nEventList: start\r\n\r\n"
        b"Event: Newchannel\r\nUniqueid: 17.3\r\n\r\n"
        + rows
        + b"Event: CoreShowChannelsComplete\r\nActionID: %s\r\nEventList: Complete\r\nListItems: 2\r\n\r\n"
    )
    client = connect(server)
    listener.wait_until_up()

    reply = client.request("CoreShowChannels", is_list=True)

    assert [row["Uniqueid"] for row in reply.rows] == ["17.1", "17.2"]
    assert listener.next_event() == ("Newchannel", {"Uniqueid": "17.3"})
    assert listener.events.empty()
