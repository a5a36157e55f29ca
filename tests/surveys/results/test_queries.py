"""Counts of the answers against a plain recount, beside another club's answers."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections import defaultdict
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from fractions import Fraction
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from config.database import db
from surveys.interviews import interviewing
from surveys.interviews.models import Answer
from surveys.interviews.models import Response
from surveys.interviews.states import AnswerStatus
from surveys.interviews.states import ResponseState
from surveys.questionnaires.document import Dimension
from surveys.questionnaires.queries import question_ids
from surveys.results import filters
from surveys.results import queries
from surveys.results.filters import Filters
from surveys.results.ratings import RatingCounts
from tests.surveys.interviews.leading import FULL
from tests.surveys.interviews.leading import NOW
from tests.surveys.interviews.leading import finish
from tests.surveys.interviews.leading import give
from tests.surveys.interviews.leading import publish
from tests.surveys.interviews.leading import start

pytestmark = pytest.mark.usefixtures("alone")
TEHRAN = "Asia/Tehran"
QUESTIONS = {"price": ("price_1", "price_2"), "service": ("staff",), "overall": ("overall",)}
_entries = count(1)
ANSWERS = [1, 2, 3, 4, 5, 4, 5, "dont_know", "refused"]


@pytest.fixture
def interviews(club, version, factories):
    """Sixty complete interviews of the club, with others, unfinished ones and another club's beside them."""
    chance = random.Random(7)
    other = factories.club().id
    others_version = publish(other)
    ours, theirs = question_ids(version), question_ids(others_version)
    kept = []
    for number in range(60):
        answers = {code: chance.choice(ANSWERS) for codes in QUESTIONS.values() for code in codes}
        at = NOW - timedelta(hours=chance.randint(0, 24 * 40))
        fields = {"branch_id": chance.choice([1, 2, None]), "member_id": number}
        if isinstance(answers["overall"], int) and answers["overall"] <= 2:
            answers["wrong"] = f"بد بود {number}"
        kept.append((record(club, version, ours, answers, completed_at=at, **fields), at, fields["branch_id"], answers))
        if number % 3 == 0:
            noise = {"overall": 5, "word": "باشگاه دیگر"}
            record(other, others_version, theirs, noise, completed_at=at, **fields)
            record(club, version, ours, {"price_1": 1}, state=ResponseState.STARTED, **fields)
            record(club, version, ours, noise, state=ResponseState.PARTIAL, **fields)
    db.session.commit()
    return kept


def record(club, version, ids, answers, *, state=ResponseState.COMPLETE, **fields):
    """Write an interview as it stands in the database, without leading it."""
    response = Response(
        club_id=club,
        version_id=version,
        campaign_id=1,
        entry_id=next(_entries),
        operator_id=1,
        language="fa",
        state=state,
        started_at=NOW,
        **fields,
    )
    db.session.add(response)
    db.session.flush()
    for code, value in answers.items():
        status = AnswerStatus(value) if value in ("dont_know", "refused") else AnswerStatus.ANSWERED
        kept = value if status is AnswerStatus.ANSWERED else None
        db.session.add(
            Answer(
                club_id=club,
                response_id=response.id,
                question_id=ids[code],
                status=status,
                value=kept,
                number=kept if isinstance(kept, int) else None,
                answered_at=NOW,
            )
        )
    return response.id


def recount(interviews):
    """Members' ratings by dimension, counted by hand."""
    counts = {dimension: [0] * 5 for dimension in Dimension}
    missing = {dimension: Counter() for dimension in Dimension}
    for *_rest, answers in interviews:
        for name, codes in QUESTIONS.items():
            numbers = [answers[code] for code in codes if isinstance(answers[code], int)]
            if numbers:
                nearest = math.ceil(Fraction(sum(numbers), len(numbers)) - Fraction(1, 2))
                counts[Dimension(name)][nearest - 1] += 1
            else:
                missing[Dimension(name)][
                    "dont_know" if "dont_know" in [answers[code] for code in codes] else "refused"
                ] += 1
    return {
        dimension: RatingCounts(
            tuple(counts[dimension]), missing[dimension]["dont_know"], missing[dimension]["refused"]
        )
        for dimension in Dimension
    }


def test_satisfaction_equals_a_recount(club, interviews):
    assert queries.satisfaction(Filters(club)) == recount(interviews)
    assert queries.complete_count(Filters(club)) == 60


def test_the_period_takes_its_first_moment_and_not_its_last(club, interviews):
    moments = sorted(at for _id, at, *_rest in interviews)
    since, until = moments[10], moments[40]

    inside = [one for one in interviews if since <= one[1] < until]

    assert queries.satisfaction(Filters(club, since, until)) == recount(inside)
    assert queries.complete_count(Filters(club, since, until)) == len(inside)


