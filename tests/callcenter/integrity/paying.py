"""A process that pays for an interview, says so, and waits with its transaction open: to be killed.

Named are a folder, the database, what is done (`complete` or `accept`), the interview, its club, and who accepts.
"""

from __future__ import annotations

import sys
from pathlib import Path

from callcenter.integrity.models import Verdict
from callcenter.integrity.reviewing import decide
from club.credit import queries as credit
from config.database import utcnow
from surveys.interviews import interviewing
from tests.conftest import make_app


def pay(act: str, response_id: int, club_id: int, user_id: int) -> None:
    if act == "complete":
        interviewing.complete(response_id, now=utcnow())
    else:
        decide(club_id, response_id, verdict=Verdict.ACCEPTED, reason="", seen=0, user_id=user_id, now=utcnow())


def main(home: str, url: str, act: str, *ids: str) -> None:
    with make_app(Path(home), url).app_context():
        pay(act, *map(int, ids))
        paid = credit.paid_for(int(ids[1]), "response", int(ids[0]))
        sys.stdout.write(f"{paid.amount_rial if paid else 0}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
