"""What keeps a shift from being simulated."""

from __future__ import annotations

from config.errors import HamsedaError


class NotEmptyError(HamsedaError):
    """The database is somebody's: simulated calls do not belong among theirs."""

    code = "not_empty"

    def __init__(self) -> None:
        super().__init__("The database has clubs already. A shift is simulated in an empty one; name another.")


class NeverReadyError(HamsedaError):
    """The processes of the simulated house did not come up, or were stopped."""

    code = "never_ready"

    def __init__(self, log: str) -> None:
        super().__init__(f"The house of the simulation did not come up or was stopped early. It said last:\n{log}")
