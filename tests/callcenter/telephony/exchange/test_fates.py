from __future__ import annotations

from collections import Counter

import pytest

from callcenter.telephony.exchange.fates import Fate
from callcenter.telephony.exchange.fates import fate_of_member
from callcenter.telephony.exchange.fates import fate_of_phone

BY_DIGIT = [
    *[(digit, Fate.ANSWERS) for digit in "0789"],
    ("1", Fate.UNALLOCATED),
    ("2", Fate.BUSY),
    ("3", Fate.SILENT),
    ("4", Fate.DECLINES),
    ("5", Fate.CONGESTED),
    ("6", Fate.HANGS_UP),
]


@pytest.mark.parametrize(("digit", "fate"), BY_DIGIT)
def test_without_a_seed_the_last_digit_decides(digit, fate):
    assert fate_of_member(f"0912345678{digit}", seed=None, call_count=1) is fate


def test_a_seed_repeats_its_chances():
    once, again = ([fate_of_member("09123456789", seed=7, call_count=n) for n in range(50)] for _ in range(2))

    assert once == again
    assert len(set(once)) > 1


def test_with_a_seed_most_members_answer_and_stay():
    fates = Counter(fate_of_member(f"0912{number:07}", seed=1, call_count=1) for number in range(2000))

    assert fates[Fate.ANSWERS] > 1400
    assert set(fates) == set(Fate) - {Fate.UNCONNECTED}


@pytest.mark.parametrize(
    ("device", "fate"),
    [
        ("PJSIP/101", Fate.ANSWERS),
        ("PJSIP/desk-silent", Fate.SILENT),
        ("PJSIP/desk-none", Fate.UNCONNECTED),
        ("Nothing/101", Fate.UNCONNECTED),
    ],
)
def test_a_phone_does_as_its_name_says(device, fate):
    assert fate_of_phone(device) is fate
