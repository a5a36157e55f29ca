"""Phone numbers: E.164 inside, the national form on screens, masked for those who need not see them."""

from __future__ import annotations

import phonenumbers

from config.errors import InvalidInputError
from config.text import to_ascii_digits

REGION = "IR"
COUNTRY_CODE = "98"
DIGITS_WITH_COUNTRY_CODE = 12


def parse_phone(text: str) -> str:
    """The E.164 form of a number written in any of Iran's ways, in any digits.

    Raises InvalidInputError (field `phone`) when it is no valid number.
    """
    try:
        number = phonenumbers.parse(_with_prefix(to_ascii_digits(text).strip()), REGION)
    except phonenumbers.NumberParseException:
        raise InvalidInputError("phone", f"{text!r} is not a phone number") from None
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise InvalidInputError("phone", f"{text!r} is not a valid phone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _with_prefix(text: str) -> str:
    """Files often carry the country code without its plus; a national number never has 12 digits."""
    digits = "".join(char for char in text if char.isdigit())
    return "+" + digits if len(digits) == DIGITS_WITH_COUNTRY_CODE and digits.startswith(COUNTRY_CODE) else text


def national(e164: str) -> str:
    """The number as people dial it: 0912… for Iran, with the country code for other countries."""
    return "0" + e164.removeprefix("+98") if e164.startswith("+98") else e164


def mask_phone(e164: str) -> str:
    """The number with its middle hidden: 0912***4567."""
    shown = national(e164)
    return f"{shown[:4]}***{shown[-4:]}"
