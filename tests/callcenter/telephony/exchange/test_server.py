from __future__ import annotations

import os
import queue
import socket
import subprocess
import sys

import pytest

from callcenter.telephony.ami import AmiClient
from callcenter.telephony.ami import Timing
from callcenter.telephony.errors import ActionRefusedError
from callcenter.telephony.exchange.channels import Channel
from callcenter.telephony.exchange.server import Exchange
from callcenter.telephony.exchange.server import ExchangeSettings
from callcenter.telephony.exchange.server import running
from callcenter.telephony.link import Address

WAIT_SECONDS = 120
OURS = "hamseda-0001"
SETTINGS = ExchangeSettings(secret="s3cret", speed=200)
OPERATOR_ANSWERS = [
    "Newchannel",
    "DialBegin",
    "Newstate 5",
    "DialState",
    "Newstate 6",
    "DialEnd ANSWER",
    "OriginateResponse 4",
]


class Client:
    """A signed-in manager client that keeps the events it hears."""

    def __init__(self, port, username="hamseda"):
        self._events = queue.Queue()
        self._up = queue.Queue()
        address = Address(host="127.0.0.1", port=port, username=username, secret="s3cret")
        timing = Timing(retry_first=0.01, retry_last=0.05)
        self.ami = AmiClient(address, on_event=lambda *told: self._events.put(told), on_up=self._up.put, timing=timing)
        self.ami.start()

    def wait_until_up(self):
        return self._up.get(timeout=WAIT_SECONDS)

    def originate(self, number, device="PJSIP/101", channel_id=OURS):
        headers = {"Channel": device, "Context": "hamseda-member", "Exten": number, "Priority": "1"}
        headers |= {"Async": "true", "ChannelId": channel_id, "Timeout": "30000"}
        return self.ami.submit("Originate", headers, action_id=channel_id).result(timeout=WAIT_SECONDS)

    def next_event(self):
        return self._events.get(timeout=WAIT_SECONDS)

    def until(self, name, **fields):
        """All events up to the first of that name with those fields."""
        heard = []
        while True:
            heard.append(self.next_event())
            if heard[-1][0] == name and fields.items() <= heard[-1][1].items():
                return heard


def words(events):
    """The events in short: names with the one field that tells them apart."""
    telling = {"Newstate": "ChannelState", "DialEnd": "DialStatus", "OriginateResponse": "Reason", "Hangup": "Cause"}
    return [f"{name} {fields[telling[name]]}" if name in telling else name for name, fields in events]


@pytest.fixture
def exchange():
    with running(SETTINGS) as exchange:
        yield exchange


@pytest.fixture
def client(exchange):
    client = Client(exchange.port)
    client.wait_until_up()
    yield client
    client.ami.close()


UNANSWERED = [
    ("1", "DialEnd NOANSWER", "Hangup 1", False),
    ("2", "DialEnd BUSY", "Hangup 17", False),
    ("3", "DialEnd NOANSWER", "Hangup 0", True),
    ("4", "DialEnd NOANSWER", "Hangup 21", True),
    ("5", "DialEnd CONGESTION", "Hangup 34", False),
]


@pytest.mark.parametrize(("digit", "dial_end", "hangup", "rings"), UNANSWERED)
def test_an_unanswered_call_has_asterisks_events_in_asterisks_order(client, digit, dial_end, hangup, rings):
    client.originate(f"0912345678{digit}")

    ringing = ["Newstate 5", "DialState"] if rings else []
    member = ["Newchannel", "DialBegin", *ringing, dial_end, hangup]
    # The operator's leg ends with the member's cause, where there is one.
    last = "Hangup 16" if hangup == "Hangup 0" else hangup
    assert words(client.until("Hangup", Uniqueid=OURS)) == [*OPERATOR_ANSWERS, *member, last]


