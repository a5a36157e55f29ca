"""What the desk sends, in a real browser, while the network comes and goes."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.support import browser
from tests.support.require import require

pytestmark = pytest.mark.browser

OUTBOX = Path("static/js/desk/outbox.js").read_text()
HOME = "http://desk.test/"
PAGE = """<!doctype html><script type="module">
import { Outbox } from '/outbox.js';
window.told = [];
window.outbox = new Outbox('7', {
  headers: () => ({}), onChange: () => {},
  onAnswer: ({ data }) => told.push(`answer ${data.n}`),
  onRefused: ({ status }) => told.push(`refused ${status}`),
});
window.outbox.flush();
</script>"""
AWAY = "away"


class Server:
    """Takes what is sent; what comes next is answered as `fate` says, and held back while `is_slow`."""

    def __init__(self, page):
        self.page = page
        self.fate: str | int = 200
        self.is_slow = False
        self.got: list[tuple[str, str]] = []
        self.names: list[str] = []
        self._held: list = []
        page.route("**/*", self._take)
        page.goto(HOME)

    def _take(self, route):
        path = route.request.url.removeprefix(HOME)
        if route.request.method == "GET":
            kind = "text/javascript" if path else "text/html"
            route.fulfill(body=OUTBOX if path else PAGE, content_type=kind)
            return
        if self.fate == AWAY:
            route.abort()
            return
        body = parse_qs(route.request.post_data)
        self.got.append((path, body.get("value", [""])[0]))
        self.names.append(body["request"][0])
        if self.is_slow:
            self._held.append(route)
        else:
            self._answer(route)

    def _answer(self, route):
        route.fulfill(status=self.fate, json={"n": len(self.got)})

    def let_go(self):
        self.is_slow = False
        while self._held:
            self._answer(self._held.pop(0))

    def add(self, path, value, **item):
        item = {"url": f"/{path}", "body": [["value", value]], "keep": True, **item}
        self.page.evaluate("item => outbox.add(item)", item)

    def wait(self, what):
        """Wait until this holds in the page."""
        self.page.wait_for_function(what)

    def come_back(self):
        self.fate = 200
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def waiting(self):
        return self.page.evaluate(
            "JSON.parse(localStorage.getItem('hamseda-outbox:7') || '[]').map(one => one.body[0][1])"
        )


@pytest.fixture(scope="module")
def chromium():
    require("Chromium", browser.is_available(), "install chromium")
    with browser.running_browser() as running:
        yield running


@pytest.fixture
def server(chromium):
    page = chromium.new_page()
    yield Server(page)
    page.close()


EMPTY = "() => window.outbox && !outbox.items.length && !outbox.isSending"


def test_everything_goes_out_in_order_each_by_a_name_of_its_own(server):
    server.is_slow = True
    for value in "abc":
        server.add("answer", value)
    server.wait("() => outbox.isSending")
    server.let_go()
    server.wait(EMPTY)

    assert [value for _path, value in server.got] == ["a", "b", "c"]
    assert len(set(server.names)) == 3


def test_what_must_not_be_lost_waits_for_the_network_over_a_reload_and_keeps_its_name(server):
    server.fate = AWAY
    server.add("answer", "a")
    server.wait("() => outbox.isStuck && !outbox.isSending")
    name = server.page.evaluate("outbox.items[0].name")
    assert server.waiting() == ["a"]

    server.page.reload()
    server.wait("() => window.outbox && outbox.isStuck && !outbox.isSending")
    server.come_back()
    server.wait(EMPTY)

    assert (server.got, server.names) == ([("answer", "a")], [name])
    assert server.waiting() == []


def test_a_call_is_not_started_later_because_the_network_came_back(server):
    server.fate = AWAY
    server.add("call", "now", keep=False)
    server.wait("() => told.includes('refused 0')")

    server.come_back()

    server.add("answer", "a")
    server.wait(EMPTY)
    assert server.got == [("answer", "a")]


def test_a_newer_text_takes_the_place_of_the_one_that_waits_but_not_of_one_on_its_way(server):
    server.is_slow = True
    server.add("answer", "on its way", merge="q1")
    server.wait("() => outbox.isSending")
    for text in ("sooner", "later"):
        server.add("answer", text, merge="q1")
    server.let_go()
    server.wait(EMPTY)

    assert [value for _path, value in server.got] == ["on its way", "later"]


@pytest.mark.parametrize(("toggles", "times"), [(False, 1), (True, 2)], ids=["a button", "a choice that is taken away"])
def test_an_impatient_second_press_says_nothing_new_but_for_what_is_switched(server, toggles, times):
    server.is_slow = True
    for _ in range(2):
        server.add("next", "", toggles=toggles)
    server.wait("() => outbox.isSending")
    server.let_go()
    server.wait(EMPTY)

    assert len(server.got) == times


def test_a_server_in_trouble_is_asked_again_and_a_refusal_is_not(server):
    server.fate = 503
    server.add("answer", "a")
    server.wait("() => outbox.isStuck && !outbox.isSending")
    assert server.waiting() == ["a"]
    server.come_back()
    server.wait(EMPTY)
    assert {value for _path, value in server.got} == {"a"}
    assert len(set(server.names)) == 1

    server.fate = 409
    server.add("answer", "b")
    server.wait("() => told.includes('refused 409')")
    assert server.waiting() == []
