"""What the delivered manager user may not do: it is no shell on the exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.asterisk import bed
from tests.asterisk.wiretap import Wiretap

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def ear(asterisk: bed.Asterisk) -> Iterator[Wiretap]:
    opened = Wiretap(asterisk.ports.ami, "hamseda", bed.SECRET)
    yield opened
    opened.close()


FORBIDDEN = [
    {"Action": "Command", "Command": "core stop now"},
    {"Action": "GetConfig", "Filename": "manager.conf"},
    {"Action": "UpdateConfig", "SrcFilename": "manager.conf", "DstFilename": "manager.conf"},
    {"Action": "ModuleLoad", "LoadType": "unload", "Module": "chan_pjsip"},
    {"Action": "DialplanExtensionAdd", "Context": "hamseda-member", "Extension": "1", "Priority": "1"},
    {"Action": "Originate", "Channel": "PJSIP/201", "Application": "System", "Data": "id", "Async": "true"},
]


@pytest.mark.parametrize("action", FORBIDDEN, ids=lambda action: action["Action"])
def test_it_is_refused_what_it_does_not_need(ear: Wiretap, action: dict[str, str]):
    answer = ear.ask(**action)

    assert answer["Response"] == "Error"
    assert "ermission denied" in answer["Message"] or "Forbidden" in answer["Message"]


def test_two_may_be_signed_in_at_once(asterisk: bed.Asterisk, ear: Wiretap):
    other = Wiretap(asterisk.ports.ami, "hamseda", bed.SECRET)

    assert (ear.login["Response"], other.login["Response"]) == ("Success", "Success")
    other.close()
