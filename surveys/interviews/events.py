"""Facts that other packages may react to."""

from __future__ import annotations

from blinker import Namespace

_signals = Namespace()

# An interview is complete: response_id, club_id, member_id, completed_at. Sent inside the transaction that makes it so:
# what a receiver refuses undoes the completion.
response_completed = _signals.signal("response-completed")
