"""The form of a campaign's outcomes: what was chosen becomes rules."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from callcenter.outcomes import rules
from callcenter.outcomes.rules import DEFAULTS
from callcenter.outcomes.rules import Rule
from callcenter.outcomes.wording import GROUPS
from config.errors import InvalidInputError

ENDLESS = "-"


def read(form: MultiDict[str, str]) -> list[Rule]:
    """The chosen rule for each code on the page. Raises InvalidInputError, on the code, for what is no choice."""
    return [_rule(form, code) for _title, codes in GROUPS for code in codes]


def _rule(form: MultiDict[str, str], code: str) -> Rule:
    standard, allowed = DEFAULTS[code], rules.freedom(code)
    # The second code of a key follows the first one's switches.
    keeper = rules.TWINS.get(code, code)
    can = rules.freedom(keeper)
    return Rule(
        code,
        _number(form.get(f"wait-{code}"), code) if allowed.may_wait else standard.retry_minutes,
        _times(form.get(f"times-{code}"), code) if allowed.may_end else standard.most_times,
        f"note-{keeper}" in form if can.may_ask_note else standard.needs_note,
        f"offered-{keeper}" in form if can.may_hide else standard.is_offered,
    )


def _times(chosen: str | None, code: str) -> int | None:
    return None if chosen == ENDLESS else _number(chosen, code)


def _number(chosen: str | None, code: str) -> int:
    try:
        return int(chosen or "")
    except ValueError:
        raise InvalidInputError(code, f"{(chosen or '')[:20]!r} is not among the choices") from None
