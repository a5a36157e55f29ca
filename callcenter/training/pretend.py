"""The member of all trial interviews, who does not exist: what fills the texts of a survey."""

from __future__ import annotations

from collections.abc import Mapping

MEMBER: Mapping[str, Mapping[str, str]] = {
    "member": {"fa": "نسرین کاوه", "en": "Nasrin Kaveh"},
    "first_name": {"fa": "نسرین", "en": "Nasrin"},
    "tier": {"fa": "نقره‌ای", "en": "Silver"},
    "city": {"fa": "تهران", "en": "Tehran"},
    "branch": {"fa": "ونک", "en": "Vanak"},
    "purchase_day": {"fa": "سه‌شنبه", "en": "Tuesday"},
    "purchase_items": {"fa": "یک بسته", "en": "one parcel"},
    "purchase_amount": {"fa": "۴۸۵٬۰۰۰", "en": "485,000"},
    "credit": {"fa": "۵۰٬۰۰۰", "en": "50,000"},
}


def words(*, club: str, operator: str) -> dict[str, object]:
    """The values of the texts in each language, with the real names of club and operator."""
    return {**MEMBER, "club": club, "operator": operator}
