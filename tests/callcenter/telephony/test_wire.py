from __future__ import annotations

import pytest

from callcenter.telephony.errors import BrokenPacketError
from callcenter.telephony.errors import UnsafeValueError
from callcenter.telephony.wire import PacketReader
from callcenter.telephony.wire import plain
from callcenter.telephony.wire import read_packet
from callcenter.telephony.wire import typed
from callcenter.telephony.wire import write_action


def read(data, size=None):
    reader, packets = PacketReader(), []
    for begin in range(0, len(data), size or len(data)):
        reader.add(data[begin : begin + (size or len(data))])
        packets += reader.packets()
    return packets


def test_an_action_is_written_as_the_manager_interface_reads_it():
    data = write_action("Originate", {"Channel": "PJSIP/101", "ActionID": "a-1"}, {"HAMSEDA_CALL": "7"})

    assert data == b"Action: Originate\r\nChannel: PJSIP/101\r\nActionID: a-1\r\nVariable: HAMSEDA_CALL=7\r\n\r\n"


INJECTIONS = [
    ("Ping", {"Channel": "x\r\nAction: Command"}, {}),
    ("Ping", {"Channel": "x\nSecret: y"}, {}),
    ("Ping", {"Channel": "x\0"}, {}),
    ("Ping\r\nAction: Command", {}, {}),
    ("Ping", {"Chan nel": "x"}, {}),
    ("Ping", {"Channel: a\r\nSecret": "x"}, {}),
    ("Originate", {}, {"A": "1\r\nApplication: System"}),
    ("Originate", {}, {"A=1\r\nB": "x"}),
    ("Originate", {}, {"SHELL(rm)": "x"}),
]


@pytest.mark.parametrize(("name", "headers", "variables"), INJECTIONS)
def test_nothing_breaks_out_of_its_line(name, headers, variables):
    with pytest.raises(UnsafeValueError):
        write_action(name, headers, variables)


@pytest.mark.parametrize("line_end", ["\u2028", "\u0085", "\x0b", "\x0c", "\n", "\r"])
def test_only_cr_lf_ends_a_line_so_no_name_forges_a_header(line_end):
    packet = f"Event: Newchannel\r\nCallerIDName: Ali{line_end}Uniqueid: FORGED\r\nUniqueid: 17.1\r\n\r\n"

    headers = read(packet.encode())[0]

    assert headers["Uniqueid"] == "17.1"
    assert headers["CallerIDName"] == f"Ali{line_end}Uniqueid: FORGED"


def test_repeated_keys_keep_every_value_and_the_first_is_the_plain_one():
    headers = read_packet(b"Event: X\r\nChanVariable: a=1\r\nChanVariable: b=2\r\nChanVariable: c=3")

    assert headers["ChanVariable"] == ["a=1", "b=2", "c=3"]
    assert plain(headers)["ChanVariable"] == "a=1"


def test_a_key_without_a_value_or_without_a_space_is_kept():
    assert read_packet(b"Event: X\r\nAccountCode:\r\nExten:101") == {"Event": "X", "AccountCode": "", "Exten": "101"}


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_pieces_of_any_size_make_the_same_packets(size):
    data = "Event: A\r\nName: کافه‌ی نارون\r\n\r\nResponse: Success\r\nActionID: 1\r\n\r\n".encode()

    assert read(data, size) == [{"Event": "A", "Name": "کافه‌ی نارون"}, {"Response": "Success", "ActionID": "1"}]


def test_no_byte_of_a_large_packet_is_searched_again_with_each_piece():
    reader = PacketReader()
    for count in range(1, 1001):
        reader.add(b"x" * 1024)
        assert list(reader.packets()) == []
        # Only what might be the beginning of an end mark is looked at once more.
        assert reader._searched == count * 1024 - 3

    reader.add(b"\r\n\r\n")

    assert len(list(reader.packets())) == 1


def test_a_packet_beyond_every_measure_is_refused():
    reader = PacketReader(limit_bytes=100)
    reader.add(b"Event: A\r\nData: " + b"x" * 100)

    with pytest.raises(BrokenPacketError):
        list(reader.packets())


def test_many_small_packets_together_may_be_larger_than_one_may_be():
    reader = PacketReader(limit_bytes=100)
    reader.add(b"Event: A\r\n\r\n" * 100)

    assert len(list(reader.packets())) == 100


def test_a_packet_that_is_neither_event_nor_response_is_nothing():
    assert typed({"Key": "Value"}) is None
    assert typed({}) is None
