from __future__ import annotations

import shutil
import ssl
import subprocess

import pytest

from callcenter.telephony.ami import Timing
from callcenter.telephony.errors import UnsafeValueError
from callcenter.telephony.inbox import Inbox
from callcenter.telephony.line import AmiLine
from callcenter.telephony.link import Address
from callcenter.telephony.messages import ChannelsListed
from callcenter.telephony.messages import LegAppeared
from callcenter.telephony.messages import LinkUp
from callcenter.telephony.messages import LiveChannel
from callcenter.telephony.messages import OriginateLost
from callcenter.telephony.messages import OriginateRefused
from callcenter.telephony.port import DialOrder
from config.database import utcnow
from tests.support.manager_server import SUCCESS
from tests.support.manager_server import UNKNOWN
from tests.support.manager_server import ManagerServer
from tests.support.require import require

OURS = "hamseda-1"
ORDER = DialOrder(
    channel_id=OURS,
    channel="PJSIP/101",
    context="hamseda-member",
    number="09123456780",
    caller_id="Hamseda <7>",
    ring_seconds=20,
    variables={"HAMSEDA_CALL": "7"},
)
TIMING = Timing(reply=0.3, retry_first=0.01, retry_last=0.05)
WAIT_SECONDS = 120


@pytest.fixture
def start():
    """A line to a server, started; its messages are in the inbox."""
    closing = []

    def act(server, ssl_context=None):
        address = Address(host="127.0.0.1", port=server.port, username="u", secret="s", ssl_context=ssl_context)
        line, inbox = AmiLine(address, context="hamseda-member", timing=TIMING), Inbox()
        closing.extend([line, server])
        line.start(inbox.put)
        assert inbox.take(WAIT_SECONDS) == LinkUp(1)
        return line, inbox

    yield act
    for one in closing:
        one.close()


def test_an_order_is_sent_with_our_own_ids(start):
    server = ManagerServer(Originate=b"Response: Success\r\nActionID: %s\r\n\r\n")
    line, _ = start(server)

    line.originate(ORDER)

    assert server.wait_for("Originate") == {
        "Action": "Originate",
        "Channel": "PJSIP/101",
        "Context": "hamseda-member",
        "Exten": "09123456780",
        "Priority": "1",
        "Timeout": "20000",
        "CallerID": "Hamseda <7>",
        "Async": "true",
        "ChannelId": OURS,
        "ActionID": OURS,
        "Variable": "HAMSEDA_CALL=7",
    }


def test_a_refused_order_comes_back_with_the_reason(start):
    server = ManagerServer(Originate=b"Response: Error\r\nActionID: %s\r\nMessage: Permission denied\r\n\r\n")
    line, inbox = start(server)

    line.originate(ORDER)

    assert inbox.take(WAIT_SECONDS) == OriginateRefused(OURS, "Originate: Permission denied")


def test_a_lost_reply_comes_back_as_lost_and_the_line_goes_on(start):
    server = ManagerServer()
    line, inbox = start(server)
    server.next_link()

    line.originate(ORDER)
    assert inbox.take(WAIT_SECONDS) == OriginateLost(OURS)

    server.tell("Newchannel", Channel="PJSIP/101-1", Uniqueid=OURS, Linkedid=OURS)
    assert inbox.take(WAIT_SECONDS) == LegAppeared("PJSIP/101-1", OURS, OURS)
    assert line.is_connected


def test_a_connection_lost_before_the_reply_says_nothing_of_the_call(start):
    server = ManagerServer()
    line, inbox = start(server)
    server.next_link()
    line.originate(ORDER)
    server.wait_for("Originate")

    server.cut()

    assert inbox.take(WAIT_SECONDS) == LinkUp(2)


def test_an_unsafe_order_is_refused_at_once(start):
    server = ManagerServer()
    line, _ = start(server)

    with pytest.raises(UnsafeValueError):
        line.originate(DialOrder(channel_id=OURS, channel="PJSIP/1\r\n", context="c", number="0", caller_id=""))


def test_the_live_channels_come_as_one_message(start):
    row = b"Event: CoreShowChannel\r\nActionID: %s\r\nChannel: PJSIP/101-1\r\nUniqueid: a\r\nLinkedid: b\r\n"
    server = ManagerServer(
        CoreShowChannels=b"Response: Success\r\nActionID: %s\r\nEventList: start\r\n\r\n"
        + row
        + b"ChannelState: 6\r\n\r\nEvent: CoreShowChannelsComplete\r\nActionID: %s\r\nEventList: Complete\r\n\r\n"
    )
    line, inbox = start(server)

    before = utcnow()
    line.list_channels()
    after = utcnow()

    listed = inbox.take(WAIT_SECONDS)
    assert listed == ChannelsListed((LiveChannel("PJSIP/101-1", "a", "b", 6),), listed.asked_at)
    assert before <= listed.asked_at <= after


def test_an_exchange_that_still_boots_takes_no_orders_yet(start):
    server = ManagerServer(ShowDialPlan=b"Response: Error\r\nActionID: %s\r\nMessage: Did not find context x\r\n\r\n")
    line, _ = start(server)
    server.wait_for("ShowDialPlan")
    assert not line.is_connected

    server.answers |= {"ShowDialPlan": UNKNOWN, "Ping": SUCCESS}
    while not line.is_connected:
        server.wait_for("ShowDialPlan")
        # Answers come in order: with that of the ping, that of the dialplan has been read.
        line._client.request("Ping")


def test_it_works_over_tls(start, tmp_path):
    require("openssl", shutil.which("openssl") is not None, "install openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, *names]
    subprocess.run(command, check=True, capture_output=True)
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(certificate, key)

    line, inbox = start(ManagerServer(tls=server_side), ssl_context=ssl.create_default_context(cafile=certificate))
    line.originate(ORDER)

    assert inbox.take(WAIT_SECONDS) == OriginateLost(OURS)
