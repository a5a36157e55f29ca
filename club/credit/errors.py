"""The refusals of the credit room."""

from __future__ import annotations

from config.errors import ConflictError


class AlreadyReversedError(ConflictError):
    """The ledger entry has been taken back before."""

    code = "already_reversed"


class NotReversibleError(ConflictError):
    """A reversal is not reversed; a new award is made instead."""

    code = "not_reversible"
