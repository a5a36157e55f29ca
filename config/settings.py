"""The settings: read once from the environment into one typed object."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from dotenv import dotenv_values
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from config.calendar import is_zone
from config.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "HAMSEDA_"
# The line of the settings HAMSEDA_AMI_…; another one's have its name behind: HAMSEDA_AMI_HOST_SHIRAZ.
FIRST_LINE = "main"
LINE_NAME = re.compile(r"[a-z][a-z0-9]{0,15}")
# Read by the command itself (`hamseda user add`), not part of the running system.
COMMAND_ONLY = frozenset({"PASSWORD"})


@dataclass(frozen=True, kw_only=True)
class OtherLine:
    """Where the manager interface of one more Asterisk listens; the fields are those of Settings."""

    name: str
    ami_host: str
    ami_port: int
    ami_username: str
    ami_secret: str = field(repr=False)
    ami_operator_channel: str
    ami_context: str
    ami_tls: bool


AMI_FIELDS = tuple(name for name in OtherLine.__dataclass_fields__ if name != "name")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a running system needs to know.

    `home` is the data folder, `trusted_proxies` the number of reverse proxies in front of the web process,
    `session_hours` how long a sign-in lasts; the `ami_…` fields say where Asterisk's manager interface listens,
    `recordings` in which folder it leaves what it recorded.
    """

    home: Path
    database_url: str
    redis_url: str
    secret_key: str
    recordings: Path
    ami_host: str = "127.0.0.1"
    ami_port: int = 5038
    ami_username: str = "hamseda"
    ami_secret: str = ""
    ami_operator_channel: str = "PJSIP/{extension}"
    ami_context: str = "hamseda-member"
    ami_tls: bool = False
    lines: tuple[OtherLine, ...] = ()
    notify_urls: tuple[str, ...] = ("log://",)
    time_zone: str = "Asia/Tehran"
    web_host: str = "127.0.0.1"
    web_threads: int = 48
    behind_tls: bool = False
    trusted_proxies: int = 0
    session_hours: int = 12
    log_level: str = "INFO"

    @property
    def has_embedded_redis(self) -> bool:
        """Whether the Redis of this run is the one `hamseda run` starts in the data folder."""
        return self.redis_url.startswith("unix://") and str(self.home) in self.redis_url

    @property
    def line_names(self) -> tuple[str, ...]:
        """The names of all lines, the first one's first."""
        return (FIRST_LINE, *(line.name for line in self.lines))

    def on_line(self, name: str) -> Settings:
        """These settings with the `ami_…` fields of that line. Raises SettingError when there is no such line."""
        if name == FIRST_LINE:
            return self
        line = next((line for line in self.lines if line.name == name), None)
        if line is None:
            raise SettingError(PREFIX + "LINES", f"has no line {name!r}; the lines are {', '.join(self.line_names)}")
        return replace(self, **{one: getattr(line, one) for one in AMI_FIELDS})


