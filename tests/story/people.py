"""What a person does in front of a screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from config.text import to_ascii_digits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import ConsoleMessage
    from playwright.sync_api import Page

WIDTHS = {"wide": (1440, 900), "small": (1024, 768), "phone": (390, 844)}
PATIENCE_MS = 45_000


class Person:
    """Somebody at a browser; what the console complains of is kept in `complaints`."""

    def __init__(self, page: Page, url: str, language: str, screenshots: Path) -> None:
        self.page, self.url, self.language, self._screenshots = page, url, language, screenshots
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def sign_in(self, email: str, password: str) -> None:
        self.page.goto(f"{self.url}/sign-in")
        assert self.page.locator("html").get_attribute("lang") == self.language
        self.page.locator("[name=email]").fill(email)
        self.page.locator("[name=password]").fill(password)
        self.page.locator("[name=password]").press("Enter")
        self.page.wait_for_url(lambda address: "/sign-in" not in address)

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def wait_until(self, is_true: Callable[[], bool]) -> None:
        """Let the page live until a fact outside it holds."""
        for _ in range(PATIENCE_MS // 100):
            if is_true():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("it never came true")

    def can_press(self, key: str) -> bool:
        """Whether a button that is there and enabled waits for this key."""
        return self.page.locator(f"[data-key~={key}]:enabled:visible").count() > 0

    def wait_for_key(self, key: str) -> None:
        expect(self.page.locator(f"[data-key~={key}]:enabled:visible").first).to_be_visible(timeout=PATIENCE_MS)

    def text_of(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text()

    def number_in(self, selector: str) -> int:
        """The digits of an element's text, in whatever language, as one number."""
        return int(re.sub(r"\D", "", to_ascii_digits(self.text_of(selector))))

    def keep_pictures(self, name: str) -> None:
        """The screen at three widths, light and dark, for people to look at."""
        self._screenshots.mkdir(parents=True, exist_ok=True)
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            for width, size in WIDTHS.items():
                self.page.set_viewport_size({"width": size[0], "height": size[1]})
                path = self._screenshots / f"{name}-{self.language}-{scheme}-{width}.png"
                self.page.screenshot(path=path, full_page=True)
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size({"width": 1440, "height": 900})
