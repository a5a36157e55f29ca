"""What the practice desk sends, in a real browser, when what was typed is no answer."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.support import browser
from tests.support.require import require

pytestmark = pytest.mark.browser

SCRIPTS = Path("static/js")
HOME = "http://practice.test/"
PAGE = """<!doctype html><meta name="csrf-token" content="x">
<main data-address="/practice/1" data-not-sent="not sent"><p id="problem" hidden></p>
<section class="script" id="part-script" tabindex="-1">
<form action="/practice/1/answer" id="answer-paid"><input name="question" type="hidden" value="paid">
<input id="value-paid" name="value" data-autosave="answer-paid" data-enter="on" data-focus></form>
<form action="/practice/1/next"><button data-key="Enter">Next</button></form>
<form action="/practice/1/answer"><input type="hidden" name="status" value="dont_know">
<button data-key="F9">?</button></form>
</section><section id="part-talk"></section></main><script type="module" src="/practice.js"></script>"""


@pytest.fixture
def practice():
    require("Chromium", browser.is_available(), "install Chromium")
    sent = []

    def serve(route):
        path = route.request.url.removeprefix(HOME)
        if path.endswith(".js"):
            return route.fulfill(body=(SCRIPTS / path).read_text(), content_type="text/javascript")
        if route.request.method != "POST":
            return route.fulfill(body=PAGE, content_type="text/html")
        said = {name: values[0] for name, values in parse_qs(route.request.post_data or "").items()}
        sent.append((path.rpartition("/")[2], said.get("value") or said.get("status")))
        return route.fulfill(json={"message": "At least ten." if said.get("value") == "5" else ""})

    with browser.running_browser() as chromium:
        page = chromium.new_page()
        page.route("**/*", serve)
        page.goto(HOME)
        yield page, sent


def press(page, key, *, sends):
    """Press the key in the field, and wait for the last request that it leads to."""
    with page.expect_response(f"**/{sends}"):
        page.locator("#value-paid").press(key)


def test_a_refused_answer_keeps_the_practice_where_it_is_until_another_is_given(practice):
    page, sent = practice
    page.fill("#value-paid", "5")

    for _again in range(2):
        press(page, "Enter", sends="answer")
        page.wait_for_function("() => document.getElementById('value-paid').dataset.sent === ''")
        assert page.inner_text("#problem") == "At least ten."
    page.fill("#value-paid", "12")
    press(page, "Enter", sends="next")

    assert sent == [("answer", "5"), ("answer", "5"), ("answer", "12"), ("next", None)]


def test_after_a_refused_answer_does_not_know_is_taken(practice):
    page, sent = practice
    page.fill("#value-paid", "5")
    press(page, "Enter", sends="answer")
    page.wait_for_function("() => document.getElementById('value-paid').dataset.sent === ''")

    press(page, "F9", sends="answer")

    assert sent == [("answer", "5"), ("answer", "dont_know")]