@pytest.mark.parametrize("branch", [1, 2])
def test_one_branch_equals_its_recount(club, interviews, branch):
    own = [one for one in interviews if one[2] == branch]

    assert queries.satisfaction(Filters(club, branch_id=branch)) == recount(own)


def test_branches_equal_their_recounts(club, interviews):
    by_branch = queries.satisfaction_by_branch(Filters(club))

    assert set(by_branch) == {1, 2, None}
    for branch, ratings in by_branch.items():
        expected = recount([one for one in interviews if one[2] == branch])
        assert ratings == {dimension: expected[dimension] for dimension in ratings}
        assert set(ratings) == {Dimension.PRICE, Dimension.SERVICE, Dimension.OVERALL}


def test_the_trend_equals_a_recount_by_weeks_from_saturday(club, interviews):
    by_week = defaultdict(list)
    for one in interviews:
        day = one[1].astimezone(ZoneInfo(TEHRAN)).date()
        by_week[day - timedelta(days=(day.weekday() + 2) % 7)].append(one)

    points = queries.trend(Filters(club), TEHRAN)

    first, last = min(by_week), max(by_week)
    weeks = [first + timedelta(days=7 * number) for number in range((last - first).days // 7 + 1)]
    assert [(point.week, point.dimension) for point in points] == [(week, one) for week in weeks for one in Dimension]
    for point in points:
        assert point.ratings == recount(by_week[point.week])[point.dimension]


def test_a_week_begins_at_midnight_of_the_clubs_saturday(club, version):
    midnight = datetime(2025, 11, 21, 20, 30, tzinfo=UTC)
    finish(club, version, at=midnight - timedelta(seconds=1))
    finish(club, version, at=midnight)

    points = [point for point in queries.trend(Filters(club), TEHRAN) if point.dimension is Dimension.OVERALL]

    assert [(point.week, point.ratings.n) for point in points] == [(date(2025, 11, 15), 1), (date(2025, 11, 22), 1)]


def test_a_week_without_interviews_is_not_left_out(club, version):
    finish(club, version, at=NOW)
    finish(club, version, at=NOW + timedelta(days=14))

    points = [point for point in queries.trend(Filters(club), TEHRAN) if point.dimension is Dimension.OVERALL]

    assert [point.ratings.n for point in points] == [1, 0, 1]


def test_words_come_newest_first_with_the_overall_rating(club, interviews):
    said = {one[0]: one for one in interviews if "wrong" in one[3]}

    words = queries.words(Filters(club), limit=100)

    assert [word.response_id for word in words] == sorted(said, reverse=True)
    for word in words:
        _id, at, branch, answers = said[word.response_id]
        assert (word.text, word.overall, word.branch_id, word.said_at, word.question) == (
            answers["wrong"],
            answers["overall"],
            branch,
            at,
            "wrong",
        )


def test_words_are_read_page_by_page(club, interviews):
    every = queries.words(Filters(club), limit=100)
    first = queries.words(Filters(club), limit=3)

    rest = queries.words(Filters(club), limit=100, before_id=first[-1].answer_id)

    assert first + rest == every


def test_words_are_filtered_like_the_counts(club, interviews):
    moments = sorted(at for _id, at, *_rest in interviews)
    since = moments[30]

    words = queries.words(Filters(club, since=since, branch_id=1), limit=100)

    expected = [one[0] for one in interviews if "wrong" in one[3] and one[1] >= since and one[2] == 1]
    assert {word.response_id for word in words} == set(expected)


def test_an_answer_taken_off_the_path_is_not_counted(club, version):
    response = start(club, version)
    give(response, **FULL | {"overall": 1})
    give(response, wrong="اشتباه", overall=5)
    interviewing.complete(response, now=NOW)

    assert queries.words(Filters(club), limit=10) == []
    assert queries.satisfaction(Filters(club))[Dimension.OVERALL].counts == (0, 0, 0, 0, 1)


def test_without_interviews_everything_is_empty(club):
    assert queries.satisfaction(Filters(club)) == {dimension: RatingCounts() for dimension in Dimension}
    assert queries.satisfaction_by_branch(Filters(club)) == {}
    assert queries.trend(Filters(club), TEHRAN) == []
    assert queries.words(Filters(club), limit=10) == []
    assert queries.complete_count(Filters(club)) == 0


def test_whole_days_are_taken_on_the_clubs_clock():
    days = filters.of_days(3, date(2025, 11, 1), date(2025, 11, 2), TEHRAN, branch_id=9)

    assert days.since.astimezone(UTC) == datetime(2025, 10, 31, 20, 30, tzinfo=UTC)
    assert days.until.astimezone(UTC) == datetime(2025, 11, 2, 20, 30, tzinfo=UTC)
    assert (days.club_id, days.branch_id) == (3, 9)
    assert filters.of_days(3, None, None, TEHRAN) == Filters(3)
