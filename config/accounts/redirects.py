"""Where to go next: only addresses inside this application."""

from __future__ import annotations

from urllib.parse import urlsplit


def safe_next(target: str | None, fallback: str = "/") -> str:
    r"""`target` when it is a path of this application, else `fallback`.

    A browser takes a backslash for a slash, so `/\evil` would leave the house like `//evil`.
    """
    if not target or "\\" in target or not target.startswith("/") or target.startswith("//"):
        return fallback
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else fallback
