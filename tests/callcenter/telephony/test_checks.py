from __future__ import annotations

import dataclasses

import fakeredis
import pytest
from flask import Flask

from callcenter.telephony.checks import examine
from callcenter.telephony.exchange.server import ExchangeSettings
from callcenter.telephony.exchange.server import running
from config.processes import heartbeats
from config.settings import load_settings

ALL_WRITE = frozenset({"originate", "call", "reporting"})


@pytest.fixture
def house(tmp_path):
    """An application that looks for its exchange at the port it is given."""

    def make(port, **changes):
        app = Flask("doctor")
        settings = load_settings({"HAMSEDA_HOME": str(tmp_path), "HAMSEDA_AMI_SECRET": "s3cret"}, env_file=None)
        app.config["SETTINGS"] = dataclasses.replace(settings, ami_port=port, **changes)
        app.extensions["hamseda_redis"] = fakeredis.FakeStrictRedis()
        return app

    return make


def wrong(app):
    return {line.part: line for line in examine(app) if not line.is_well}


def test_an_exchange_that_lets_us_do_our_work_is_well(house):
    with running(ExchangeSettings(secret="s3cret")) as exchange:
        app = house(exchange.port)
        heartbeats.beat(app.extensions["hamseda_redis"], "line")

        findings = examine(app)

    assert [line.part for line in findings if line.is_well] == [
        "exchange",
        "exchange, write originate",
        "exchange, write call",
        "exchange, write reporting",
        "exchange, hold",
        "exchange, listen",
        "exchange, record",
        "exchange, hand over",
        "exchange, read call",
        "recordings",
        "exchange, held by pbx",
    ]
    assert len(findings) == 11


def test_recordings_that_cannot_be_read_are_found(house, tmp_path, monkeypatch):
    (tmp_path / "recordings").mkdir()
    monkeypatch.setattr("callcenter.telephony.checks.os.access", lambda _path, _mode: False)
    with running(ExchangeSettings(secret="s3cret")) as exchange:
        found = wrong(house(exchange.port))

    assert "docs/asterisk.md" in found["recordings"].mend


@pytest.mark.parametrize("lacking", ["originate", "call", "reporting"])
def test_a_missing_permission_is_named_with_its_mend(house, lacking):
    with running(ExchangeSettings(secret="s3cret", write=ALL_WRITE - {lacking})) as exchange:
        found = wrong(house(exchange.port))

    assert f"exchange, write {lacking}" in found
    assert "write = originate,call,agent,reporting" in found[f"exchange, write {lacking}"].mend


def test_deafness_for_calls_is_found(house, monkeypatch):
    monkeypatch.setattr("callcenter.telephony.checks.EVENT_SECONDS", 0.2)
    with running(ExchangeSettings(secret="s3cret", reads_calls=False)) as exchange:
        found = wrong(house(exchange.port))

    assert "read = call,agent,reporting" in found["exchange, read call"].mend


def test_without_an_exchange_the_ways_to_one_are_named(house):
    (finding,) = examine(house(1, ami_secret=""))

    assert not finding.is_well
    assert "HAMSEDA_AMI_SECRET" in finding.seen
    assert "hamseda run" in finding.mend
    assert "docs/asterisk.md" in finding.mend


def test_a_wrong_secret_is_told_once(house, monkeypatch):
    monkeypatch.setattr("callcenter.telephony.checks.SIGN_IN_SECONDS", 0.5)
    with running(ExchangeSettings(secret="another")) as exchange:
        (finding,) = examine(house(exchange.port))

    assert not finding.is_well
    assert "Authentication failed" in finding.seen
    assert "s3cret" not in str(finding)


def test_an_exchange_that_is_not_there_is_told_with_its_address(house, monkeypatch):
    monkeypatch.setattr("callcenter.telephony.checks.SIGN_IN_SECONDS", 0.5)
    with running(ExchangeSettings(secret="s3cret")) as exchange:
        port = exchange.port

    (finding,) = examine(house(port))

    assert f"127.0.0.1:{port}" in finding.seen
    assert "HAMSEDA_AMI_HOST" in finding.mend


def test_a_pbx_without_a_connection_is_found(house):
    with running(ExchangeSettings(secret="s3cret")) as exchange:
        found = wrong(house(exchange.port))

    assert set(found) == {"exchange, held by pbx"}


def test_each_line_is_looked_at_and_named(house, tmp_path):
    environ = {"HAMSEDA_HOME": str(tmp_path), "HAMSEDA_LINES": "shiraz", "HAMSEDA_AMI_PORT_SHIRAZ": "1"}
    lines = tuple(
        dataclasses.replace(line, ami_secret="s3cret") for line in load_settings(environ, env_file=None).lines
    )
    with running(ExchangeSettings(secret="s3cret")) as exchange:
        found = wrong(house(exchange.port, lines=lines))

    assert set(found) == {"exchange, held by pbx", "exchange shiraz"}
    assert "127.0.0.1:1" in found["exchange shiraz"].seen
    assert "HAMSEDA_AMI_HOST_SHIRAZ" in found["exchange shiraz"].mend
