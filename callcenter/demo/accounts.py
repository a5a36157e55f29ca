"""The demo's people who sign in: passwords made for this database, shown at each start, kept from other users."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from config.accounts import people
from config.accounts.access import Role
from config.private import write_private

if TYPE_CHECKING:
    from pathlib import Path

FILE = "demo_accounts.json"
WORDS = (
    "anar", "bad", "chay", "darya", "elm", "fanous", "gol", "hava", "irsa", "jan", "kaman", "lale", "mah", "nasim",
    "omid", "parvaz", "roud", "sib", "toranj", "yas", "zamin",
)  # fmt: skip


@dataclass(frozen=True)
class Account:
    """Somebody who works with the demo."""

    email: str
    name: str
    role: Role
    extension: str | None = None


FIRST_CLUB = (
    Account("operator@demo", "نگار رستمی", Role.OPERATOR, "101"),
    Account("operator2@demo", "امید فلاح", Role.OPERATOR, "102"),
    Account("supervisor@demo", "لیلا صابری", Role.SUPERVISOR),
    Account("manager@demo", "بهزاد نیکو", Role.MANAGER),
    Account("club@demo", "مهتاب روشن", Role.CLUB_STAFF),
)
SECOND_CLUB = (
    Account("operator@second", "پریا صفری", Role.OPERATOR, "301"),
    Account("manager@second", "کامران دلیر", Role.MANAGER),
    Account("club@second", "سپیده آذر", Role.CLUB_STAFF),
)
HOUSE = (Account("admin@demo", "مدیر سامانه", Role.ADMINISTRATOR),)


def new_password() -> str:
    """A password that can be typed from a terminal: three words and a number."""
    return "-".join([*(secrets.choice(WORDS) for _ in range(3)), f"{secrets.randbelow(10_000):04}"])


def add(accounts: tuple[Account, ...], *, club_ids: list[int], passwords: dict[str, str]) -> dict[str, int]:
    """Add the accounts, their passwords into `passwords`; returns the user ids by address."""
    ids = {}
    for account in accounts:
        passwords[account.email] = new_password()
        user = people.add_user(
            account.email,
            name=account.name,
            role=account.role,
            password=passwords[account.email],
            club_ids=club_ids,
            extension=account.extension,
        )
        ids[account.email] = user.id
    return ids


def renew() -> dict[str, str]:
    """New passwords for all demo accounts there are, when the file that kept the old ones is gone."""
    passwords = {}
    for account in (*FIRST_CLUB, *SECOND_CLUB, *HOUSE):
        user = people.find_user(account.email)
        if user is not None:
            passwords[account.email] = new_password()
            people.set_password(user, passwords[account.email])
    return passwords


def keep(home: Path, passwords: dict[str, str]) -> None:
    """Write the passwords where only the owner of the data folder can read them."""
    write_private(home / FILE, json.dumps(passwords, indent=2))


def kept(home: Path) -> dict[str, str] | None:
    """The passwords of this data folder, or None when there are none."""
    path = home / FILE
    return dict(json.loads(path.read_text())) if path.exists() else None