def test_a_conversation_has_asterisks_events_in_asterisks_order(client):
    client.originate("09123456786")

    member = ["Newchannel", "DialBegin", "Newstate 5", "DialState", "Newstate 6", "DialEnd ANSWER"]
    talk = ["BridgeCreate", "BridgeEnter", "BridgeEnter", "BridgeLeave", "BridgeLeave", "BridgeDestroy"]
    heard = client.until("Hangup", Uniqueid=OURS)
    assert words(heard) == [*OPERATOR_ANSWERS, *member, *talk, "Hangup 16", "Hangup 16"]


def test_both_legs_carry_our_id_and_only_the_members_dialling_has_a_caller(client):
    client.originate("09123456782")

    heard = client.until("Hangup", Uniqueid=OURS)

    dials = [fields for name, fields in heard if name == "DialBegin"]
    assert {fields["DestLinkedid"] for fields in dials} == {OURS}
    assert [fields.get("Uniqueid") for fields in dials] == [None, OURS]
    assert dials[0]["DestUniqueid"] == OURS
    assert {fields["Linkedid"] for name, fields in heard if name in {"Newchannel", "Newstate", "Hangup"}} == {OURS}


@pytest.mark.parametrize("by", ["name", "id"])
def test_a_hang_up_in_the_middle_ends_both_legs(client, by):
    client.originate("09123456780")
    heard = client.until("BridgeEnter", Uniqueid=OURS)
    name = heard[0][1]["Channel"] if by == "name" else OURS

    client.ami.request("Hangup", {"Channel": name})

    end = client.until("Hangup", Uniqueid=OURS)
    assert words(end) == ["BridgeLeave", "BridgeLeave", "BridgeDestroy", "Hangup 16", "Hangup 16"]
    assert end[0][1]["Uniqueid"] == OURS


def test_a_hang_up_while_the_member_rings_cancels_the_dialling(client):
    client.originate("09123456783")
    client.until("DialState", Uniqueid=OURS)

    client.ami.request("Hangup", {"Channel": OURS})

    assert words(client.until("Hangup", Uniqueid=OURS)) == ["DialEnd CANCEL", "Hangup 16", "Hangup 16"]


def test_a_phone_that_is_not_answered_gives_reason_3(client):
    client.originate("09123456780", device="PJSIP/desk-silent")

    heard = client.until("Hangup", Uniqueid=OURS)

    assert words(heard) == ["Newchannel", "DialBegin", "Newstate 5", "DialState", "OriginateResponse 3", "Hangup 19"]
    assert heard[-2][1]["ActionID"] == OURS


def test_a_phone_that_is_not_there_has_no_channel(client):
    client.originate("09123456780", device="PJSIP/desk-none")

    (_, fields), *_ = client.until("OriginateResponse")

    assert (fields["Response"], fields["Reason"], fields["ActionID"]) == ("Failure", "0", OURS)


def test_live_channels_are_listed_until_they_are_gone(client):
    client.originate("09123456780")
    client.until("BridgeEnter", Uniqueid=OURS)

    rows = client.ami.request("CoreShowChannels", is_list=True).rows

    assert [row["Linkedid"] for row in rows] == [OURS, OURS]
    client.ami.request("Hangup", {"Channel": OURS})
    client.until("Hangup", Uniqueid=OURS)
    assert client.ami.request("CoreShowChannels", is_list=True).rows == ()


REFUSED = [
    ("Originate", {"Channel": ""}, "Channel not specified"),
    ("Originate", {"Channel": "101"}, "Invalid channel"),
    ("Originate", {"Channel": "PJSIP/101"}, "needs a context"),
    ("Originate", {"Channel": "PJSIP/101", "Context": "hamseda-member", "Exten": "110"}, "Extension does not exist"),
    ("Hangup", {"Channel": "PJSIP/none-1"}, "No such channel"),
    ("Command", {"Command": "core stop now"}, "Invalid/unknown command"),
]


@pytest.mark.parametrize(("action", "headers", "message"), REFUSED)
def test_a_wrong_action_is_refused_with_a_reason(client, action, headers, message):
    with pytest.raises(ActionRefusedError, match=message):
        client.ami.request(action, headers)


