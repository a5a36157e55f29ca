"""What only a browser shows: practice by keyboard, an editor without network, a recording played from a comment on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.story.people import PATIENCE_MS

pytestmark = [pytest.mark.alone, pytest.mark.story, pytest.mark.browser]

MOST_STEPS = 40
STEP = "() => document.querySelector('.where')?.innerText + document.querySelector('#ask')?.innerText"


def practise_step(operator):
    """Record an answer to what is asked, and go on by Enter."""
    page = operator.page
    before = page.evaluate(STEP)
    field = page.locator("#part-script [data-focus]:is(textarea, input)")
    if page.locator("#part-script .choice").count():
        # Of a scale a good mark, of two answers yes.
        operator.press("1" if page.locator("#part-script .choice").count() == 2 else "4")
        expect(page.locator("#part-script .choice[aria-checked=true]").first).to_be_visible(timeout=PATIENCE_MS)
    elif field.count():
        field.fill("همه چیز خوب بود")
    operator.press("Enter")
    page.wait_for_function(f"before => ({STEP})() !== before", arg=before)


def test_an_operator_practises_by_keyboard_to_the_end(house, visitor):
    operator = visitor(house, "operator@demo", "fa")
    operator.open("/training")
    page = operator.page
    page.locator("form[action='/training/practice'] button").first.click()
    page.wait_for_url("**/training/practice/*")

    for _step in range(MOST_STEPS):
        if not page.locator("#part-script").count():
            break
        practise_step(operator)

    # The member meant something else here and there: which share was understood is said.
    expect(page.locator("main")).to_contain_text("همان‌طور که منظور عضو بود ثبت شد", timeout=PATIENCE_MS)
    assert operator.complaints == []


def test_words_typed_without_a_network_wait_in_the_browser_and_are_saved_afterwards(house, visitor):
    manager = visitor(house, "manager@demo", "fa")
    manager.open("/surveys")
    page = manager.page
    page.fill("[name=title]", "بی‌شبکه")
    page.locator(".new-survey button").click()
    page.locator("#part-outline a[data-open^=question]").first.click()
    words = page.locator("#open-form [name=text-fa]")
    expect(words).to_be_visible(timeout=PATIENCE_MS)
    address = page.url

    page.context.set_offline(True)
    words.fill("سلام، این جمله بی‌شبکه نوشته شد.")
    expect(page.locator("#saved.waits")).to_be_visible(timeout=PATIENCE_MS)
    # A window that is closed now loses nothing: it is opened again by another page of the same browser.
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(address)

    expect(again.locator("#saved.saved")).to_be_visible(timeout=PATIENCE_MS)
    again.reload()
    expect(again.locator("#open-form [name=text-fa]")).to_have_value("سلام، این جمله بی‌شبکه نوشته شد.")


def open_one_to_review(supervisor):
    """The card of a recorded interview that the supervisor has not reviewed yet; of one in the demo they have."""
    supervisor.open("/recordings")
    page = supervisor.page
    for sound in [link.get_attribute("href") for link in page.locator("main a[href^='/recordings/']").all()]:
        supervisor.open(sound)
        interviews = page.locator("main a[href^='/interviews/']")
        if interviews.count():
            supervisor.open("/reviews" + interviews.first.get_attribute("href"))
            if page.locator("[data-add]").count():
                return
    raise AssertionError("there is no recorded interview left to review")


def test_a_press_on_a_comment_plays_the_recording_from_its_moment_on(house, visitor):
    supervisor = visitor(house, "supervisor@demo", "fa")
    page = supervisor.page
    open_one_to_review(supervisor)
    for mark in page.locator("[data-card] fieldset:has([type=radio])").all():
        mark.locator("input[type=radio]").first.check()
    # The button takes the moment of the recording; it is moved on by hand.
    page.locator("[data-add]").click()
    page.locator("[name=comment_text]").last.fill("این‌جا خوب گوش داد.")
    page.locator("[name=comment_moment]").last.fill("۰:۰۷")
    page.locator("[data-card] button:not([type=button])").last.click()

    page.wait_for_url(re.compile(r"/reviews/\d+$"))
    page.locator("[data-seek='7']").click()

    page.wait_for_function("() => document.querySelector('audio').currentTime >= 7", timeout=PATIENCE_MS)
    assert page.evaluate("() => document.querySelector('audio').currentTime") < 60
    assert supervisor.complaints == []
