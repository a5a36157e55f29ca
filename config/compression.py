"""Text answers go over the wire compressed, as browsers ask for it; streams and small answers stay as they are."""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from flask import Flask
    from flask import Response

# Fonts and pictures are compressed in themselves.
TEXT = frozenset(
    {"text/html", "text/css", "text/javascript", "application/javascript", "application/json", "image/svg+xml"}
)
SMALLEST_BYTES = 600
# Pages are compressed at each request, files once.
PAGE_LEVEL = 6
FILE_LEVEL = 9
FILES_KEPT = 64


def _compress(response: Response) -> Response:
    if not _is_wanted(response):
        return response
    is_file = response.direct_passthrough
    data = _whole_file(response) if is_file else response.get_data()
    if len(data) < SMALLEST_BYTES:
        return response
    response.set_data(_packed_file(data) if is_file else gzip.compress(data, PAGE_LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    tag, is_weak = response.get_etag()
    if tag is not None and not is_weak:
        # The same file in another form: equal in meaning, not byte by byte.
        response.set_etag(tag, weak=True)
    return response


def _is_wanted(response: Response) -> bool:
    if response.mimetype not in TEXT:
        return False
    response.vary.add("Accept-Encoding")
    return (
        response.status_code == 200  # noqa: PLR2004  # only whole answers
        and not (response.is_streamed and not response.direct_passthrough)
        and "Content-Encoding" not in response.headers
        and request.accept_encodings["gzip"] > 0
    )


def _whole_file(response: Response) -> bytes:
    """The file's content, now part of the answer and no longer read while it is sent."""
    response.direct_passthrough = False
    file = response.response
    data = response.get_data()
    if hasattr(file, "close"):
        file.close()
    return data


@lru_cache(FILES_KEPT)
def _packed_file(data: bytes) -> bytes:
    return gzip.compress(data, FILE_LEVEL, mtime=0)


def init_app(app: Flask) -> None:
    """Compress the answers of this application."""
    app.after_request(_compress)
