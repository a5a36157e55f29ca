"""What an operator does, with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.story.people import PATIENCE_MS

if TYPE_CHECKING:
    from tests.story.people import Person

# What the simulated member does by the last digit of the number (callcenter/telephony/exchange).
LINE_SPEAKS = {1: "unallocated", 2: "busy", 3: "no answer", 4: "declined", 5: "congestion"}
HANGS_UP_SOON = 6
WORDS = {"fa": "قهوه مثل همیشه عالی بود", "en": "The coffee was as good as ever"}
SCRIPT, OUTCOME = "#ask", ".outcome-said"


def take_next(operator: Person) -> int:
    """Press Ready; gives the last digit of the next member's number."""
    operator.wait_for_key("Enter")
    operator.press("Enter")
    operator.wait_for_key("C")
    return operator.number_in(".dialled bdi") % 10


def call(operator: Person) -> None:
    operator.press("c")
    operator.wait_for_key("Escape")


def wait_for_interview(operator: Person) -> None:
    """The member has answered: the script shows its steps, without a reload."""
    operator.page.locator(".steps").wait_for(timeout=PATIENCE_MS)


def wait_for_outcome(operator: Person) -> str:
    """The call has its outcome, from the line or from us."""
    operator.page.locator(OUTCOME).wait_for(timeout=PATIENCE_MS)
    return operator.text_of(OUTCOME)


def step(operator: Person) -> str:
    return operator.text_of(".where") + operator.text_of(SCRIPT)


def answer_step(operator: Person, rating: str = "4") -> None:
    """Answer what is asked, see that it is saved, and go on."""
    page, before = operator.page, step(operator)
    if page.locator(".scale.two").count():
        operator.press("1")
    elif page.locator(".scale").count():
        operator.press(rating)
    elif page.locator("textarea[data-focus]").count():
        page.locator("textarea[data-focus]").focus()
        page.keyboard.type(WORDS[operator.language])
    if page.locator(".scale").count():
        expect(page.locator(".choice[aria-checked=true]").first).to_be_visible()
        expect(page.locator(".saved")).not_to_be_empty()
    operator.press("Enter")
    page.wait_for_function(
        "before => document.querySelector('.where').innerText + document.querySelector('#ask').innerText != before",
        arg=before,
    )


def is_closing(operator: Person) -> bool:
    return operator.page.locator("form[action='/desk/finish']").count() > 0


def interview_to_the_end(operator: Person, rating: str = "4") -> None:
    """Answer every step and press the last Enter."""
    while not is_closing(operator):
        answer_step(operator, rating)
    operator.press("Enter")
    wait_for_outcome(operator)
