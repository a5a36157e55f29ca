"""The refusals of the queue."""

from config.errors import ConflictError


class LeaseLostError(ConflictError):
    """The entry is not, or no longer, held by this operator."""

    code = "lease_lost"
