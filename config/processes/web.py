"""The web process: gunicorn with threads, so that a few hundred open live streams leave room for pages."""

from __future__ import annotations

import gc
import socket
from typing import TYPE_CHECKING
from typing import Any

from gunicorn.app.base import BaseApplication
from sqlalchemy.orm import configure_mappers

from config.processes.errors import PortTakenError

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from config.settings import Settings

# Live streams never end by themselves: after this long they are cut, and the browsers come back to the next process.
GRACE_SECONDS = 4


class WebServer(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn around our application, configured from the settings and from nothing else."""

    def __init__(self, load: Callable[[], Flask], settings: Settings, *, port: int, processes: int) -> None:
        self._load = load
        self._options: dict[str, Any] = {
            "bind": f"{settings.web_host}:{port}",
            "workers": processes,
            "worker_class": "gthread",
            "threads": settings.web_threads,
            "graceful_timeout": GRACE_SECONDS,
            "loglevel": settings.log_level.lower(),
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Take our options; the environment of gunicorn's own command is not read."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application; called once in each process."""
        app = self._load()
        _warm(app)
        # What is loaded now stays for good: the collector need not walk through it again at every request.
        gc.collect()
        gc.freeze()
        return app


def _warm(app: Flask) -> None:
    """Do now what the first request would wait for: who waits may have a member on the line."""
    configure_mappers()
    folders = app.config.get("WARM_TEMPLATES", ())
    for name in app.jinja_env.list_templates(filter_func=lambda name: name.startswith(folders)):
        app.jinja_env.get_template(name)


def ensure_port_is_free(host: str, port: int) -> None:
    """Raise PortTakenError unless a server can listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As gunicorn does: connections of a server that has just ended do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTakenError(host, port, error.strerror or str(error)) from None


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
