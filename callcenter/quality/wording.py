"""The words of the pages of reviews."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from callcenter.quality.errors import NotCompleteError
from callcenter.quality.errors import ReadBeforeError
from callcenter.quality.sampling import Reason
from callcenter.quality.scoring import Item
from callcenter.quality.scoring import Mark
from callcenter.quality.scoring import Verdict
from surveys.interviews.errors import OwnInterviewError

REASONS = {
    Reason.NEWCOMER: _l("a newcomer's first interviews"),
    Reason.RANDOM: _l("drawn by lot"),
}
# The word, and the shape beside it.
VERDICTS = {
    Verdict.PASS: (_l("passed"), "good"),
    Verdict.WARNING: (_l("warning and coaching"), "warn"),
    Verdict.FAIL: (_l("failed"), "bad"),
}
ITEMS = {
    Item.INTRODUCTION: (_l("Introduction"), _l("Said who calls, for whom and why, before anything else.")),
    Item.CONSENT: (_l("Consent and recording"), _l("Asked whether to begin and to record, and took a no for a no.")),
    Item.VERBATIM: (_l("Word for word"), _l("Read every question as it stands, all answers to the end.")),
    Item.PROBING: (_l("Neutral probing"), _l("Repeated or asked “which is closest”, suggested nothing.")),
    Item.CODING: (_l("What is recorded"), _l("Recorded what was said, “does not know” as well.")),
    Item.CLOSING: (_l("Closing"), _l("Thanked, named the credit rightly, said goodbye.")),
    Item.COURTESY: (_l("Courtesy"), _l("Calm and friendly, let the member finish.")),
}
MARKS = {
    Mark.FINE: _l("fine"),
    Mark.SLIGHT: _l("a slip"),
    Mark.CLEAR: _l("a clear fault"),
    Mark.GRAVE: _l("a grave fault"),
    Mark.NOT_HEARD: _l("not judged"),
}
REFUSALS = {
    NotCompleteError.code: _l("Only complete interviews are reviewed."),
    OwnInterviewError.code: _l("You led this interview, or a part of it: somebody else reviews it."),
    ReadBeforeError.code: _l("You have read what others found in this interview: somebody else reviews it."),
}
FIELDS = {
    "marks": _l("Give every line a mark; at least one was heard."),
    "note": _l("Write what the operator should do otherwise (at most 2,000 characters)."),
    "comments": _l("A comment has at most 500 characters, and its moment is like 1:23, or empty."),
    "answer": _l("Write from 1 to 2,000 characters."),
    "share_percent": _l("Between 0 and 100 percent."),
    "newcomer_count": _l("Between 0 and 1,000."),
}
