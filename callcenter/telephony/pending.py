"""The actions whose reply is still to come, each with its own id and deadline."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from callcenter.telephony.errors import ActionRefusedError
from callcenter.telephony.errors import ReplyLostError
from callcenter.telephony.wire import plain

if TYPE_CHECKING:
    from asterisk.ami import Event
    from asterisk.ami import Response


@dataclass(frozen=True)
class Reply:
    """What the exchange answered: the fields of the response, and of each event of a list."""

    fields: dict[str, str]
    rows: tuple[dict[str, str], ...] = ()


@dataclass(eq=False)
class _Action:
    name: str
    deadline: float
    is_list: bool
    future: Future[Reply] = field(default_factory=Future)
    fields: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)


class Pending:
    """A table of unanswered actions. Safe for threads; futures are settled outside the lock."""

    def __init__(self) -> None:
        self._actions: dict[str, _Action] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._actions)

    def add(self, action_id: str, name: str, *, seconds: float, is_list: bool) -> Future[Reply]:
        """Expect a reply within `seconds`; a list is answered once its last event came."""
        action = _Action(name, time.monotonic() + seconds, is_list)
        with self._lock:
            self._actions[action_id] = action
        return action.future

    def forget(self, action_id: str) -> None:
        """Expect no reply: the action was not sent."""
        self._take(action_id)

    def on_response(self, response: Response) -> None:
        """Settle the action a response belongs to; a reply that comes after its deadline belongs to none."""
        fields = plain(response.keys)
        action_id = fields.get("ActionID", "")
        action = self._actions.get(action_id)
        if action is None:
            return
        if response.is_error():
            self._take(action_id)
            message = fields.get("Message", "no reason given")
            action.future.set_exception(ActionRefusedError(f"{action.name}: {message}"))
        elif action.is_list:
            action.fields = fields
        else:
            self._take(action_id)
            action.future.set_result(Reply(fields))

    def on_event(self, event: Event) -> bool:
        """Take an event that belongs to an awaited list; says whether it did."""
        fields = plain(event.keys)
        action_id = fields.get("ActionID", "")
        action = self._actions.get(action_id)
        if action is None or not action.is_list:
            return False
        if fields.get("EventList", "").lower() in {"complete", "cancelled"}:
            self._take(action_id)
            action.future.set_result(Reply(action.fields, tuple(action.rows)))
        else:
            action.rows.append(fields)
        return True

    def expire(self) -> None:
        """Fail every action whose deadline has passed."""
        now = time.monotonic()
        with self._lock:
            late = [action_id for action_id, action in self._actions.items() if action.deadline <= now]
        for action_id in late:
            action = self._take(action_id)
            if action:
                action.future.set_exception(ReplyLostError(f"{action.name}: the exchange did not answer in time"))

    def fail_all(self, error: Exception) -> None:
        """Fail every action: the connection they were sent over is gone."""
        with self._lock:
            actions, self._actions = list(self._actions.values()), {}
        for action in actions:
            action.future.set_exception(error)

    def _take(self, action_id: str) -> _Action | None:
        with self._lock:
            return self._actions.pop(action_id, None)
