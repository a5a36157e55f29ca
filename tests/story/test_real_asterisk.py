"""The call of the main job once more, with a real Asterisk instead of the simulated exchange."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.asterisk import bed
from tests.story import desk
from tests.story.scene import bring_forward
from tests.support import redis_server
from tests.support.house import COMMAND
from tests.support.house import running_house
from tests.support.require import require

pytestmark = [pytest.mark.alone, pytest.mark.story, pytest.mark.browser, pytest.mark.asterisk, pytest.mark.timeout(600)]

MOST_MEMBERS = 10
# The last digit of the members who answer and stay, at the far end of the bed; and of one who is busy.
STAYS = 0
BUSY = 2
# A SIP phone that the bed answers by itself.
EXTENSION = "201"
OPERATOR = "sara@demo"
PASSWORD = "a-password-for-the-story"


@pytest.fixture
def house(tmp_path):
    """A house whose lines go through Asterisk, with an operator at a phone of its own."""
    require("Asterisk", bed.is_available(), "run tests/asterisk/install.sh as root, or install Asterisk")
    require("Redis server", redis_server.is_available(), "install redis-server or valkey-server")
    with bed.asterisk() as asterisk:
        line = {"HAMSEDA_AMI_PORT": str(asterisk.ports.ami), "HAMSEDA_AMI_SECRET": bed.SECRET}
        with running_house(tmp_path, **line) as house:
            _add_operator(house.home)
            house.passwords[OPERATOR] = PASSWORD
            yield house


def _add_operator(home):
    environ = {**os.environ, "HAMSEDA_HOME": str(home), "HAMSEDA_PASSWORD": PASSWORD}
    words = ["user", "add", OPERATOR, "--role", "operator", "--club", "demo", "--extension", EXTENSION]
    subprocess.run([COMMAND, *words], env=environ, cwd=home, check=True, capture_output=True)


def certify(supervisor):
    """The campaigns of the demo ask for a certificate, and whoever is new has none yet."""
    supervisor.open("/training")
    surveys = supervisor.page.locator("main a[href^='/training/surveys/']")
    for address in {one.get_attribute("href") for one in surveys.all()}:
        supervisor.open(address)
        supervisor.page.get_by_role("checkbox", name=OPERATOR).check()
        supervisor.page.locator("[name=note]").fill("مصاحبه‌ی آزمایشی با سرپرست")
        with supervisor.page.expect_navigation():
            supervisor.page.locator("[name=note]").press("Enter")
    assert supervisor.complaints == []


def test_a_member_answers_and_the_interview_earns_its_credit(house, visitor):
    certify(visitor(house, "supervisor@demo", "fa"))
    bring_forward(house, [BUSY, STAYS])
    operator = visitor(house, OPERATOR, "fa")

    for _ in range(MOST_MEMBERS):
        digit = desk.take_next(operator)
        desk.call(operator)
        if digit == STAYS:
            break
        if digit == desk.HANGS_UP_SOON:
            desk.wait_for_interview(operator)
            operator.wait_for_key("F6")
            operator.press("F6")
        desk.wait_for_outcome(operator)
    desk.wait_for_interview(operator)
    desk.interview_to_the_end(operator)

    assert "تومان به اعتبار" in operator.text_of("#part-script")
    assert operator.complaints == []
