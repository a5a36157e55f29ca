"""Two exchanges with a pbx process each: a call goes over its operator's line and no other."""

from __future__ import annotations

import pytest

from callcenter.calls import requesting
from callcenter.calls.models import LineStatus
from callcenter.operators.models import Operator
from callcenter.telephony.exchange.server import ExchangeSettings
from callcenter.telephony.exchange.server import running
from config.database import db
from config.database import utcnow
from config.processes import heartbeats
from tests.conftest import make_app
from tests.support.calling import held_entry
from tests.support.calling import read_call
from tests.support.calling import writing
from tests.support.pbx_process import held_line
from tests.support.settled import bring_to_an_end
from tests.support.settled import ensure_settled
from tests.support.town import Town

EXCHANGE = ExchangeSettings(secret="s3cret", speed=50)
BUSY = {"main": "09123456782", "shiraz": "09123456792"}


@pytest.fixture
def houses(app, monkeypatch):
    """The application of each line's pbx process, on the same database."""
    other = make_app(app.config["HOME"], app.config["SQLALCHEMY_DATABASE_URI"], HAMSEDA_LINES="shiraz")
    other.config["LINE"] = "shiraz"
    other.extensions["hamseda_redis"] = app.extensions["hamseda_redis"]
    monkeypatch.setitem(app.config, "SETTINGS", other.config["SETTINGS"])
    yield {"main": app, "shiraz": other}
    with other.app_context():
        db.engine.dispose()


def test_a_call_goes_over_its_operators_line_and_no_other(houses, factories):
    with running(EXCHANGE) as main, running(EXCHANGE) as shiraz, writing():
        towns = {"main": Town(main), "shiraz": Town(shiraz)}
        calls = {name: request(factories, name, number) for name, number in BUSY.items()}

        with held_line(houses["main"], towns["main"].address), held_line(houses["shiraz"], towns["shiraz"].address):
            bring_to_an_end(calls.values())

    for name, call_id in calls.items():
        ensure_settled(call_id)
        assert (read_call(call_id).line, read_call(call_id).line_status) == (name, LineStatus.BUSY)
        assert dict(towns[name].dialled) == {BUSY[name]: 1}
        assert heartbeats.is_beating(heartbeats.of_line("line", name))


def request(factories, line, number):
    held = held_entry(factories, phone="+98" + number[1:])
    db.session.get_one(Operator, held.operator_id).line = line
    call_id = requesting.request_call(held.entry_id, held.operator_id, now=utcnow())
    db.session.commit()
    return call_id
