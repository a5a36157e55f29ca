from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import timedelta

from callcenter.training.standing import Held
from callcenter.training.standing import Standing
from callcenter.training.standing import best

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def day(number):
    return DAY + timedelta(days=number)


def held(*, given, until, revoked=None):
    return Held(1, 1, day(given), day(until), None, "", None if revoked is None else day(revoked), None, None)


def at(number, *certificates):
    """The standing on a day; the certificates are the newest first."""
    return best(certificates, from_number=1, now=day(number))


def test_the_one_that_holds_the_longest_tells_it():
    short, long = held(given=30, until=60), held(given=0, until=700)

    assert at(90, short, long) == (Standing.CERTIFIED, long)


def test_an_older_one_taken_back_is_not_hidden_by_a_newer_one_that_had_ended():
    ended, taken_back = held(given=30, until=60), held(given=0, until=700, revoked=80)

    assert at(90, ended, taken_back) == (Standing.REVOKED, taken_back)


def test_what_was_given_after_that_tells_it_again():
    ended, taken_back = held(given=30, until=60), held(given=0, until=700, revoked=20)

    assert at(90, ended, taken_back) == (Standing.EXPIRED, ended)