def load_settings(environ: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings from `environ` (default: the process's own) over `env_file`.

    Raises SettingError, naming the setting and the mend, when one is unknown, malformed or missing.
    """
    values = _prefixed(dotenv_values(env_file) if env_file else {})
    values |= _prefixed(os.environ if environ is None else environ)
    _ensure_known(values)
    home = Path(values.get("HOME", "var")).resolve()
    return Settings(
        home=home,
        database_url=_database_url(values, home),
        redis_url=_redis_url(values, home),
        secret_key=values.get("SECRET_KEY") or _kept_secret(home),
        recordings=Path(values.get("RECORDINGS") or home / "recordings"),
        **_ami(values),
        lines=_lines(values),
        notify_urls=tuple(values.get("NOTIFY_URLS", "log://").split()),
        time_zone=_time_zone(values),
        web_host=values.get("WEB_HOST", "127.0.0.1"),
        web_threads=_integer(values, "WEB_THREADS", 48, low=4, high=2000),
        behind_tls=_boolean(values, "BEHIND_TLS"),
        trusted_proxies=_integer(values, "TRUSTED_PROXIES", 0, low=0, high=10),
        session_hours=_integer(values, "SESSION_HOURS", 12, low=1, high=24 * 30),
        log_level=_one_of(values, "LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), default="INFO"),
    )


def _prefixed(environ: Mapping[str, str | None]) -> dict[str, str]:
    return {key.removeprefix(PREFIX): value for key, value in environ.items() if key.startswith(PREFIX) and value}


def _ensure_known(values: Mapping[str, str]) -> None:
    known = {name.upper() for name in Settings.__dataclass_fields__} | COMMAND_ONLY
    known |= {f"{one}_{line}".upper() for one in AMI_FIELDS for line in values.get("LINES", "").split()}
    for name in sorted(values.keys() - known):
        if name.startswith(tuple(f"{one}_".upper() for one in AMI_FIELDS)):
            raise SettingError(PREFIX + name, "is of a line that HAMSEDA_LINES does not name.")
        raise SettingError(PREFIX + name, f"is not a setting; the settings are {', '.join(sorted(known))}")


def _database_url(values: Mapping[str, str], home: Path) -> str:
    url = values.get("DATABASE_URL") or f"sqlite:///{home}/hamseda.db"
    # Plain postgresql:// is what people and platforms write; the driver here is psycopg 3.
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return _readable("postgresql+psycopg://" + url.removeprefix(plain))
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingError(
            PREFIX + "DATABASE_URL", "must begin with postgresql:// or sqlite:///; other databases are not supported"
        )
    return _readable(url)


def _readable(url: str) -> str:
    # The address may hold a password: it is not said again.
    try:
        make_url(url)
    except (ArgumentError, ValueError):
        raise SettingError(
            PREFIX + "DATABASE_URL", "cannot be read; write it as postgresql://user:password@host:5432/name"
        ) from None
    return url


def _redis_url(values: Mapping[str, str], home: Path) -> str:
    url = values.get("REDIS_URL") or f"unix://{home}/redis.sock"
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise SettingError(PREFIX + "REDIS_URL", "must begin with redis://, rediss:// or unix://")
    return url


def _ami(values: Mapping[str, str], end: str = "") -> dict[str, Any]:
    """The fields of one line, from the settings that have `end` behind their names."""
    return {
        "ami_host": values.get(f"AMI_HOST{end}", "127.0.0.1"),
        "ami_port": _integer(values, f"AMI_PORT{end}", 5038, low=1, high=65535),
        "ami_username": values.get(f"AMI_USERNAME{end}", "hamseda"),
        "ami_secret": values.get(f"AMI_SECRET{end}", ""),
        "ami_operator_channel": _channel(values, f"AMI_OPERATOR_CHANNEL{end}"),
        "ami_context": values.get(f"AMI_CONTEXT{end}", "hamseda-member"),
        "ami_tls": _boolean(values, f"AMI_TLS{end}"),
    }


def _lines(values: Mapping[str, str]) -> tuple[OtherLine, ...]:
    names = values.get("LINES", "").split()
    if len({FIRST_LINE, *names}) <= len(names) or not all(LINE_NAME.fullmatch(name) for name in names):
        raise SettingError(
            PREFIX + "LINES",
            f"must be different names of small letters and digits, such as `shiraz mashhad`, other than {FIRST_LINE}",
        )
    lines = tuple(OtherLine(name=name, **_ami(values, f"_{name.upper()}")) for name in names)
    for line in lines:
        # Without any secret all are simulated; a real house must not have one that nobody can hold.
        if values.get("AMI_SECRET") and not line.ami_secret:
            raise SettingError(f"{PREFIX}AMI_SECRET_{line.name.upper()}", "is missing: Asterisk asks for one")
    return lines


def _channel(values: Mapping[str, str], name: str) -> str:
    channel = values.get(name, "PJSIP/{extension}")
    if set(re.findall(r"{\w+}|[{}]", channel)) != {"{extension}"}:
        raise SettingError(PREFIX + name, "must have {extension} in it, and no other braces")
    return channel


def _kept_secret(home: Path) -> str:
    """The key that signs sessions, made once for this data folder, readable by its owner only."""
    path = home / "secret_key"
    if not path.exists():
        # The database of an embedded run lies here too: members' names and numbers are for nobody else.
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Several processes may start at once: the first to create the file wins, the others read it.
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()


def _integer(values: Mapping[str, str], name: str, default: int, *, low: int, high: int) -> int:
    try:
        number = int(values.get(name, default))
    except ValueError:
        raise SettingError(PREFIX + name, f"must be a whole number, not {values[name]!r}") from None
    if not low <= number <= high:
        raise SettingError(PREFIX + name, f"must be between {low} and {high}, not {number}")
    return number


def _boolean(values: Mapping[str, str], name: str) -> bool:
    return _one_of(values, name, ("0", "1"), default="0") == "1"


def _one_of(values: Mapping[str, str], name: str, allowed: tuple[str, ...], *, default: str) -> str:
    value = values.get(name, default)
    if value not in allowed:
        raise SettingError(PREFIX + name, f"must be one of {', '.join(allowed)}, not {value!r}")
    return value


def _time_zone(values: Mapping[str, str]) -> str:
    name = values.get("TIME_ZONE", "Asia/Tehran")
    if not is_zone(name):
        raise SettingError(PREFIX + "TIME_ZONE", f"must be a tz database name such as Asia/Tehran, not {name!r}")
    return name
