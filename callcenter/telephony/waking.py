"""Wakes the pbx process through Redis the moment a call is asked for; without Redis it finds the call by looking."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

import redis

from config.live import WAKE_PREFIX
from config.live import blocking_redis

if TYPE_CHECKING:
    from callcenter.telephony.inbox import Inbox

log = logging.getLogger(__name__)

RETRY_SECONDS = 2.0


def wake_on_requests(redis_url: str, inbox: Inbox, stopped: threading.Event) -> None:
    """Listen in a thread of its own until `stopped` is set."""
    threading.Thread(target=_listen, args=(redis_url, inbox, stopped), name="wakes", daemon=True).start()


def _listen(redis_url: str, inbox: Inbox, stopped: threading.Event) -> None:
    while not stopped.is_set():
        try:
            subscription = blocking_redis(redis_url).pubsub(  # type: ignore[no-untyped-call]  # redis-py has no types here
                ignore_subscribe_messages=True
            )
            subscription.subscribe(f"{WAKE_PREFIX}pbx")
            for _ in subscription.listen():
                inbox.wake()
                if stopped.is_set():
                    break
        except redis.RedisError as error:
            log.warning("wakes are not heard, looking once a second instead: %s", error)
        stopped.wait(RETRY_SECONDS)
