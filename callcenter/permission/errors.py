"""The refusals of this room."""

from config.errors import ConflictError


class LeftOutError(ConflictError):
    """The member is not to be called for this campaign."""

    code = "left_out"
