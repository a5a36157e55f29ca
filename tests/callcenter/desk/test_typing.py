"""What is typed in a real browser and is no answer: it is said so, and the interview stays where it is."""

from __future__ import annotations

import json
import mimetypes
from pathlib import Path
from urllib.parse import parse_qsl
from urllib.parse import urlsplit

import pytest

from config.database import db
from tests.callcenter.desk.test_kinds import OWN
from tests.callcenter.desk.test_kinds import asked  # noqa: F401 - a fixture
from tests.callcenter.desk.test_kinds import place  # noqa: F401 - a fixture
from tests.support import browser as chromium
from tests.support.require import require

ROOT = Path(__file__).parents[3]
REFUSED = {"error": "invalid_answer", "message": OWN["fa"], "field": "age"}


@pytest.fixture
def age(desk, asked):  # noqa: F811 - a fixture
    """The page of the desk at a question that may be left out, with a field for a number."""
    if db.engine.dialect.name == "postgresql":
        pytest.skip("the page is the same on either database")
    for code, value in (("effort", "6"), ("paid", "1000"), ("since", "2025-11-21")):
        asked(code, value, then=True)
    asked("liked", "tea", action="choose")
    desk.act("next", response_id=desk.response().id, question="liked")
    return desk.client.get("/desk").text


def test_a_number_that_is_no_answer_does_not_let_the_interview_go_on(age):
    require("Chromium", chromium.is_available(), "install Chromium")
    sent = []

    def serve(route):
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            return route.fulfill(body=(ROOT / path[1:]).read_bytes(), content_type=mimetypes.guess_type(path)[0])
        if path == "/desk":
            return route.fulfill(body=age, content_type="text/html")
        if route.request.method == "POST" and path in {"/desk/answer", "/desk/next"}:
            value = dict(parse_qsl(route.request.post_data)).get("value")
            sent.append((path, value))
            status, answer = (
                (422, REFUSED) if value == "7" else (200, {"saved": "age", "status": "answered", "chosen": 30})
            )
            return route.fulfill(status=status, body=json.dumps(answer), content_type="application/json")
        return route.abort()

    with chromium.running_browser() as browser:
        page = browser.new_page()
        page.route("**/*", serve)
        page.goto("http://localhost/desk")
        field = page.locator("#value-age")
        field.fill("7")
        for _again in range(2):
            field.press("Enter")
            page.locator("#expected.is-refused", has_text=OWN["fa"]).wait_for()
            page.evaluate("document.getElementById('expected').textContent = ''")
        field.fill("30")
        with page.expect_request("**/desk/next"):
            field.press("Enter")
        page.locator("#value-age[aria-invalid=false]").wait_for()

    answer, following = "/desk/answer", "/desk/next"
    assert sent[:3] == [(answer, "7"), (answer, "7"), (answer, "30")]
    assert following in [path for path, _value in sent[3:]]
