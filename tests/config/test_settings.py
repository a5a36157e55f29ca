from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import SettingError
from config.settings import Settings
from config.settings import load_settings

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REDIS_URL", "http://redis.example"),
        ("DATABASE_URL", "mysql://db.example/hamseda"),
        ("DATABASE_URL", "postgresql://db.example:port/hamseda"),
        ("AMI_OPERATOR_CHANNEL", "PJSIP/101"),
        ("AMI_OPERATOR_CHANNEL", "PJSIP/{number}"),
        ("AMI_OPERATOR_CHANNEL", "PJSIP/{extension}@{trunk}"),
        ("AMI_OPERATOR_CHANNEL", "PJSIP/{extension}}"),
        ("WEB_THREADS", "many"),
        ("LINES", "shiraz shiraz"),
        ("LINES", "main"),
        ("LINES", "Shiraz"),
        ("AMI_HOST_SHIRAZ", "10.0.0.2"),
        ("NO_SUCH_SETTING", "1"),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start_with_its_name(tmp_path, name, value):
    environ = {"HAMSEDA_HOME": str(tmp_path), f"HAMSEDA_{name}": value}

    with pytest.raises(SettingError, match=f"HAMSEDA_{name}"):
        load_settings(environ, env_file=None)


def test_another_channel_technology_is_taken(tmp_path):
    environ = {"HAMSEDA_HOME": str(tmp_path), "HAMSEDA_AMI_OPERATOR_CHANNEL": "SIP/{extension}@gate"}

    assert load_settings(environ, env_file=None).ami_operator_channel == "SIP/{extension}@gate"


def test_the_data_folder_is_for_its_owner_only(tmp_path):
    settings = load_settings({"HAMSEDA_HOME": str(tmp_path / "var")}, env_file=None)

    assert settings.home.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", [name.upper() for name in Settings.__dataclass_fields__])
def test_every_setting_is_in_the_administrators_table(name):
    table = (ROOT / "docs" / "administrator.md").read_text(encoding="utf-8")

    # Neighbours of one group are written by their ends: `HAMSEDA_AMI_HOST`, `_PORT`.
    assert f"`HAMSEDA_{name}`" in table or f"`_{name.rpartition('_')[2]}`" in table


def test_another_line_has_settings_of_its_own(tmp_path):
    environ = {
        "HAMSEDA_HOME": str(tmp_path),
        "HAMSEDA_AMI_HOST": "10.0.0.1",
        "HAMSEDA_AMI_SECRET": "one",
        "HAMSEDA_LINES": "shiraz",
        "HAMSEDA_AMI_HOST_SHIRAZ": "10.0.0.2",
        "HAMSEDA_AMI_SECRET_SHIRAZ": "two",
    }

    settings = load_settings(environ, env_file=None)

    assert settings.line_names == ("main", "shiraz")
    assert [(one.ami_host, one.ami_secret) for one in map(settings.on_line, settings.line_names)] == [
        ("10.0.0.1", "one"),
        ("10.0.0.2", "two"),
    ]
    with pytest.raises(SettingError, match="the lines are main, shiraz"):
        settings.on_line("mashhad")


def test_a_line_of_a_real_house_needs_its_secret(tmp_path):
    environ = {"HAMSEDA_HOME": str(tmp_path), "HAMSEDA_AMI_SECRET": "one", "HAMSEDA_LINES": "shiraz"}

    with pytest.raises(SettingError, match="HAMSEDA_AMI_SECRET_SHIRAZ"):
        load_settings(environ, env_file=None)


def test_a_setting_of_a_line_that_is_not_named_says_where_to_name_it(tmp_path):
    environ = {"HAMSEDA_HOME": str(tmp_path), "HAMSEDA_AMI_HOST_SHIRAZ": "10.0.0.2"}

    with pytest.raises(SettingError, match=r"HAMSEDA_AMI_HOST_SHIRAZ .*HAMSEDA_LINES"):
        load_settings(environ, env_file=None)
