"""Live screens: facts are published to Redis after the commit, and each web process fans them out to its streams.

A message only tells that something changed and what; the screen can always ask for the whole state instead,
so a lost message costs freshness for a poll, never a fact.
"""

from __future__ import annotations

import json
import logging
import queue
import threading
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Any

import redis
from flask import Blueprint
from flask import Response
from flask import current_app
from flask import has_request_context
from flask import request
from flask import stream_with_context

from config.accounts.access import Role
from config.accounts.access import current_club_ids
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.aftercommit import together_after_commit
from config.database import db
from config.errors import NotAllowedError
from config.jobs.models import JobRun
from config.text import is_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from flask import Flask

log = logging.getLogger(__name__)
bp = Blueprint("live", __name__)

CHANNEL_PREFIX = "hamseda:live:"
WAKE_PREFIX = "hamseda:wake:"
# An open page chooses a name for itself by chance and says it with what it sends.
PAGE_HEADER = "X-Page"
LONGEST_PAGE = 40
HEARTBEAT_SECONDS = 15
# A screen that does not read for this many messages is dropped; it reconnects and asks for the whole state.
SLOW_SCREEN_LIMIT = 200
# An open stream holds a thread of the web process; the others are for pages. A screen too many polls instead.
SHARE_FOR_STREAMS = 0.75


def quick_redis(app: Flask | None = None) -> redis.Redis:
    """The Redis client for requests: short time-outs, so that a dead Redis never holds a page."""
    client: redis.Redis = (app or current_app).extensions["hamseda_redis"]
    return client


def blocking_redis(url: str) -> redis.Redis:
    """A Redis client for reads that wait (subscriptions): redis-py's default time-out would cut them."""
    return redis.Redis.from_url(url, socket_timeout=None, health_check_interval=HEARTBEAT_SECONDS)


def publish(topic: str, payload: dict[str, Any]) -> None:
    """Tell the screens of a topic now. A dead Redis is logged, never raised: screens fall back to polling."""
    _send([(CHANNEL_PREFIX + topic, json.dumps(payload))])


def _send(messages: Sequence[tuple[str, str]]) -> None:
    """Publish pairs of a channel and a text, in one round trip."""
    pipeline = quick_redis().pipeline(transaction=False)
    for channel, text in messages:
        pipeline.publish(channel, text)
    try:
        pipeline.execute()
    except redis.RedisError as error:
        log.warning("not published for %s: %s", ", ".join(channel for channel, _text in messages), error)


def publish_after_commit(topic: str, payload: dict[str, Any]) -> None:
    """Tell the screens of a topic once the current transaction has committed.

    The news of a request that says which page it comes from bear its name in `by`: the answer to the request shows that
    page already what they tell.
    """
    page = request.headers.get(PAGE_HEADER, "")[:LONGEST_PAGE] if has_request_context() else ""
    news = {**payload, "by": page} if page else payload
    together_after_commit(_send, (CHANNEL_PREFIX + topic, json.dumps(news)))


def wake_after_commit(process: str) -> None:
    """Tell a waiting process (`pbx`) that there is work, once the transaction has committed; losing it costs a poll."""
    together_after_commit(_send, (WAKE_PREFIX + process, "1"))


@dataclass(eq=False)
class _Screen:
    topics: frozenset[str]
    messages: queue.Queue[str | None] = field(default_factory=lambda: queue.Queue(SLOW_SCREEN_LIMIT))


