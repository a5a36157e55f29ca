"""What is on a desk, read from its HTML: the forms that can be sent. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FORM = re.compile(r'<form method="post" action="/desk/([^"]+)"([^>]*)>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
BUTTON = re.compile(r"<button([^>]*)>")
VALUE = re.compile(r'name="value" value="([^"]*)"')
FIELD = re.compile(r'<(?:textarea|input)[^>]* name="value"')
# What may be typed into it: the kind of its question, and the bounds of an answer.
LIMIT = re.compile(r'data-(kind|minimum|maximum|earliest|latest|words)="([^"]*)"')
AGAIN = re.compile(r'data-again="(\d+)"')


@dataclass(frozen=True)
class Form:
    """A form of the desk: where it goes after /desk/, its hidden fields, and the values of its choices.

    `limits` say of a field to type into what its question takes, `again_ms` after how many milliseconds the desk sends
    the form by itself.
    """

    action: str
    fields: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    is_enabled: bool = True
    is_typed: bool = False
    again_ms: int | None = None


@dataclass(frozen=True)
class Sheet:
    """The forms on the desk that can be sent now, each action once."""

    forms: Mapping[str, Form]

    def get(self, action: str) -> Form | None:
        """The form of that action."""
        return self.forms.get(action)

    @property
    def question(self) -> Form | None:
        """The form of the question that is asked, while one is: with choices, or a field to type into."""
        found = (self.forms.get(action) for action in ("answer", "choose"))
        return next((form for form in found if form is not None and (form.choices or form.is_typed)), None)


def read(html: str) -> Sheet:
    """The forms in the HTML of the desk's parts."""
    forms: dict[str, Form] = {}
    for found in FORM.finditer(html):
        form = _form(*found.groups())
        # The form that answers comes before those that say why there is no answer.
        if form.is_enabled:
            forms.setdefault(form.action, form)
    return Sheet(forms)


def _form(action: str, attributes: str, content: str) -> Form:
    buttons = BUTTON.findall(content)
    again = AGAIN.search(attributes)
    return Form(
        action=action,
        fields={unescape(name): unescape(value) for name, value in HIDDEN.findall(content)},
        limits=dict(LIMIT.findall(attributes)),
        choices=tuple(unescape(value) for button in buttons for value in VALUE.findall(button)),
        is_enabled=not buttons or not all(re.search(r"\sdisabled\b", button) for button in buttons),
        is_typed=FIELD.search(content) is not None,
        again_ms=int(again.group(1)) if again else None,
    )
