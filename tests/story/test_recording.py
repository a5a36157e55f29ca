"""A member lets the talk be recorded, the operator pauses it, and a supervisor hears it in the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.story import desk
from tests.story.scene import bring_forward

pytestmark = [pytest.mark.alone, pytest.mark.story, pytest.mark.browser, pytest.mark.timeout(600)]

STAYS = [0, 7, 8, 9]
SWITCH = "form[action*='/recordings/campaigns'] button"
# Plays from the middle for a moment; gives the length in seconds, where it stands then, and what went wrong.
SEEK = """async () => {
  const audio = document.querySelector('audio');
  audio.muted = true;
  await audio.play();
  audio.currentTime = audio.duration / 2;
  await new Promise(done => audio.addEventListener('timeupdate', done, { once: true }));
  return [audio.duration, audio.currentTime, audio.error?.message ?? ''];
}"""


@pytest.fixture
def supervisor(house, visitor):
    """A supervisor who has the demo's campaign recorded as long as the test runs."""
    person = visitor(house, "supervisor@demo", "fa")
    person.open("/campaigns")
    person.page.locator("tbody a").first.click()
    campaign = person.page.url
    person.page.locator(SWITCH).click()
    expect(person.page.locator(".flash.good")).to_be_visible()
    yield person
    person.page.goto(campaign)
    person.page.locator(SWITCH).click()
    expect(person.page.locator(".flash.good")).to_be_visible()


def test_a_talk_is_recorded_with_its_pause_and_played_with_seeking(house, visitor, supervisor):
    bring_forward(house, STAYS)
    operator = visitor(house, "operator@demo", "fa")
    desk.take_next(operator)
    desk.call(operator)
    desk.wait_for_interview(operator)
    operator.press("Enter")
    operator.page.locator("#may-record").wait_for()
    operator.keep_pictures("desk-may-record")
    operator.press("1")
    operator.page.locator(".recording .on").wait_for()
    operator.press("z")
    operator.page.locator(".recording .off").wait_for()
    operator.keep_pictures("desk-recording-paused")
    operator.press("z")
    operator.page.locator(".recording .on").wait_for()

    supervisor.open("/recordings?state=kept")
    before = supervisor.page.locator("tbody tr").count()
    desk.interview_to_the_end(operator)
    supervisor.wait_until(lambda: _listed(supervisor) == before + 1)
    supervisor.keep_pictures("recordings")
    supervisor.page.locator("tbody a").first.click()
    length, place, problem = supervisor.page.evaluate(SEEK)

    assert problem == ""
    assert 0 < length / 2 <= place <= length
    supervisor.page.reload()
    assert supervisor.page.locator("section").nth(1).locator("li").count() == 1
    supervisor.keep_pictures("recording")
    assert operator.complaints == supervisor.complaints == []


def _listed(supervisor) -> int:
    supervisor.page.reload()
    return supervisor.page.locator("tbody tr").count()
