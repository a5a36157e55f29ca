"""Who may run now: `pytest -n` runs several tests at once, and a test marked `alone` waits until it is the only one."""

from __future__ import annotations

import contextlib
import fcntl
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest


@contextlib.contextmanager
def turn(item: pytest.Item) -> Iterator[None]:
    """Hold this test's turn: shared with the tests of the other workers, or nobody else's if it is marked `alone`."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        yield
        return
    folder = item.config._tmp_path_factory.getbasetemp().parent
    with contextlib.ExitStack() as kept:
        # Whoever waits to be alone stands in the door, so that the others cannot pass by for ever.
        with _locked(folder / "door", fcntl.LOCK_EX):
            is_alone = item.get_closest_marker("alone") is not None
            kept.enter_context(_locked(folder / "room", fcntl.LOCK_EX if is_alone else fcntl.LOCK_SH))
        yield


@contextlib.contextmanager
def _locked(path: Path, kind: int) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, kind)
        # Closing the file gives it back, and so does the end of a worker that crashed.
        yield
