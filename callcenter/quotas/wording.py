"""The cells in words, and the words of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from club.members.facets import Facet
from config.formats import number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from club.members.queries import Named

FIELDS = {
    "facets": _l("Choose at least one thing to sort by; a campaign has at most 200 cells."),
    "overlap": _l("Some members would belong to two cells. Choose what keeps them apart, or remove a cell first."),
    "age": _l("Write ages as 18-29, 30-44, 45+."),
    "target": _l("Write a whole number."),
}
TOO_LOW = _l("Not below those that are complete or with operators.")
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


def _ages(youngest: int | None, oldest: int | None) -> str:
    if oldest is None:
        return str(_("from %(n)s years", n=number(youngest or 0)))
    if youngest is None:
        return str(_("up to %(n)s years", n=number(oldest)))
    if youngest == oldest:
        return str(_("%(n)s years old", n=number(youngest)))
    return str(_("%(from_)s to %(to)s years", from_=number(youngest), to=number(oldest)))
