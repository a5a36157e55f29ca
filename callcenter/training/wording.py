"""The words of this room's screens."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from callcenter.training.checklist import Item
from callcenter.training.checklist import Mark
from callcenter.training.models import StepKind
from callcenter.training.personas import Persona
from callcenter.training.standing import Closed
from callcenter.training.standing import Standing

# The word, and the shape beside it.
STANDINGS = {
    Standing.CERTIFIED: (_l("certified"), "good"),
    Standing.ENDING: (_l("ends soon"), "warn"),
    Standing.EXPIRED: (_l("expired"), "bad"),
    Standing.REWORDED: (_l("needs a refresher"), "bad"),
    Standing.REVOKED: (_l("taken back"), "bad"),
    Standing.NEVER: (_l("not certified"), ""),
}
KINDS = {
    StepKind.READ: _l("Read the material"),
    StepKind.PRACTICE: _l("Practice with a simulated member"),
    StepKind.QUIZ: _l("Quiz"),
    StepKind.CHECKLIST: _l("Trial interview with the supervisor"),
}
PERSONAS = {
    Persona.EASY: (_l("Easy"), _l("Friendly, and answers what is asked.")),
    Persona.HURRIED: (_l("In a hurry"), _l("Answers before you have finished.")),
    Persona.ANGRY: (_l("Angry"), _l("Something went wrong, and you hear of it.")),
    Persona.TALKATIVE: (_l("Talkative"), _l("Tells everything but the answer.")),
    Persona.WARY: (_l("“Who are you?”"), _l("Wants to know who calls, and leaves some answers out.")),
}
ITEMS = {
    Item.INTRODUCTION: (_l("Introduction"), _l("Said who calls, for whom and why, before anything else.")),
    Item.CONSENT: (_l("Asking for consent"), _l("Asked whether to begin, and took a no for a no.")),
    Item.VERBATIM: (_l("Word for word"), _l("Read every question as it stands, all answers to the end.")),
    Item.PROBING: (_l("Neutral probing"), _l("Repeated or asked “which is closest”, suggested nothing.")),
    Item.RECORDING: (_l("What is recorded"), _l("Recorded what was said, “does not know” as well.")),
    Item.COURTESY: (_l("Courtesy"), _l("Calm and friendly, let the member finish.")),
    Item.CLOSING: (_l("Closing"), _l("Thanked, named the credit rightly, said goodbye.")),
}
MARKS = {Mark.GOOD: _l("good"), Mark.FAIR: _l("to improve"), Mark.POOR: _l("poor")}
FIELDS = {
    "quiz_percent": _l("Between 1 and 100 percent."),
    "text_fa": _l("At most 20,000 characters."),
    "text_en": _l("At most 20,000 characters."),
    "question": _l("Write the question in both languages, with at most 300 characters."),
    "choices": _l("Write the right answer and at least one wrong one, each in both languages."),
    "marks": _l("Mark every item."),
    "months": _l("Between 1 and 60 months."),
    "change_percent": _l("Between 0 and 100 percent."),
    "operator": _l("Choose at least one operator."),
    "note": _l("Say in a few words why, at most 300 characters."),
    "reason": _l("Say in a few words why, at most 300 characters."),
}
# Why the desk hands out nobody of a campaign, and what to do about it.
UNCERTIFIED = {
    Standing.NEVER: _l(
        "The members of %(campaign)s go to certified operators, and you have no certificate for its survey yet. Read "
        "the material, practise, take the quiz, and interview your supervisor once."
    ),
    Standing.EXPIRED: _l(
        "Your certificate for the survey of %(campaign)s has ended, so its members go to others. Read the material and "
        "pass the quiz, and you have it again."
    ),
    Standing.REWORDED: _l(
        "The survey of %(campaign)s was reworded, so its members go to others for now. Read the material and pass the "
        "quiz, and they come to you again."
    ),
    Standing.REVOKED: _l(
        "Your certificate for the survey of %(campaign)s was taken back, so its members go to others. Ask your "
        "supervisor why; then take the four steps of the training anew."
    ),
}


def uncertified(closed: Closed) -> str:
    """What to tell an operator of a campaign that is closed to them."""
    return str(UNCERTIFIED[closed.standing]) % {"campaign": closed.campaign}
