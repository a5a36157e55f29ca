"""The form of a new offer: what people type into an offer, or a sentence at each field that cannot be taken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from club.credit.offers import NewOffer
from club.credit.scoring import RIAL_PER_TOMAN
from config.calendar import parse_date
from config.errors import InvalidInputError
from config.formats import number
from config.text import clean_text
from config.text import is_id
from config.text import to_ascii_digits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

LONGEST_NAME = 200
MOST_TOMAN = 1_000_000_000
MOST_PERCENT = 500
MOST_BIRTHDAY_DAYS = 60
DEFAULT_BIRTHDAY_DAYS = 7
# Between the groups of a number, in any of the languages.
_SEPARATORS = re.compile(r"[\s,٬،_]")


class OfferForm:
    """The typed texts, and after `read` the sentences of `errors` by field."""

    def __init__(self, typed: Mapping[str, str], tier_ids: Iterable[int]) -> None:
        self._typed = typed
        self._tier_ids = list(tier_ids)
        self.errors: dict[str, str] = {}

    def read(self) -> NewOffer | None:
        """The offer, or None with `errors` told."""
        offer = NewOffer(
            name=self._name(),
            amount_rial=self._integer("amount", 1, MOST_TOMAN) * RIAL_PER_TOMAN,
            tier_percents={tier_id: self._integer(f"tier_{tier_id}", 0, MOST_PERCENT, 0) for tier_id in self._tier_ids},
            birthday_percent=self._integer("birthday_percent", 0, MOST_PERCENT, 0),
            birthday_days=self._integer("birthday_days", 0, MOST_BIRTHDAY_DAYS, DEFAULT_BIRTHDAY_DAYS),
            starts_on=self._date("starts_on"),
            ends_on=self._date("ends_on"),
        )
        if offer.starts_on and offer.ends_on and offer.ends_on < offer.starts_on:
            self.errors["ends_on"] = _("The last day comes before the first.")
        return None if self.errors else offer

    def _text(self, name: str) -> str:
        return to_ascii_digits(clean_text(self._typed.get(name, "")))

    def _name(self) -> str:
        name = clean_text(self._typed.get("name", ""))
        if not name:
            self.errors["name"] = _("Give the offer a name.")
        elif len(name) > LONGEST_NAME:
            self.errors["name"] = _("This name is too long.")
        return name

    def _integer(self, name: str, low: int, high: int, default: int | None = None) -> int:
        text = _SEPARATORS.sub("", self._text(name))
        if not text and default is not None:
            return default
        if not is_id(text) or not low <= int(text) <= high:
            self.errors[name] = _("Write a whole number from %(low)s to %(high)s.", low=number(low), high=number(high))
            return low
        return int(text)

    def _date(self, name: str) -> date | None:
        text = self._text(name)
        if not text:
            return None
        try:
            return parse_date(text, name)
        except InvalidInputError:
            self.errors[name] = _("This is not a day of the calendar; write it as 1404/08/30 or 2025-11-21.")
            return None
