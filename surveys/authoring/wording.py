"""The words of the editor: kinds, dimensions, states, placeholders."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from config.formats import percent
from surveys.authoring.comparing import Fate
from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Kind
from surveys.questionnaires.models import VersionState

# What a kind is called, and what it is for.
KINDS = {
    Kind.RATING: (_l("Rating, 1 to 5"), _l("How satisfied somebody was, in five words.")),
    Kind.RECOMMEND: (_l("Recommendation, 0 to 10"), _l("How likely they are to recommend us.")),
    Kind.EFFORT: (_l("Effort, 1 to 7"), _l("How easy something was; words for both ends.")),
    Kind.YES_NO: (_l("Yes or no"), _l("A plain fact.")),
    Kind.CHOICE_ONE: (_l("One of several"), _l("One answer from a list.")),
    Kind.CHOICE_MANY: (_l("Some of several"), _l("Any answers from a list.")),
    Kind.NUMBER: (_l("Number"), _l("How many, how often.")),
    Kind.AMOUNT: (_l("Amount in Toman"), _l("What something cost.")),
    Kind.DATE: (_l("Day"), _l("When it was, in either calendar.")),
    Kind.OPEN_TEXT: (_l("In their own words"), _l("The operator writes what is said.")),
    Kind.INSTRUCTION: (_l("Read out only"), _l("A sentence between questions.")),
    Kind.INTRODUCTION: (_l("Introduction"), _l("Who calls, for whom, and why.")),
    Kind.CONSENT: (_l("Consent to the interview"), _l("Whether the interview may begin; a no ends it.")),
    Kind.CLOSING: (_l("Closing"), _l("Thanks and the credit; always the last.")),
}
DIMENSIONS = {
    Dimension.PRICE: _l("Price"),
    Dimension.QUALITY: _l("Quality"),
    Dimension.SERVICE: _l("Service"),
    Dimension.OVERALL: _l("Overall"),
}
# The parts of a question that have words.
PARTS = {
    "text": _l("Read aloud"),
    "hint": _l("For the operator's eyes"),
    "probe": _l("A probe"),
    "choice": _l("An answer"),
    "label": _l("A word of the scale"),
    "message": _l("The message"),
}
# What became of a question between two versions: its word and the kind of its tag.
FATES = {
    Fate.ADDED: (_l("added"), "good"),
    Fate.REMOVED: (_l("removed"), "bad"),
    Fate.CHANGED: (_l("changed"), "warn"),
    Fate.MOVED: (_l("moved"), ""),
}
# The word of a state and the kind of its tag.
STATES = {
    VersionState.DRAFT: (_l("Draft"), "warn"),
    VersionState.PUBLISHED: (_l("Published"), "good"),
    VersionState.CLOSED: (_l("Closed"), ""),
}
PLACEHOLDER_WORDS = {
    "member": _l("the member's name"),
    "first_name": _l("the first name"),
    "tier": _l("the tier"),
    "city": _l("the city"),
    "branch": _l("the branch"),
    "purchase_day": _l("the day of the last purchase"),
    "purchase_items": _l("what was bought"),
    "purchase_amount": _l("what was paid, in Toman"),
    "credit": _l("the credit, in Toman"),
    "operator": _l("the operator's name"),
    "club": _l("the name of the business"),
}
# The shares that are offered, in per cent.
SHARES = tuple(range(30, 100, 10))


def percents(chosen: int | None) -> list[tuple[int, str]]:
    """The shares to choose from, and the one that is chosen."""
    return [(share, percent(share / 100)) for share in sorted({*SHARES, *([chosen] if chosen else [])})]
