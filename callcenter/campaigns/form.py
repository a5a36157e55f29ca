"""The form of a new campaign: what people type becomes a Plan, or the fields that need a second look."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from datetime import date
from datetime import time
from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from callcenter.campaigns.running import Plan
from config.calendar import parse_date
from config.calendar import parse_time
from config.errors import InvalidInputError
from config.text import clean_text
from config.text import to_ascii_digits

# What is filled in before anybody typed.
START: Mapping[str, str] = {"opens_at": "10:00", "closes_at": "20:30", "max_attempts": "6", "rest_days": "30"}
MAX_NAME = 200

SENTENCES = {
    "name": _l("Give the campaign a name that no other one has."),
    "version_id": _l("Choose a survey that takes interviews."),
    "opens_at": _l("Write the time as 09:30."),
    "closes_at": _l("Calling must end after it begins; write the time as 20:30."),
    "max_attempts": _l("Between 1 and 20 attempts."),
    "rest_days": _l("Between 0 and 365 days."),
    "purchased_within_days": _l("Between 1 and 3,650 days, or nothing."),
    "starts_on": _l("Write the day as 1405/09/12 or 2026-12-03, or nothing."),
    "ends_on": _l("The last day is not before the first; write it as 1405/09/12 or 2026-12-03, or nothing."),
    "branch_ids": _l("Choose from the list."),
    "tier_ids": _l("Choose from the list."),
}


class InvalidPlanError(InvalidInputError):
    """Some fields cannot be taken; `fields` names all of them."""

    code = "invalid_plan"

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(fields[0], f"cannot be taken: {', '.join(fields)}")
        self.fields = fields


def read(form: MultiDict[str, str]) -> Plan:
    """The plan that was typed. Raises InvalidPlanError with every field that cannot be taken."""
    values: dict[str, Any] = {}
    wrong = []
    for name, parse in _PARSERS.items():
        try:
            values[name] = parse(form.getlist(name))
        except ValueError:
            wrong.append(name)
        except InvalidInputError:
            wrong.append(name)
    if wrong:
        raise InvalidPlanError(tuple(wrong))
    sample = {name: values.pop(name) for name in ("branch_ids", "tier_ids", "purchased_within_days")}
    return Plan(**values, sample={name: value for name, value in sample.items() if value})


def _name(typed: list[str]) -> str:
    name = clean_text("".join(typed[:1]))
    if not 0 < len(name) <= MAX_NAME:
        raise ValueError(name)
    return name


def _time(typed: list[str]) -> time:
    return parse_time("".join(typed[:1]))


def _whole(typed: list[str], *, low: int, high: int) -> int:
    number = int(to_ascii_digits("".join(typed[:1])))
    if not low <= number <= high:
        raise ValueError(number)
    return number


def _ids(typed: list[str]) -> list[int]:
    return [int(one) for one in typed if one]


def _optional(parse: Callable[[list[str]], Any]) -> Callable[[list[str]], Any]:
    return lambda typed: parse(typed) if any(one.strip() for one in typed) else None


def _day(typed: list[str]) -> date:
    return parse_date(typed[0])


_PARSERS: Mapping[str, Callable[[list[str]], Any]] = {
    "name": _name,
    "version_id": partial(_whole, low=1, high=2**53),
    "opens_at": _time,
    "closes_at": _time,
    "max_attempts": partial(_whole, low=1, high=20),
    "rest_days": partial(_whole, low=0, high=365),
    "starts_on": _optional(_day),
    "ends_on": _optional(_day),
    "branch_ids": _ids,
    "tier_ids": _ids,
    "purchased_within_days": _optional(partial(_whole, low=1, high=3650)),
}
