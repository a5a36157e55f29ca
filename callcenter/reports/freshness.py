"""An interview just finished: the open manager's pages of that club are told."""

from __future__ import annotations

from datetime import datetime

from config.live import publish_after_commit


def on_response_completed(*, response_id: int, club_id: int, member_id: int, completed_at: datetime) -> None:
    """Tell the club's results pages once the interview is committed.

    Only the time goes out, in ISO form: the pages fetch the numbers themselves, and nothing about a member travels.
    """
    del response_id, member_id
    publish_after_commit(f"results:{club_id}", {"completed_at": completed_at.isoformat()})
