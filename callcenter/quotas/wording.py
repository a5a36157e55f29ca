"""The cells in words, and the words of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from callcenter.quotas.form import ANSWER
from club.members.facets import Facet
from config.formats import number
from surveys.questionnaires.document import NO
from surveys.questionnaires.document import YES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from callcenter.quotas.questions import QuotaQuestion
    from club.members.queries import Named

FIELDS = {
    "facets": _l("Choose at least one thing to sort by; a campaign has at most 200 cells."),
    "overlap": _l("Some members would belong to two cells. Choose what keeps them apart, or remove a cell first."),
    "age": _l("Write ages as 18-29, 30-44, 45+."),
    "target": _l("Write a whole number."),
}
TOO_LOW = _l("Not below those that are complete or with operators.")
RANGES = _l("Write ranges as 1-2, 3, 4+.")
LONGEST_QUESTION = 70
YES_NO = {YES: _l("Yes"), NO: _l("No")}
GENDERS = {"female": _l("Women"), "male": _l("Men")}


def name(facets: Mapping[str, Any], *, branches: Sequence[Named], tiers: Sequence[Named]) -> str:
    """A cell in words: "Vanak · Gold · 18 to 29 years"."""
    names = {Facet.BRANCH: {one.id: one.name for one in branches}, Facet.TIER: {one.id: one.name for one in tiers}}
    words = []
    for facet in Facet:
        part = facets.get(facet)
        if part is None:
            continue
        if facet is Facet.AGE:
            words.append(_ages(part["from"], part["to"]))
        elif facet is Facet.GENDER:
            words.extend(str(GENDERS[one]) for one in part)
        else:
            words.extend(str(names.get(facet, {}).get(one, one)) for one in part)
    return " · ".join(words)


def answers(
    conditions: Mapping[str, Any], asked: Mapping[str, QuotaQuestion], language: str, *, is_short: bool = False
) -> str:
    """A cell over answers in words: "How satisfied are you? 1 to 2 · Will you come again? Yes"; short: the answers."""
    words = []
    for code, part in conditions.items():
        question = asked[code]
        said = _range(part["from"], part["to"]) if isinstance(part, dict) else _choices(question, part, language)
        words.append(said if is_short else f"{shortened(question.text.get(language, code))} {said}")
    return " · ".join(words)


def shortened(text: str) -> str:
    """The beginning of a long question, in whole words."""
    return text if len(text) <= LONGEST_QUESTION else f"{text[:LONGEST_QUESTION].rsplit(None, 1)[0]}…"


def choice(question: QuotaQuestion, code: str, language: str) -> str:
    """An answer to choose, as it is read."""
    return question.choices[code].get(language) or str(YES_NO.get(code, code))


def error(field: str) -> str:
    """What is wrong with a field of the page."""
    if field.startswith(ANSWER):
        return str(RANGES)
    return str(FIELDS.get(field, TOO_LOW))


def _choices(question: QuotaQuestion, codes: Sequence[str], language: str) -> str:
    return str(_(", ")).join(choice(question, code, language) for code in codes)


def _range(low: int | None, high: int | None) -> str:
    if high is None:
        return str(_("from %(n)s", n=number(low or 0)))
    if low is None:
        return str(_("up to %(n)s", n=number(high)))
    return number(low) if low == high else str(_("%(low)s to %(high)s", low=number(low), high=number(high)))


def _ages(youngest: int | None, oldest: int | None) -> str:
    if oldest is None:
        return str(_("from %(n)s years", n=number(youngest or 0)))
    if youngest is None:
        return str(_("up to %(n)s years", n=number(oldest)))
    if youngest == oldest:
        return str(_("%(n)s years old", n=number(youngest)))
    return str(_("%(from_)s to %(to)s years", from_=number(youngest), to=number(oldest)))
