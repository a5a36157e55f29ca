"""Facts that other packages may react to."""

from __future__ import annotations

from blinker import Namespace

_signals = Namespace()

# An interview is complete: response_id, club_id, member_id, completed_at. Sent inside the transaction that makes it so:
# what a receiver refuses undoes the completion.
response_completed = _signals.signal("response-completed")

# Asked with club_id and response_id when an interview's page is opened; the answer is a list with what speaks against
# it and what was decided, as the template integrity/_of_interview.html shows it.
reviews_asked = _signals.signal("reviews-asked")
