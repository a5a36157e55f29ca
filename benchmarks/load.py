"""A load of requests on a server of this machine: paced, or as many at once as there are connections."""

from __future__ import annotations

import http.client
import threading
import time
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HOST = "127.0.0.1"
TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Request:
    """One POST of a form."""

    path: str
    body: str
    headers: dict[str, str]


@dataclass
class Load:
    """What came back: the milliseconds of every request, and the errors."""

    milliseconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Answered requests a second."""
        return len(self.milliseconds) / self.seconds


def run(
    port: int, *, clients: int, seconds: float, request: Callable[[int, int], Request], per_second: float | None
) -> Load:
    """Send requests from `clients` connections; `request(client, number)` makes each.

    With `per_second` they are spread evenly over time and over the clients, and a late one counts from the moment it
    was due; without it every client sends the next as soon as the last was answered.
    """
    load, lock = Load(), threading.Lock()
    began = time.perf_counter() + 0.2

    def work(client: int) -> None:
        times, errors = _client(port, client, clients, began, seconds, request, per_second)
        with lock:
            load.milliseconds += times
            load.errors += errors

    threads = [threading.Thread(target=work, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - began
    return load


def _client(
    port: int, client: int, clients: int, began: float, seconds: float,
    request: Callable[[int, int], Request], per_second: float | None,
) -> tuple[list[float], list[str]]:  # fmt: skip
    connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT_SECONDS)
    times: list[float] = []
    errors: list[str] = []
    number = 0
    while True:
        due = began + (number * clients + client) / per_second if per_second else max(began, time.perf_counter())
        if due > began + seconds:
            break
        time.sleep(max(0.0, due - time.perf_counter()))
        status, text = _send(connection, request(client, number))
        times.append((time.perf_counter() - due) * 1000)
        if status >= 400:  # HTTP's refusals begin there
            errors.append(f"{status}: {text[:200]}")
        number += 1
    connection.close()
    return times, errors


def _send(connection: http.client.HTTPConnection, request: Request) -> tuple[int, str]:
    for attempt in (1, 2):
        try:
            connection.request("POST", request.path, request.body, request.headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # The server closed an idle connection; the second try opens a new one.
            connection.close()
            if attempt == 2:  # the second of two
                raise
    raise AssertionError("unreachable")
