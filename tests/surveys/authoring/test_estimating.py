"""How long a survey takes to ask, where it was asked before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from config.database import db
from surveys.authoring import drafts
from surveys.authoring import estimating
from surveys.authoring import listing
from surveys.authoring import timing
from surveys.interviews import counting
from surveys.interviews import interviewing
from surveys.interviews.models import AnswerChange
from surveys.interviews.models import Response
from surveys.interviews.states import ResponseState
from surveys.questionnaires.reading import from_dict
from tests.surveys.interviews.leading import FULL
from tests.surveys.interviews.leading import NOW
from tests.surveys.interviews.leading import give
from tests.surveys.interviews.leading import publish
from tests.surveys.interviews.leading import start
from tests.surveys.questionnaires.samples import short
from tests.surveys.questionnaires.samples import short_questionnaire
from tests.surveys.questionnaires.samples import texts

ENOUGH = timing.LEAST_INTERVIEWS
SPENT = {"hello": 6, "consent": 4, "price_1": 20, "price_2": 3, "staff": 7, "overall": 8}


def asked(club_id, version_id, **spent):
    """A complete interview whose questions took so many seconds."""
    now = NOW
    response_id = start(club_id, version_id, now=now)
    for code, seconds in {**SPENT, **spent}.items():
        now += timedelta(seconds=seconds)
        if FULL[code] is None:
            interviewing.go_on(response_id, now=now)
        else:
            give(response_id, now, **{code: FULL[code]})
    # Nobody judges it: it has no call.
    response = db.session.get_one(Response, response_id)
    response.state, response.completed_at = ResponseState.COMPLETE, now
    db.session.commit()
    return response_id


@pytest.fixture
def survey(club):
    """The version of a survey that nobody was asked yet, and the survey's id."""
    version_id = publish(club)
    return version_id, listing.surveys(club)[0].id


def estimate(club, survey_id, questionnaire=None):
    told, _past = estimating.estimate(club, survey_id, questionnaire or short_questionnaire())
    return told


def test_without_interviews_it_is_counted_from_the_words(club, survey):
    told = estimate(club, survey[1])

    assert (told.interviews, told.timed_count) == (0, 0)
    assert told.minutes == timing.minutes_of(short_questionnaire())


def test_a_question_takes_as_long_as_in_the_middle_of_the_interviews(club, survey):
    for seconds in (10, 15, 20, 90, 3000):
        asked(club, survey[0], price_1=seconds)

    told = estimate(club, survey[1])
    each = {one.code: one for one in told.questions}
    assert (told.interviews, told.timed_count) == (ENOUGH, len(SPENT))
    assert (each["price_1"].seconds, each["staff"].seconds) == (20, 7)
    assert not each["thanks"].is_timed
    assert round(told.minutes * 60, 6) == round(sum(one.seconds for one in told.questions), 6)


def test_too_few_interviews_tell_nothing(club, survey):
    for _number in range(ENOUGH - 1):
        asked(club, survey[0])

    assert estimate(club, survey[1]).timed_count == 0


def test_of_other_words_nothing_is_known_and_of_the_same_in_an_earlier_version_all(club, survey):
    for _number in range(ENOUGH):
        asked(club, survey[0])
    draft_id = drafts.revise(club, survey[0], now=NOW)
    db.session.commit()
    changed = from_dict(short(staff={"text": texts("other")}, price_2={"hint": texts("hint")}))

    each = {one.code: one for one in estimate(club, survey[1], changed).questions}

    assert draft_id != survey[0]
    assert [code for code in SPENT if not each[code].is_timed] == ["staff"]


def test_the_others_go_at_the_pace_of_those_that_were_timed():
    questionnaire = short_questionnaire()
    words = timing.each_of(questionnaire)

    past = timing.past_of(questionnaire, {"staff": [words["staff"] * 1.5] * ENOUGH, "overall": [1.0]}, [])

    assert set(past.seconds) == {"staff"}
    assert round(past.pace, 6) == 1.5
    assert round(timing.each_of(questionnaire, past)["overall"], 6) == round(words["overall"] * 1.5, 6)
    assert round(timing.minutes_of(questionnaire, past), 6) == round(timing.minutes_of(questionnaire) * 1.5, 6)


def test_what_a_review_rejected_and_another_survey_tell_nothing(club, survey):
    other = publish(club, slug="other")
    for _number in range(ENOUGH):
        counting.leave_out(club, asked(club, survey[0]), now=NOW)
        asked(club, other)
    db.session.commit()

    assert estimate(club, survey[1]).interviews == 0


def test_interviews_whose_questions_were_not_timed_tell_the_pace_as_a_whole(club, survey):
    estimated = timing.minutes_of(short_questionnaire())
    slow = {code: estimated * 1.5 * 60 / len(SPENT) for code in SPENT}
    for _number in range(ENOUGH):
        asked(club, survey[0], **slow)
    db.session.execute(db.delete(AnswerChange))

    told = estimate(club, survey[1])

    assert (told.interviews, told.timed_count) == (ENOUGH, 0)
    assert round(told.minutes, 3) == round(estimated * 1.5, 3)


def test_the_check_says_how_long_each_question_takes(client, factories, sign_in):
    of = factories.club()
    sign_in(client, factories.user("manager", [of], language="en"))
    version_id = publish(of.id)

    assert "Counted from the words" in client.get(f"/surveys/versions/{version_id}/check").text
    for _number in range(ENOUGH):
        asked(of.id, version_id)

    page = client.get(f"/surveys/versions/{version_id}/check").text
    assert "6 of 9 questions as they went in the last 5 interviews, the others from their words." in page
    assert page.count("as it went</td>") == len(SPENT)
    assert '<td class="num">0:20</td>' in page