class Hub:
    """One Redis subscription for the whole process, handed out to the open streams."""

    def __init__(self, url: str, *, limit: int) -> None:
        self._url = url
        self._limit = limit
        self._open_count = 0
        self._screens: set[_Screen] = set()
        self._lock = threading.Lock()
        self._is_running = False

    def open(self, topics: frozenset[str]) -> _Screen | None:
        """Start handing messages of `topics` to a new screen; None when as many streams are open as may be."""
        screen = _Screen(topics)
        with self._lock:
            if self._open_count >= self._limit:
                return None
            self._open_count += 1
            self._screens.add(screen)
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._listen, name="live-hub", daemon=True).start()
        return screen

    def close(self, screen: _Screen) -> None:
        """Forget a screen whose stream has ended; its place is free."""
        with self._lock:
            self._screens.discard(screen)
            self._open_count -= 1

    def _listen(self) -> None:
        try:
            client = blocking_redis(self._url)
            subscription = client.pubsub(ignore_subscribe_messages=True)
            subscription.psubscribe(CHANNEL_PREFIX + "*")
            for message in subscription.listen():
                self._hand_out(message["channel"].decode().removeprefix(CHANNEL_PREFIX), message["data"].decode())
        except redis.RedisError as error:
            log.warning("live subscription lost: %s", error)
        finally:
            # Every stream ends; the browsers reconnect, and the first of them subscribes again.
            with self._lock:
                self._is_running = False
                screens, self._screens = self._screens, set()
            for screen in screens:
                _drop(screen)

    def _hand_out(self, topic: str, data: str) -> None:
        text = f'{{"topic":{json.dumps(topic)},"data":{data}}}'
        with self._lock:
            screens = [screen for screen in self._screens if topic in screen.topics]
        for screen in screens:
            try:
                screen.messages.put_nowait(text)
            except queue.Full:
                with self._lock:
                    self._screens.discard(screen)
                _drop(screen)


def _drop(screen: _Screen) -> None:
    """Empty the queue, so that the end mark fits, and end the stream."""
    while not screen.messages.empty():
        try:
            screen.messages.get_nowait()
        except queue.Empty:
            break
    screen.messages.put(None)


@bp.get("/events")
@roles_required(*Role)
def events() -> Response:
    """A stream of server-sent events for the topics asked for, each checked against the person; 503 when too many."""
    topics = frozenset(request.args.get("topics", "").split(",")) - {""}
    for topic in topics:
        _ensure_may_hear(topic)
    hub: Hub = current_app.extensions["hamseda_hub"]
    # The stream lives for hours; it must not hold a database connection.
    db.session.remove()
    screen = hub.open(topics)
    if screen is None:
        return Response(status=503)
    response = Response(stream_with_context(_stream(screen)), mimetype="text/event-stream")
    response.call_on_close(lambda: hub.close(screen))
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _ensure_may_hear(topic: str) -> None:
    kind, _, key = topic.partition(":")
    user = signed_in_user()
    if not is_id(key):
        raise NotAllowedError(f"There is no topic {topic!r}.")
    number = int(key)
    allowed = {
        "operator": lambda: number == user.id,
        "floor": lambda: user.role in {Role.SUPERVISOR, Role.ADMINISTRATOR} and number in current_club_ids(),
        "results": lambda: user.role in {Role.MANAGER, Role.ADMINISTRATOR} and number in current_club_ids(),
        "job": lambda: user.role is not Role.OPERATOR and _may_see_job(number),
    }
    if kind not in allowed or not allowed[kind]():
        raise NotAllowedError(f"The topic {topic!r} is not yours to hear.")


def _may_see_job(run_id: int) -> bool:
    run = db.session.get(JobRun, run_id)
    return run is not None and run.club_id in current_club_ids()


def _stream(screen: _Screen) -> Iterator[str]:
    yield "retry: 2000\nevent: open\ndata: {}\n\n"
    while True:
        try:
            text = screen.messages.get(timeout=HEARTBEAT_SECONDS)
        except queue.Empty:
            yield ": still here\n\n"
            continue
        if text is None:
            return
        yield f"data: {text}\n\n"


def init_app(app: Flask) -> None:
    """Give the application its Redis client and its hub."""
    url = app.config["REDIS_URL"]
    app.extensions["hamseda_redis"] = redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=1, retry=None)
    app.extensions["hamseda_hub"] = Hub(url, limit=int(app.config["SETTINGS"].web_threads * SHARE_FOR_STREAMS))
