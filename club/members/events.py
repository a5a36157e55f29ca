"""What the member room asks of the rest of the house."""

from __future__ import annotations

from blinker import Namespace

_signals = Namespace()

# Asked with club_id and member_id when a member's page is opened; the answer is a list of past interviews.
history_asked = _signals.signal("history-asked")

# Asked with club_id, member_id and now when a member's page is opened; the answer is a list with one item for each
# campaign that is not closed: campaign_id, campaign, is_left_out, and in words the reasons against calling them now.
standing_asked = _signals.signal("standing-asked")

# Asked with club_id and member_id when a member's page is opened; the answer is a list with the form of the hours at
# which the member wants to be called, as the template permission/_own_hours.html shows it.
own_hours_asked = _signals.signal("own-hours-asked")

# Asked with club_id and member_id when a member's page is opened; the answer is a list of the interviews whose credit
# waits or was decided about, as the template integrity/_of_member.html shows it.
reviews_asked = _signals.signal("member-reviews-asked")

# Some members are not to be called again: member_ids, of every club whose calls stop. Inside the transaction.
calls_stopped = _signals.signal("calls-stopped")

# Some members are to be spoken to in another language than before: member_ids. Inside the transaction.
language_changed = _signals.signal("language-changed")

# Calls to some members are wanted again: member_ids, who are on no do-not-call list any more. Inside the transaction.
calls_allowed = _signals.signal("calls-allowed")
