"""The refusals of this room."""

from datetime import datetime

from config.errors import ConflictError


class LeftOutError(ConflictError):
    """The member is not to be called for this campaign."""

    code = "left_out"


class OwnHoursError(ConflictError):
    """The member does not want to be called at this hour; the next possible one is `until`."""

    code = "own_hours"

    def __init__(self, member_id: int, until: datetime) -> None:
        super().__init__(f"Member {member_id} is not called before {until:%Y-%m-%d %H:%M} UTC.")
        self.until = until


class RestingError(ConflictError):
    """The club's rules leave the member in peace until `until`."""

    code = "resting"

    def __init__(self, member_id: int, until: datetime) -> None:
        super().__init__(f"Member {member_id} is left in peace until {until:%Y-%m-%d %H:%M} UTC.")
        self.until = until
