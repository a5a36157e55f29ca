"""The words of this room's screens: what speaks against an interview, with its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from callcenter.integrity.queries import Standing
from callcenter.integrity.scoring import FlagKind
from config.formats import number
from config.formats import percent

if TYPE_CHECKING:
    from callcenter.integrity.scoring import Flag

KINDS = {
    FlagKind.UNREADABLE: _l("Quicker than it can be read"),
    FlagKind.TOO_FAST: _l("Much quicker than the others"),
    FlagKind.STRAIGHT: _l("One mark for everything"),
    FlagKind.OFF_CALL: _l("Answers without a call"),
    FlagKind.SHORT_TALK: _l("Too short a talk"),
    FlagKind.OPERATOR: _l("Operator far from the others"),
}
# The word, and the kind of its tag.
STANDINGS = {
    Standing.PENDING: (_l("to be looked at"), "warn"),
    Standing.ACCEPTED: (_l("accepted"), "good"),
    Standing.REJECTED: (_l("rejected, not counted"), "bad"),
}
# The groups of the form: what a rule looks at, and its thresholds with their words.
FIELDS = (
    (
        _l("Quicker than it can be read"),
        _l("Seen at completion. The words of all questions against the time that they were on the screen."),
        (("words_per_second", _l("Words in a second, more than anybody can read aloud")),),
    ),
    (
        _l("Much quicker than the others"),
        _l("Seen a moment later: the seconds for each question against the last hundred interviews of the version."),
        (
            ("median_percent", _l("Quicker than this percentage of the median")),
            ("median_interviews", _l("Compare only from so many interviews on")),
        ),
    ),
    (
        _l("One mark for everything"),
        _l("Seen at completion. A contented member may well give one mark; choose a number that is rare with you."),
        (("straight_ratings", _l("So many ratings with the same value, and no other one")),),
    ),
    (
        _l("Answers without a call"),
        _l("Seen at completion: answers written down while no call of this member was up."),
        (
            ("off_call_answers", _l("So many answers outside a call")),
            ("off_call_seconds", _l("Seconds before and after a call that still belong to it")),
        ),
    ),
    (
        _l("Too short a talk"),
        _l("Seen at completion: the time on the line against the number of questions."),
        (("talk_seconds", _l("Less talk than so many seconds for each question")),),
    ),
    (
        _l("Operator far from the others"),
        _l(
            "Seen a moment later: the share of questions without an answer, and the mean mark, of all interviews of "
            "the operator in the last sixty days, against those of at least three others. It is said at one interview "
            "and is about all of them."
        ),
        (
            ("operator_distance", _l("So many times as far from the middle as the others usually are")),
            ("operator_interviews", _l("Judge only operators with so many interviews")),
        ),
    ),
)


# The sentence of each, and how many decimals its figures have.
SENTENCES = {
    FlagKind.UNREADABLE: (_l("%(words)s words in %(seconds)s seconds: nobody reads so quickly."), 0),
    FlagKind.TOO_FAST: (_l("%(seconds)s seconds for each question, where the median is %(median)s."), 1),
    FlagKind.STRAIGHT: (_l("All %(ratings)s ratings are %(value)s."), 0),
    FlagKind.OFF_CALL: (_l("%(outside)s of %(answers)s answers were written down while no call was up."), 0),
    FlagKind.SHORT_TALK: (_l("%(seconds)s seconds of talk for %(answers)s questions."), 0),
}
UNANSWERED = _l(
    "In this operator's interviews %(unanswered)s of the questions have no answer, in the others' usually %(median)s."
)
MARKS = _l("The mean mark in this operator's interviews is %(rating)s, in the others' usually %(median)s.")


def reason(flag: Flag) -> str:
    """What speaks against an interview, in a sentence with its figures."""
    figures = flag.figures
    if flag.kind is not FlagKind.OPERATOR:
        sentence, places = SENTENCES[flag.kind]
        return str(sentence) % {name: number(value, places) for name, value in figures.items()}
    if "unanswered" in figures:
        return str(UNANSWERED) % {name: percent(value) for name, value in figures.items()}
    return str(MARKS) % {name: number(value, 1) for name, value in figures.items()}
