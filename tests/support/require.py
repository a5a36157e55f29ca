"""What a test needs of the machine: skipped by name where it is missing, failed under REQUIRE=all."""

from __future__ import annotations

import os

import pytest


def require(name: str, available: bool, mend: str) -> None:
    """Go on if `available`; else skip the test with the name of what is missing, or fail under REQUIRE=all."""
    if available:
        return
    message = f"{name} is missing: {mend}"
    if os.environ.get("REQUIRE") == "all":
        pytest.fail(message)
    pytest.skip(message)
