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


@pytest.mark.parametrize(("day", "shown"), [(FIRST_DAY, "۱/۰۱/۰۱"), (LAST_DAY, "۹۳۷۷/۱۰/۱۱")])
def test_the_days_at_both_ends_are_of_both_calendars(day, shown):
    assert format_date(day, "fa", "numeric") == shown


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
