"""What is not confirmed is asked for again, and not before its time."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from callcenter.telephony import asked as module
from callcenter.telephony.asked import AGAIN_SECONDS
from callcenter.telephony.asked import Asked


@pytest.fixture
def pass_seconds(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def act(seconds):
        now[0] += seconds

    return act


def test_a_wish_waits_until_it_may_be_repeated(pass_seconds):
    asked = Asked()

    assert asked.is_time(7, "mute")
    pass_seconds(AGAIN_SECONDS - 0.1)
    assert not asked.is_time(7, "mute")
    pass_seconds(0.1)
    assert asked.is_time(7, "mute")
    assert not asked.is_time(7, "mute")


def test_another_wish_and_another_subject_do_not_wait(pass_seconds):
    asked = Asked()
    asked.is_time(7, "mute")

    assert asked.is_time(7, "hold")
    assert asked.is_time(8, "mute")


def test_what_is_asked_once_is_never_repeated_until_all_is_cleared(pass_seconds):
    asked = Asked()
    asked.is_time(7, "resume", once=True)
    pass_seconds(3600)

    assert not asked.is_time(7, "resume", once=True)
    asked.clear()
    assert asked.is_time(7, "resume", once=True)


def test_what_wants_nothing_any_more_is_forgotten(pass_seconds):
    asked = Asked()
    asked.is_time(7)
    asked.is_time(8)

    asked.forget_all_but({8})

    assert asked.is_time(7)
    assert not asked.is_time(8)
