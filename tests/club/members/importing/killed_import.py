"""Run in a process of its own: imports a file, tells how far it is, and waits to be killed in the middle of writing."""

from __future__ import annotations

import sys
from pathlib import Path

import wsgi
from club.members import importing
from config.database import utcnow
from config.settings import load_settings


def main(path: str, club_id: str) -> None:
    app = wsgi.create_app(load_settings())

    def tell(done: int, total: int) -> None:
        if done > total * 3 // 4:
            sys.stdout.write("half-written\n")
            sys.stdout.flush()
            sys.stdin.read()

    with app.app_context():
        importing.import_file(Path(path), int(club_id), now=utcnow(), on_progress=tell)


if __name__ == "__main__":
    main(*sys.argv[1:])
