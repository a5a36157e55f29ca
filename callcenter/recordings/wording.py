"""The words of the recordings' pages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from callcenter.recordings.models import DeletionReason
from callcenter.recordings.models import MomentKind
from callcenter.recordings.models import RecordingState

# The word, and the shape beside it.
STATES = {
    RecordingState.ASKED: (_l("Being recorded"), "live"),
    RecordingState.RUNNING: (_l("Being recorded"), "live"),
    RecordingState.WITHDRAWN: (_l("Withdrawn"), "warn"),
    RecordingState.KEPT: (_l("Kept"), "good"),
    RecordingState.EMPTY: (_l("No sound"), "warn"),
    RecordingState.MISSING: (_l("No file"), "bad"),
    RecordingState.DELETED: (_l("Deleted"), ""),
}
# What the list is narrowed to, by the value in the address.
GROUPS = {
    "kept": (_l("Kept"), (RecordingState.KEPT,)),
    "faulty": (_l("No sound or no file"), (RecordingState.EMPTY, RecordingState.MISSING)),
    "deleted": (_l("Deleted or withdrawn"), (RecordingState.DELETED, RecordingState.WITHDRAWN)),
}
MOMENTS = {
    MomentKind.STARTED: _l("Recording began"),
    MomentKind.PAUSED: _l("Paused for a while"),
    MomentKind.RESUMED: _l("Went on"),
    MomentKind.STOPPED: _l("Stopped"),
}
WORDS = {True: _l("Agreed to be recorded"), False: _l("Did not agree")}
DELETIONS = {
    DeletionReason.EXPIRED: _l("Deleted when the club's time was over"),
    DeletionReason.WITHDRAWN: _l("Deleted because the member withdrew consent"),
    DeletionReason.BY_HAND: _l("Deleted by hand"),
}
SENTENCES = {
    "first_day": _l("Write the day as 1405/09/12 or 2026-12-03, or nothing."),
    "last_day": _l("Write the day as 1405/09/12 or 2026-12-03, or nothing."),
    "keep_days": _l("Between 1 and 3,650 days."),
}
