"""The connection; most tests here are a fault of asterisk-ami's own client that ours must not have."""

from __future__ import annotations

import ssl

import pytest

from callcenter.telephony.ami import Timing
from callcenter.telephony.errors import MessageOverflowError
from tests.support.manager_server import ManagerServer

PONG = b"Response: Success\r\nActionID: %s\r\nPing: Pong\r\n\r\n"
QUICK = Timing(connect=2, reply=0.3, ping=0.3, retry_first=0.01, retry_last=0.05)
WAIT_SECONDS = 120


def test_it_signs_in_and_asks(connect, listener):
    server = ManagerServer(Ping=PONG)
    client = connect(server)
    listener.wait_until_up()

    assert client.is_connected
    assert server.wait_for("Login")["Username"] == "hamseda"
    assert client.request("Ping").fields["Ping"] == "Pong"


def test_silence_does_not_end_the_reading(connect, listener):
    server = ManagerServer(Ping=PONG)
    client = connect(server, QUICK)
    server.next_link()
    listener.wait_until_up()

    for _ in range(3):
        server.wait_for("Ping")
    server.tell("Hangup", Uniqueid="17.1")

    assert listener.next_event()[0] == "Hangup"
    assert client.generation == 1


@pytest.mark.parametrize("end", ["cut", "reset"])
def test_it_connects_again_when_the_connection_ends(connect, listener, end):
    server = ManagerServer()
    client = connect(server)
    server.next_link()
    assert listener.wait_until_up() == 1

    getattr(server, end)()

    assert listener.wait_until_up() == 2
    server.next_link()
    server.tell("Hangup", Uniqueid="17.1")
    assert listener.next_event()[0] == "Hangup"
    assert client.is_connected


def test_it_connects_again_when_the_server_hangs(connect, listener):
    server = ManagerServer()
    connect(server, QUICK)
    listener.wait_until_up()

    # Nothing answers the pings.
    assert listener.wait_until_up() == 2


def test_it_goes_on_trying_when_the_first_login_is_refused(connect, listener):
    server = ManagerServer(Login=b"Response: Error\r\nActionID: %s\r\nMessage: Authentication failed\r\n\r\n")
    client = connect(server)
    server.wait_for("Login")
    server.wait_for("Login")
    assert "Authentication failed" in client.problem

    server.answers["Login"] = b"Response: Success\r\nActionID: %s\r\n\r\n"

    assert listener.wait_until_up() == 1


def test_a_listener_that_raises_does_not_deafen_the_rest(connect, listener):
    server = ManagerServer()
    client = connect(server)
    server.next_link()
    listener.wait_until_up()
    listener.refuse["Newchannel"] = ZeroDivisionError("a fault in the listener")

    for name in ("Newchannel", "Newchannel", "Hangup"):
        server.tell(name)

    assert listener.next_event()[0] == "Hangup"
    assert client.listener_error_count == 2


def test_an_overflow_drops_the_link_so_that_the_state_is_asked_for_again(connect, listener):
    server = ManagerServer()
    connect(server)
    server.next_link()
    listener.wait_until_up()
    listener.refuse["Newchannel"] = MessageOverflowError("the inbox is full")

    server.tell("Newchannel")

    assert listener.wait_until_up() == 2


def test_what_is_no_manager_interface_is_left_and_named(connect):
    server = ManagerServer(banner=b"SSH-2.0-OpenSSH_9.2\r\n")
    client = connect(server)
    server.next_link()
    server.next_link()

    assert "no Asterisk manager interface" in client.problem
    assert not client.is_connected


def test_an_endless_packet_drops_the_link(connect, listener):
    server = ManagerServer()
    connect(server)
    link = server.next_link()
    listener.wait_until_up()

    with pytest.raises(OSError):  # noqa: PT012  # the client may leave at any piece
        link.sendall(b"Event: Newchannel\r\nData: ")
        while True:
            link.sendall(b"x" * 1_000_000)

    assert listener.wait_until_up() == 2


def test_a_server_without_tls_is_told_from_one_with_it(connect):
    server = ManagerServer()
    client = connect(server, ssl_context=ssl.create_default_context())
    server.next_link()
    server.next_link()

    assert "no TLS connection" in client.problem
