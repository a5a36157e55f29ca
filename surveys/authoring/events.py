"""What authoring asks of the rest of the house."""

from __future__ import annotations

from blinker import Namespace

_signals = Namespace()

# Asked with club_id, survey_id and questionnaire when a draft is checked before it is published; the answer is a list
# of sentences that say what its publication will mean elsewhere.
publication_weighed = _signals.signal("publication-weighed")
