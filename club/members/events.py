"""What the member room asks of the rest of the house."""

from __future__ import annotations

from blinker import Namespace

_signals = Namespace()

# Asked with club_id and member_id when a member's page is opened; the answer is a list of past interviews.
history_asked = _signals.signal("history-asked")

# Some members are not to be called again: member_ids, of every club whose calls stop. Inside the transaction.
calls_stopped = _signals.signal("calls-stopped")