def test_an_originate_with_a_channel_id_in_use_comes_to_nothing(client):
    client.originate("09123456780")
    client.until("OriginateResponse", Response="Success")

    client.originate("09123456787")

    assert client.until("OriginateResponse")[-1][1]["Response"] == "Failure"


def test_a_leg_that_outlived_its_call_can_be_hung_up():
    exchange = Exchange(SETTINGS)
    left = Channel("PJSIP/101-1", "PJSIP/101", OURS, OURS, "hamseda-hold", "operator")
    exchange.switchboard.appear(left)

    assert exchange.hang_up(left.name)
    assert exchange.switchboard.channels == {}
    assert not exchange.hang_up(left.name)


def test_every_client_hears_every_call(exchange, client):
    other = Client(exchange.port)
    other.wait_until_up()

    client.originate("09123456782")

    assert words(other.until("Hangup", Uniqueid=OURS)) == words(client.until("Hangup", Uniqueid=OURS))
    other.ami.close()


def test_calls_go_on_while_the_links_are_cut(exchange, client):
    client.originate("09123456780")
    client.until("BridgeEnter", Uniqueid=OURS)

    exchange.drop_links()

    assert client.wait_until_up() == 2
    assert len(client.ami.request("CoreShowChannels", is_list=True).rows) == 2


def start_command(tmp_path, port):
    environ = {"HAMSEDA_HOME": str(tmp_path), "HAMSEDA_AMI_SECRET": "s3cret", "HAMSEDA_AMI_PORT": str(port)}
    command = [sys.executable, "-c", "from wsgi import main; main()", "exchange"]
    return subprocess.Popen(
        command, env=os.environ | environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def test_the_command_serves_until_it_is_asked_to_stop(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with start_command(tmp_path, port) as process:
        client = Client(port)
        client.wait_until_up()
        client.originate("09123456780")
        client.until("BridgeEnter", Uniqueid=OURS)

        process.terminate()

        said, _ = process.communicate(timeout=WAIT_SECONDS)
        client.ami.close()
    assert process.returncode == 0
    assert "Traceback" not in said


def test_a_taken_port_is_told_in_one_line(tmp_path, exchange):
    with start_command(tmp_path, exchange.port) as process:
        said, _ = process.communicate(timeout=WAIT_SECONDS)

    assert process.returncode == 1
    assert "HAMSEDA_AMI_PORT" in said
    assert "Traceback" not in said


def talk(port, *actions):
    """What the exchange says to a stranger who sends these actions and then listens."""
    with socket.create_connection(("127.0.0.1", port), timeout=WAIT_SECONDS) as link:
        link.sendall(b"".join(actions) + b"Action: Logoff\r\n\r\n")
        said = b""
        while data := link.recv(65536):
            said += data
    return said.decode()


def test_a_wrong_secret_is_refused_and_sent_away(exchange):
    said = talk(exchange.port, b"Action: Login\r\nUsername: hamseda\r\nSecret: guess\r\nActionID: 1\r\n\r\n")

    assert said.startswith("Asterisk Call Manager/")
    assert "Response: Error\r\nActionID: 1\r\nMessage: Authentication failed\r\n" in said
    assert "Goodbye" not in said


def test_a_stranger_may_do_nothing(exchange):
    said = talk(exchange.port, b"Action: CoreShowChannels\r\nActionID: 1\r\n\r\n")

    assert "Message: Permission denied" in said


def test_a_permission_the_user_lacks_is_denied():
    settings = ExchangeSettings(secret="s3cret", write=frozenset({"originate"}))
    with running(settings) as exchange:
        client = Client(exchange.port)
        client.wait_until_up()

        for action in ("CoreShowChannels", "Hangup"):
            with pytest.raises(ActionRefusedError, match="Permission denied"):
                client.ami.request(action)
        client.ami.close()
