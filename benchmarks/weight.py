"""The operator's screen at its first load: bytes over the wire of everything it fetches, and whether it shifts."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks import servers
from benchmarks.harness import Result
from benchmarks.shift_of_operators import start

BUDGET_BYTES = 150 * 1024
# A hundredth of what the web's own measure calls good; below it no eye sees anything move.
LEAST_SHIFT = 0.001
CHROMIUM = "/usr/bin/chromium"
WATCH_SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts += entry.value; })
    .observe({type: 'layout-shift', buffered: true});
"""
SETTLE_MS = {"small": 1500, "full": 4000}


def measure(size: str) -> Result:
    """Open the desk in the middle of an interview, with an empty cache."""
    with servers.house() as house:
        operator = start(house.app, 1)[0]
        with servers.web(house) as port:
            by_kind, shift = _load(f"http://127.0.0.1:{port}", operator.cookie, SETTLE_MS[size])
    total = sum(by_kind.values())
    print(json.dumps(by_kind))
    return Result(
        name="weight",
        measured={"bytes": total, "layout_shift": shift, **{f"bytes_{kind}": value for kind, value in by_kind.items()}},
        budget={"bytes": BUDGET_BYTES, "layout_shift": LEAST_SHIFT},
        ratio=total / BUDGET_BYTES,
        ok=total < BUDGET_BYTES and shift < LEAST_SHIFT,
    )


def _load(address: str, cookie: str, settle_ms: int) -> tuple[dict[str, int], float]:
    name, _, value = cookie.partition("=")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fa-IR")
        context.add_cookies([{"name": name, "value": value, "url": address}])
        page = context.new_page()
        page.add_init_script(WATCH_SHIFTS)
        seen = _Wire(context.new_cdp_session(page))
        answer = page.goto(f"{address}/desk", wait_until="load")
        if answer is None or not answer.ok:
            raise RuntimeError(f"the desk did not open: {answer.status if answer else 'no answer'}")
        # Live streams never end, so the network is never idle; whatever is fetched late is fetched by now.
        page.wait_for_timeout(settle_ms)
        shift = float(page.evaluate("window.shifts"))
        browser.close()
    return seen.by_kind, shift


class _Wire:
    """Counts the bytes of every answer, headers and all, as the browser received them."""

    def __init__(self, session: Any) -> None:
        self.by_kind: dict[str, int] = {}
        self._kinds: dict[str, str] = {}
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.responseReceived", self._on_response)
        session.on("Network.loadingFinished", self._on_finished)

    def _on_response(self, event: dict[str, Any]) -> None:
        self._kinds[event["requestId"]] = str(event["type"]).lower()

    def _on_finished(self, event: dict[str, Any]) -> None:
        kind = self._kinds.get(event["requestId"], "other")
        self.by_kind[kind] = self.by_kind.get(kind, 0) + int(event["encodedDataLength"])
