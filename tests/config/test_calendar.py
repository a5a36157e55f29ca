"""Days that only one of the two calendars has."""

from datetime import UTC
from datetime import date
from datetime import datetime

import pytest

from config.calendar import FIRST_DAY
from config.calendar import LAST_DAY
from config.calendar import format_date
from config.calendar import parse_date
from config.errors import InvalidInputError
from surveys.interviews import screens
from surveys.interviews.answers import accept
from surveys.interviews.errors import InvalidAnswerError
from surveys.interviews.states import AnswerStatus
from surveys.questionnaires.document import Kind
from surveys.questionnaires.document import Question

STYLES = ("short", "medium", "long", "numeric", "month")


@pytest.mark.parametrize("typed", ["9999-12-31", "9999/1/1", "۹۹۹۹/۱۲/۲۹"])
def test_a_day_that_cannot_be_shown_in_both_calendars_is_not_taken(typed):
    with pytest.raises(InvalidInputError):
        parse_date(typed)


@pytest.mark.parametrize(("day", "shown"), [(FIRST_DAY, "۱ فروردین ۱"), (LAST_DAY, "۱۱ دی ۹۳۷۷")])
def test_the_days_at_both_ends_are_of_both_calendars(day, shown):
    assert format_date(day, "fa") == shown


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize(
    "day",
    [
        FIRST_DAY,
        date(1020, 5, 6),
        date(1699, 12, 31),
        date(1700, 1, 1),
        date(2026, 11, 22),
        date(2321, 3, 20),
        date(2321, 3, 21),
        date(2322, 1, 1),
        date(2999, 12, 31),
        LAST_DAY,
    ],
)
def test_what_stands_in_a_field_and_is_sent_again_is_the_same_day(language, day):
    assert parse_date(format_date(day, language, "numeric")) == day


@pytest.mark.parametrize(
    ("day", "language", "shown"),
    [
        (date(2321, 3, 20), "fa", "۱۶۹۹/۱۲/۲۹"),
        (date(2999, 12, 31), "fa", "۲۹۹۹-۱۲-۳۱"),
        (date(2999, 12, 31), "en", "2999-12-31"),
        (date(1651, 3, 21), "en", "1030/01/01"),
        (FIRST_DAY, "fa", "۰۰۰۱/۰۱/۰۱"),
    ],
)
def test_a_year_that_would_be_taken_for_one_of_the_other_calendar_is_written_in_that_one(day, language, shown):
    assert format_date(day, language, "numeric") == shown


@pytest.mark.parametrize("day", [date.min, date(622, 3, 21), date(9999, 1, 1), date.max])
def test_a_day_out_of_a_file_is_shown_whatever_it_is(day):
    for language in ("fa", "en"):
        assert all(format_date(day, language, style) for style in STYLES)


@pytest.mark.parametrize("typed", ["9999-12-31", "9998-12-31", "1700-01-01", "0001/01/01"])
def test_a_typed_day_is_refused_or_can_be_read_back(typed):
    question = Question("day", Kind.DATE, {"fa": "کی؟"})
    try:
        kept = accept(question, AnswerStatus.ANSWERED, typed, today=date(2026, 11, 22))
    except InvalidAnswerError:
        return

    answer = screens.CurrentAnswer(kept.status, kept.value)
    assert screens.read_back(question, answer, "fa")
    assert screens.typed(question, answer, "fa")


def test_a_moment_is_shown_as_its_day():
    assert format_date(datetime(2026, 11, 22, 9, 30, tzinfo=UTC), "fa") == "۱ آذر ۱۴۰۵"
