from datetime import UTC
from datetime import date
from datetime import datetime

import pytest

from callcenter.reports.filters import Period
from callcenter.reports.filters import Problem
from callcenter.reports.filters import parse

# 1 Azar 1404, a Saturday.
TODAY = date(2025, 11, 22)


def read(args, language="fa", branch_ids=(7,)):
    return parse(args, today=TODAY, zone="Asia/Tehran", language=language, branch_ids=branch_ids)


@pytest.mark.parametrize(
    ("args", "language", "start", "end"),
    [
        ({}, "fa", date(2025, 10, 24), TODAY),
        ({"period": "90d"}, "fa", date(2025, 8, 25), TODAY),
        ({"period": "month"}, "fa", TODAY, TODAY),
        ({"period": "month"}, "en", date(2025, 11, 1), TODAY),
        ({"period": "last-month"}, "fa", date(2025, 10, 23), date(2025, 11, 21)),
        ({"period": "last-month"}, "en", date(2025, 10, 1), date(2025, 10, 31)),
        ({"period": "custom", "from": "1404/08/01", "to": "1404/08/30"}, "fa", date(2025, 10, 23), date(2025, 11, 21)),
        ({"period": "custom", "from": "۱۴۰۴/۰۸/۰۱", "to": "2025-11-21"}, "en", date(2025, 10, 23), date(2025, 11, 21)),
        ({"from": "2025-11-01"}, "en", date(2025, 11, 1), TODAY),
    ],
)
def test_a_period_is_read_from_the_address(args, language, start, end):
    parsed = read(args, language)

    assert (parsed.filters.start, parsed.filters.end, parsed.problems) == (start, end, ())


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        ({"period": "eternity"}, Problem.UNKNOWN_PERIOD),
        ({"period": "custom"}, Problem.BAD_DATE),
        ({"period": "custom", "from": "1404/13/01"}, Problem.BAD_DATE),
        ({"period": "custom", "from": "2025-01-01", "to": "soon"}, Problem.BAD_DATE),
        ({"period": "custom", "from": "2025-11-02", "to": "2025-11-01"}, Problem.DATES_REVERSED),
        ({"period": "custom", "from": "1390/01/01", "to": "1404/01/01"}, Problem.TOO_LONG),
        ({"branch": "8"}, Problem.UNKNOWN_BRANCH),
        ({"branch": "7; DROP TABLE"}, Problem.UNKNOWN_BRANCH),
        ({"branch": "²"}, Problem.UNKNOWN_BRANCH),
        ({"branch": "9" * 5000}, Problem.UNKNOWN_BRANCH),
    ],
)
def test_what_cannot_be_used_is_told_and_the_default_stands_in(args, problem):
    parsed = read(args)

    assert parsed.problems == (problem,)
    assert parsed.filters == read({}).filters


def test_a_branch_is_read_in_persian_digits():
    assert read({"branch": "۷"}).filters.branch_id == 7


@pytest.mark.parametrize(
    "args", [{}, {"period": "last-month", "branch": "7"}, {"from": "1404/07/10", "to": "1404/08/05"}]
)
def test_the_address_of_a_view_brings_the_same_view(args):
    filters = read(args).filters

    assert read(filters.as_query()).filters == filters


def test_fixed_dates_are_the_same_days_by_name():
    filters = read({"period": "90d"}).filters.with_fixed_dates()

    assert filters.as_query() == {"period": Period.CUSTOM, "from": "2025-08-25", "to": "2025-11-22"}


def test_days_begin_and_end_at_midnight_of_the_club():
    filters = read({"from": "2025-11-21", "to": "2025-11-22"}).filters

    assert filters.since == datetime(2025, 11, 20, 20, 30, tzinfo=UTC)
    assert filters.until == datetime(2025, 11, 22, 20, 30, tzinfo=UTC)


def test_the_preceding_period_is_as_long_and_touches():
    filters = read({"from": "2025-11-11", "to": "2025-11-20", "branch": "7"}).filters

    before = filters.preceding()

    assert (before.start, before.end, before.branch_id) == (date(2025, 11, 1), date(2025, 11, 10), 7)
    assert before.until == filters.since
