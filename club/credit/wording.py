"""Credit in words: the text a member gets, and why an amount is what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from club.credit.scoring import PartKind
from config.formats import number
from config.formats import toman
from config.languages import DEFAULT_LANGUAGE
from config.languages import speaking

if TYPE_CHECKING:
    from collections.abc import Iterable

    from club.credit.scoring import Part


def credit_text(
    first_name: str, club: str, amount_rial: int, balance_rial: int, language: str = DEFAULT_LANGUAGE
) -> str:
    """The text message about new credit: the amount and the credit after it, in Toman, in the member's language."""
    with speaking(language):
        text: str = _(
            "%(name)s, thank you for your time. %(amount)s Toman was added to your credit at %(club)s. "
            "Your credit is now %(balance)s Toman.",
            name=first_name,
            club=club,
            amount=toman(amount_rial),
            balance=toman(balance_rial),
        )
        return text


def reasons_text(parts: Iterable[Part]) -> str:
    """Why an amount is what it is, in the language of the page: base + 15 % tier."""
    return " + ".join(_part_text(part) for part in parts)


def _part_text(part: Part) -> str:
    percent = number(part.percent)
    texts: dict[PartKind, str] = {
        PartKind.BASE: _("base"),
        PartKind.TIER: _("%(percent)s%% for the tier", percent=percent),
        PartKind.BIRTHDAY: _("%(percent)s%% for the birthday", percent=percent),
    }
    return texts[part.kind]
