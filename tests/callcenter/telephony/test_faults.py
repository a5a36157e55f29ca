"""What breaks while calls run: the pbx process, killed with -9 at each of its commits, and the manager connection."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from itertools import cycle
from pathlib import Path

import pytest

from callcenter.calls import requesting
from callcenter.calls.models import CallState
from callcenter.telephony.exchange.server import ExchangeSettings
from callcenter.telephony.exchange.server import running
from config.database import db
from config.database import utcnow
from tests.support.calling import held_entry
from tests.support.calling import read_call
from tests.support.calling import writing
from tests.support.pbx_process import AFTER
from tests.support.pbx_process import BEFORE
from tests.support.pbx_process import LOOK_SECONDS
from tests.support.pbx_process import Nursery
from tests.support.pbx_process import held_line
from tests.support.settled import bring_to_an_end
from tests.support.settled import ensure_settled
from tests.support.settled import wait_until
from tests.support.talking import HandedOver
from tests.support.talking import Holding
from tests.support.talking import Recorded
from tests.support.town import Town

# Or it was no call.
FEWEST_COMMITS = 3
FEWEST_COMMITS_OF_A_TALK = 2
CALL_COUNT = 50
CUT_EVERY_EVENTS = 20
FEWEST_CUTS = 20
# What the members do: they answer, are not there, busy, decline, cannot be reached, answer and hang up.
LAST_DIGITS = "0012456"


@pytest.fixture
def town(request, tmp_path):
    settings = ExchangeSettings(secret="s3cret", speed=getattr(request, "param", 50), recordings=tmp_path)
    with running(settings) as exchange:
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


@pytest.fixture
def moment(app, monkeypatch):
    """When the process dies. Each on one of the databases: which one it is the exchange cannot tell."""
    # The process that sent what lives is known to be dead, so a list of channels may be believed at once.
    for room in ("drift", "handovers"):
        monkeypatch.setattr(f"callcenter.telephony.{room}.GRACE", timedelta())
    monkeypatch.setattr("callcenter.telephony.pbx.LOOK_SECONDS", LOOK_SECONDS)
    return BEFORE if db.engine.dialect.name == "sqlite" else AFTER


@pytest.mark.parametrize("digit", ["0", "2"], ids=["a talk", "busy"])
def test_a_call_outlives_the_process_at_each_of_its_commits(app, factories, town, nursery, moment, digit):
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


@pytest.mark.parametrize("doing", [Holding, Recorded, HandedOver])
def test_a_talk_outlives_the_process_at_each_of_its_commits(app, factories, town, nursery, moment, doing):
    with held_line(app, town.address) as pbx:
        call_id = begin_talk(factories, pbx, number=0)

    for number in count(1):
        talk = doing(call_id, factories)
        mortal = nursery.bear(town.address, moment=moment, number=number)
        wait_until(lambda talk=talk, mortal=mortal: not mortal.lives or talk.is_done(), call_id)
        has_lived = mortal.lives
        mortal.end()
        with held_line(app, town.address) as pbx:
            wait_until(talk.is_done, call_id)
            talk.ensure()
            bring_to_an_end([call_id])
            wait_until(lambda: not town.board.channels, town.board.channels)
            ensure_settled(call_id)
            if has_lived:
                break
            call_id = begin_talk(factories, pbx, number=number)
    assert number > FEWEST_COMMITS_OF_A_TALK
    assert set(town.dialled.values()) == {1}


def begin_talk(factories, pbx, *, number):
    """The id of a call in which the two talk."""
    held = held_entry(factories, phone=f"+98912346{number:03}0")
    call_id = requesting.request_call(held.entry_id, held.operator_id, now=utcnow())
    db.session.commit()
    pbx.inbox.wake()
    wait_until(lambda: read_call(call_id).state is CallState.CONNECTED, call_id)
    return call_id


# So slowly that some seconds pass until the last of them hangs up.
@pytest.mark.parametrize("town", [5], indirect=True, ids=["slow"])
def test_calls_outlive_a_connection_that_is_cut_again_and_again(app, factories, town):
    members = {f"0912345{number:03}{digit}" for number, digit in zip(range(CALL_COUNT), cycle(LAST_DIGITS))}
    helds = [held_entry(factories, phone="+98" + phone[1:]) for phone in members]
    cutter = Cutter(town)

    with held_line(app, town.address) as pbx:
        calls = [requesting.request_call(held.entry_id, held.operator_id, now=utcnow()) for held in helds]
        db.session.commit()
        pbx.inbox.wake()
        bring_to_an_end(calls)
        wait_until(lambda: not town.board.channels, town.board.channels)

    assert cutter.count >= FEWEST_CUTS
    for call_id in calls:
        ensure_settled(call_id)
    assert set(town.dialled) <= members
    assert max(town.dialled.values()) == 1
    assert len(town.dialled) > CALL_COUNT // 2


class Cutter:
    """Cuts every connection each time that the exchange has told so many events, whatever the clock says."""

    def __init__(self, town):
        self._running = town.running
        self._tell, town.board.tell = town.board.tell, self._hear
        self._told = 0

    @property
    def count(self):
        return self._told // CUT_EVERY_EVENTS

    def _hear(self, event, headers):
        self._tell(event, headers)
        self._told += 1
        if self._told % CUT_EVERY_EVENTS == 0:
            self._running.drop_links()
