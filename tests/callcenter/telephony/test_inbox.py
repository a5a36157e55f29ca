from __future__ import annotations

import threading

import pytest

from callcenter.telephony.errors import MessageOverflowError
from callcenter.telephony.inbox import Inbox
from callcenter.telephony.messages import LinkUp
from callcenter.telephony.waking import wake_on_requests
from config.live import WAKE_PREFIX
from config.live import blocking_redis


def test_messages_come_out_in_their_order():
    inbox = Inbox()
    for generation in (1, 2, 3):
        inbox.put(LinkUp(generation))

    assert [inbox.take(0) for _ in range(4)] == [LinkUp(1), LinkUp(2), LinkUp(3), None]


def test_a_full_inbox_refuses_a_message_and_needs_no_wake():
    inbox = Inbox(limit=1)
    inbox.put(LinkUp(1))

    inbox.wake()

    with pytest.raises(MessageOverflowError):
        inbox.put(LinkUp(2))
    assert inbox.take(0) == LinkUp(1)


def test_a_wake_ends_the_waiting(redis_url):
    """Over a real Redis: the subscription is heard, and the waiting ends long before its time."""
    inbox, stopped = Inbox(), threading.Event()
    client = blocking_redis(redis_url)
    wake_on_requests(redis_url, inbox, stopped)
    has_woken = threading.Event()

    def wait():
        inbox.take(60)
        has_woken.set()

    threading.Thread(target=wait, daemon=True).start()
    for _ in range(100):
        client.publish(f"{WAKE_PREFIX}pbx", "1")
        if has_woken.wait(0.1):
            break

    assert has_woken.is_set()
    stopped.set()
    client.publish(f"{WAKE_PREFIX}pbx", "1")
    client.close()
