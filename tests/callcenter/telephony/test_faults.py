"""What breaks while calls run: the pbx process, killed with -9 at each of its commits, and the manager connection."""

from __future__ import annotations

import time
from datetime import timedelta
from itertools import count
from itertools import cycle
from pathlib import Path

import pytest

from callcenter.calls import requesting
from callcenter.telephony.exchange.server import ExchangeSettings
from callcenter.telephony.exchange.server import running
from config.database import db
from config.database import utcnow
from tests.support.calling import held_entry
from tests.support.calling import writing
from tests.support.pbx_process import AFTER
from tests.support.pbx_process import BEFORE
from tests.support.pbx_process import LOOK_SECONDS
from tests.support.pbx_process import Nursery
from tests.support.pbx_process import held_line
from tests.support.settled import bring_to_an_end
from tests.support.settled import ensure_settled
from tests.support.settled import wait_until
from tests.support.town import Town

# Or it was no call.
FEWEST_COMMITS = 5
CALL_COUNT = 50
CUT_EVERY_SECONDS = 0.3
FEWEST_CUTS = 5
# What the members do: they answer, are not there, busy, decline, cannot be reached, answer and hang up.
LAST_DIGITS = "0012456"


@pytest.fixture
def town(request):
    with running(ExchangeSettings(secret="s3cret", speed=getattr(request, "param", 50))) as exchange:
        yield Town(exchange)


@pytest.fixture(autouse=True)
def _writing(app):
    # Two write here at once, as the processes of a real house do.
    with writing():
        yield


@pytest.fixture(scope="module")
def nursery(migrated_app):
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(Path.cwd())
        nursery = Nursery(migrated_app)
    yield nursery
    nursery.close()


@pytest.mark.parametrize("moment", [BEFORE, AFTER])
@pytest.mark.parametrize("digit", ["0", "2"], ids=["a talk", "busy"])
def test_a_call_outlives_the_process_at_each_of_its_commits(app, factories, town, nursery, monkeypatch, moment, digit):
    # The process that sent it is known to be dead, so a list of channels may be believed at once.
    monkeypatch.setattr("callcenter.telephony.drift.GRACE", timedelta())
    monkeypatch.setattr("callcenter.telephony.pbx.LOOK_SECONDS", LOOK_SECONDS)

    for number in count(1):
        phone = f"0912345{number:03}{digit}"
        held = held_entry(factories, phone="+98" + phone[1:])
        call_id = requesting.request_call(held.entry_id, held.operator_id, now=utcnow())
        db.session.commit()
        mortal = nursery.bear(town.address, moment=moment, number=number)
        bring_to_an_end([call_id], while_=lambda pbx=mortal: pbx.lives)
        has_lived = mortal.lives
        mortal.end()
        if not has_lived:
            with held_line(app, town.address):
                bring_to_an_end([call_id])
                wait_until(lambda: not town.board.channels, town.board.channels)

        ensure_settled(call_id)
        assert town.dialled[phone] <= 1
        if has_lived:
            break
    assert town.dialled[phone] == 1
    assert number > FEWEST_COMMITS


# So slowly that some seconds pass until the last of them hangs up.
@pytest.mark.parametrize("town", [5], indirect=True, ids=["slow"])
def test_calls_outlive_a_connection_that_is_cut_again_and_again(app, factories, town):
    members = {f"0912345{number:03}{digit}" for number, digit in zip(range(CALL_COUNT), cycle(LAST_DIGITS))}
    helds = [held_entry(factories, phone="+98" + phone[1:]) for phone in members]
    cutter = Cutter(town.running)

    with held_line(app, town.address) as pbx:
        calls = [requesting.request_call(held.entry_id, held.operator_id, now=utcnow()) for held in helds]
        db.session.commit()
        pbx.inbox.wake()
        bring_to_an_end(calls, while_=cutter)
        wait_until(lambda: not town.board.channels, town.board.channels)

    assert cutter.count >= FEWEST_CUTS
    for call_id in calls:
        ensure_settled(call_id)
    assert set(town.dialled) <= members
    assert max(town.dialled.values()) == 1
    assert len(town.dialled) > CALL_COUNT // 2


class Cutter:
    """Cuts every connection now and then, as long as somebody looks."""

    def __init__(self, running):
        self._running = running
        self._cut_at = time.monotonic()
        self.count = 0

    def __call__(self):
        if time.monotonic() >= self._cut_at:
            self._cut_at = time.monotonic() + CUT_EVERY_SECONDS
            self._running.drop_links()
            self.count += 1
        return True
