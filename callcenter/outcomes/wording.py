"""What the outcomes are called, and the words of the campaign's page about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from callcenter.calls import aapor
from callcenter.calls.aapor import Symbol
from callcenter.outcomes import rules
from config.formats import number

if TYPE_CHECKING:
    from flask_babel import LazyString

NAMES: dict[str, LazyString] = {
    aapor.COMPLETE: _l("Complete"),
    aapor.PARTIAL: _l("Partial"),
    aapor.REFUSAL: _l("Refusal"),
    aapor.BREAK_OFF: _l("Break-off"),
    aapor.NON_CONTACT: _l("Not reached"),
    aapor.NEVER_AVAILABLE: _l("Not reached"),
    aapor.MEMBER_MACHINE: _l("Answering machine"),
    aapor.DEAD: _l("The member has died"),
    aapor.UNABLE: _l("Not able to answer"),
    aapor.LANGUAGE: _l("No common language"),
    aapor.INAUDIBLE: _l("The line is inaudible"),
    aapor.MISCELLANEOUS: _l("Call me later"),
    aapor.NOT_ATTEMPTED: _l("The member was not called"),
    aapor.BUSY: _l("Busy"),
    aapor.NO_ANSWER: _l("No answer"),
    aapor.MACHINE: _l("Answering machine"),
    aapor.TECHNICAL: _l("Not reachable"),
    aapor.NOT_CONFIRMED: _l("Not here now"),
    aapor.WRONG_PERSON: _l("Wrong number"),
    aapor.NOT_IN_SAMPLE: _l("Not for this survey"),
    aapor.NON_WORKING: _l("Number not in use"),
    aapor.NUMBER_CHANGED: _l("Number changed"),
    aapor.QUOTA_FULL: _l("Quota full"),
}
# Where one name stands for two codes, what the second one means.
PROVED = {aapor.NEVER_AVAILABLE, aapor.MEMBER_MACHINE}
SYMBOLS: dict[Symbol, LazyString] = {
    Symbol.COMPLETE: _l("interview"),
    Symbol.PARTIAL: _l("partial interview"),
    Symbol.REFUSAL: _l("refusal"),
    Symbol.NON_CONTACT: _l("not reached"),
    Symbol.OTHER: _l("reached, no interview"),
    Symbol.UNKNOWN_UNIT: _l("number unknown"),
    Symbol.UNKNOWN_RESPONDENT: _l("member unknown"),
    Symbol.UNKNOWN_OTHER: _l("member unknown"),
    Symbol.NOT_ELIGIBLE: _l("not to be asked"),
}
GROUPS: tuple[tuple[LazyString, tuple[str, ...]], ...] = (
    (_l("Chosen by the operator"), (*rules.ALWAYS_OFFERED, *rules.FURTHER_CODES)),
    (_l("Said by the line"), rules.LINE_CODES),
    (_l("Follows from the interview"), rules.INTERVIEW_CODES),
)


def outcome(code: str | None) -> str:
    """What an AAPOR code is called here; empty without one."""
    if code is None:
        return ""
    return str(NAMES.get(code, code))


def wait(minutes: int) -> str:
    """A wait in the largest whole unit: "20 minutes", "3 hours", "7 days"."""
    if minutes % rules.DAY == 0:
        days = minutes // rules.DAY
        return str(ngettext("%(n)s day", "%(n)s days", days, n=number(days)))
    if minutes % rules.HOUR == 0:
        hours = minutes // rules.HOUR
        return str(ngettext("%(n)s hour", "%(n)s hours", hours, n=number(hours)))
    return str(_("%(n)s minutes", n=number(minutes)))


def times(most: int | None) -> str:
    """After how many attempts the calls end."""
    if most is None:
        return str(_("with the campaign's attempts"))
    if most == 1:
        return str(_("the first time"))
    return str(_("after %(n)s times", n=number(most)))
