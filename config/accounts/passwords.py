"""Passwords: argon2id, checked one at a time per process, since each check takes 64 MiB."""

from __future__ import annotations

import secrets
import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError
from argon2.exceptions import VerificationError

from config.errors import InvalidInputError

MIN_LENGTH = 10
_hasher = PasswordHasher()
_slots = threading.BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """The argon2id hash to keep. Raises InvalidInputError when the password is too short."""
    if len(password) < MIN_LENGTH:
        raise InvalidInputError("password", f"A password has at least {MIN_LENGTH} characters.")
    with _slots:
        return _hasher.hash(password)


def is_right_password(password_hash: str | None, password: str) -> bool:
    """Whether the password is the hashed one. Takes as long for an unknown account (None) as for a known one."""
    with _slots:
        try:
            return _hasher.verify(password_hash or _nobodys_hash(), password) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe())
