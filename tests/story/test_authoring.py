"""A manager writes a survey of sixty questions with thirty rules in the browser, and publishes it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from config.text import to_persian_digits
from tests.story.people import PATIENCE_MS

pytestmark = [pytest.mark.alone, pytest.mark.story, pytest.mark.browser]

QUESTIONS = 60
# The opening's two steps stand before the first question that is written here.
BEFORE = 2


class Editor:
    """The editor as a hand on the keyboard works it."""

    def __init__(self, page):
        self.page = page

    def new_question(self, number: int) -> None:
        self.page.keyboard.press("Alt+Enter")
        place = to_persian_digits(str(BEFORE + number))
        expect(self.page.locator(".open-head h2")).to_contain_text(f"پرسش {place} ", timeout=PATIENCE_MS)
        self.page.fill("[name=text-fa]", f"از چیز شماره‌ی {number} چقدر راضی یا ناراضی بودید؟")
        self.page.fill("[name=text-en]", f"How satisfied or dissatisfied were you with thing {number}?")

    def ask_only_the_dissatisfied(self, with_number: int) -> None:
        """Ask this only who was dissatisfied with the thing of that number."""
        menu = self.page.locator("[name=new-condition]")
        name = menu.locator("option", has_text=f"شماره‌ی {with_number} ").first.get_attribute("value")
        menu.select_option(name)
        self.page.locator("[name=when-0-value]").select_option("2")
        expect(self.page.locator(".sentence")).to_contain_text("حداکثر ۲", timeout=PATIENCE_MS)

    def saved(self) -> None:
        self.page.keyboard.press("Control+s")
        expect(self.page.locator("#saved.saved")).to_be_visible(timeout=PATIENCE_MS)


def test_sixty_questions_with_thirty_rules_are_written_in_the_browser(house, visitor):
    manager = visitor(house, "manager@demo", "fa")
    manager.open("/surveys")
    page = manager.page
    page.fill("[name=title]", "شصت پرسش")
    page.locator(".new-survey button").click()
    page.fill("[name=title-en]", "Sixty questions")
    page.locator("#part-outline a", has_text="کیفیت").click()
    expect(page.locator("[name=dimension]")).to_have_value("quality", timeout=PATIENCE_MS)

    editor = Editor(page)
    for number in range(1, QUESTIONS + 1):
        editor.new_question(number)
        if number % 2 == 0:
            editor.ask_only_the_dissatisfied(number - 1)
    editor.saved()
    manager.keep_pictures("survey-editor")

    page.reload()
    assert page.locator("#part-outline a[data-open^=question]").count() == QUESTIONS + BEFORE + 1
    assert page.locator("#part-outline i").count() == QUESTIONS // 2
    page.get_by_role("link", name="بررسی و انتشار").click()
    expect(page.locator(".findings .must")).to_have_count(0, timeout=PATIENCE_MS)
    page.get_by_role("button", name="انتشار").click()
    expect(page.locator(".flash.good")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("link", name="نقشه").click()
    expect(page.locator(".map .side-1")).to_have_count(QUESTIONS // 2, timeout=PATIENCE_MS)
