"""The refusals of quotas."""

from config.errors import ConflictError


class QuotaFullError(ConflictError):
    """There are enough interviews with these answers; the interview ends politely."""

    code = "quota_full"
