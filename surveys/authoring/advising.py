"""Findings as sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from config import languages
from config.formats import number
from surveys.authoring import review
from surveys.authoring import sentences
from surveys.authoring import timing
from surveys.authoring.review import Finding
from surveys.authoring.review import What
from surveys.authoring.wording import DIMENSIONS
from surveys.authoring.wording import PARTS
from surveys.questionnaires.checking import problems_of

if TYPE_CHECKING:
    from surveys.authoring.timing import Past
    from surveys.questionnaires.document import Questionnaire

_SENTENCES = {
    What.NOTHING_ASKED: _l("Nothing is asked yet. Write at least one question that wants an answer."),
    What.NO_CLOSING: _l("There is no closing. Add one at the end: thanks, and the credit."),
    What.CLOSING_NOT_LAST: _l("The closing is the last step, once, and everybody hears it. Move it to the end."),
    What.TITLE_MISSING: _l("The survey has no name in %(language)s."),
    What.SECTION_TITLE_MISSING: _l("This section has no name in %(language)s."),
    What.TEXT_MISSING: _l("What is read aloud is missing in %(language)s."),
    What.PART_MISSING: _l("%(part)s: the words in %(language)s are missing."),
    What.FEW_CHOICES: _l("A choice needs at least two answers."),
    What.BOUNDS_CROSSED: _l("The lower bound is above the upper one."),
    What.ALL_EXCLUSIVE: _l("Each of its answers excludes all others. Make it “One of several”."),
    What.CONSENT_SHUFFLED: _l("Consent is asked in its place. Move it out of the section with a random order."),
    What.RULE_SHUFFLED: _l("Its section has a random order, so %(other)s may be asked later. Move one of the two out."),
    What.PLACEHOLDER_UNKNOWN: _l("Nothing is known under {%(name)s}. Take one of the places the editor offers."),
    What.RULE_LOOKS_FORWARD: _l("Its rule looks at %(other)s, which is asked later. Move that one before it."),
    What.RULE_LOOKS_NOWHERE: _l("Its rule looks at a question that has no answer. Choose another one."),
    What.RULE_UNFINISHED: _l("Its rule has a condition without an answer. Choose one."),
    What.RULE_CHOICE_GONE: _l("Its rule looks at an answer that %(other)s no longer has."),
    What.NEVER_ASKED: _l("No answers lead here: nobody will ever be asked this. Look at the rule."),
    What.DIMENSION_EMPTY: _l("No rating is about %(dimension)s; the charts will have nothing to show there."),
    What.TOO_LONG: _l("Asking everything takes about %(minutes)s minutes. Beyond %(most)s many members hang up."),
    What.QUESTION_LONG: _l("%(words)s words in one breath. Who listens has forgotten the beginning at the end."),
    What.SAME_WORDS: _l("The same words as %(other)s."),
    What.NO_INTRODUCTION: _l("There is no introduction: who calls, for whom, and why."),
    What.NO_CONSENT: _l("Nobody is asked whether the interview may begin."),
    What.SECTION_EMPTY: _l("This section is empty; it is not shown in an interview."),
}


@dataclass(frozen=True)
class Advice:
    """A finding in words, with the place it is about: a question's or a section's code, or neither."""

    sentence: str
    place: str
    question: str
    section: str
    is_advice: bool


def advice_on(questionnaire: Questionnaire, *, past: Past = timing.NOTHING_YET) -> list[Advice]:
    """All findings in words. What only the gate to publication knows of is told in its own words."""
    found = review.findings(questionnaire, past=past)
    advice = [_advice(questionnaire, finding) for finding in found]
    if all(finding.is_advice for finding in found):
        advice = [Advice(one, "", "", "", is_advice=False) for one in problems_of(questionnaire)] + advice
    # Each answer without words is a finding of its own; the sentence is needed once.
    return list(dict.fromkeys(advice))


def _advice(questionnaire: Questionnaire, finding: Finding) -> Advice:
    facts = dict(finding.facts)
    said = {
        "language": languages.name_of(facts["language"]) if "language" in facts else "",
        "part": str(PARTS.get(facts.get("part", ""), "")),
        "name": facts.get("name", ""),
        "other": sentences.named(questionnaire, facts["other"]) if "other" in facts else "",
        "dimension": str(DIMENSIONS.get(facts.get("dimension", ""), "")),
        "minutes": number(round(facts.get("minutes", 0))),
        "most": number(round(review.LONGEST_MINUTES)),
        "words": number(facts.get("words", 0)),
    }
    return Advice(
        sentence=str(_SENTENCES[finding.what]) % said,
        place=_place(questionnaire, finding),
        question=finding.question,
        section=finding.section,
        is_advice=finding.is_advice,
    )


def _place(questionnaire: Questionnaire, finding: Finding) -> str:
    if finding.question:
        return sentences.named(questionnaire, finding.question)
    for section in questionnaire.sections:
        if section.code == finding.section:
            return str(_("section %(name)s", name=sentences.short(section.title) or _("without a name")))
    return ""
