"""Leading an interview: answers and moving."""

from __future__ import annotations

from datetime import timedelta

import pytest

from config.database import db
from surveys.interviews import interviewing
from surveys.interviews import queries
from surveys.interviews.errors import AnswerNeededError
from surveys.interviews.errors import InvalidAnswerError
from surveys.interviews.errors import LanguageNotOfferedError
from surveys.interviews.errors import MissingPlaceholderError
from surveys.interviews.errors import QuestionNotFoundError
from surveys.interviews.errors import QuestionOffPathError
from surveys.interviews.errors import ResponseNotFoundError
from surveys.interviews.errors import VersionNotOpenError
from surveys.interviews.states import AnswerStatus
from surveys.interviews.states import ResponseState
from surveys.questionnaires import publishing
from surveys.questionnaires.errors import VersionNotFoundError
from tests.surveys.interviews.leading import FULL
from tests.surveys.interviews.leading import NOW
from tests.surveys.interviews.leading import VALUES
from tests.surveys.interviews.leading import give
from tests.surveys.interviews.leading import publish
from tests.surveys.interviews.leading import rows
from tests.surveys.interviews.leading import start
from tests.surveys.questionnaires.samples import short
from tests.surveys.questionnaires.samples import texts

pytestmark = pytest.mark.usefixtures("alone")
LATER = NOW + timedelta(minutes=5)


def shown(response_id):
    return queries.screen(response_id).code


def test_a_response_begins_at_the_introduction(club, version, response):
    line = queries.get(club, response)

    assert (line.state, line.version_id, line.language, line.started_at) == (ResponseState.STARTED, version, "fa", NOW)
    assert shown(response) == "hello"


def test_opening_the_same_entry_again_takes_the_interview_up(club, version):
    first = start(club, version, entry_id=7)
    give(first, hello=None, consent="yes", price_1=4)
    interviewing.stop(first, now=LATER)
    db.session.commit()

    again = start(club, version, entry_id=7, operator_id=2, placeholders={"credit": "5"})

    assert again == first
    assert shown(again) == "price_2"
    line = queries.get(club, again)
    assert (line.state, line.operator_id) == (ResponseState.STARTED, 2)


def test_a_complete_interview_is_not_opened_again(club, version):
    first = start(club, version, entry_id=7)
    give(first, **FULL)
    interviewing.complete(first, now=LATER)

    assert start(club, version, entry_id=7, operator_id=2) == first
    assert queries.get(club, first).state is ResponseState.COMPLETE
    assert queries.get(club, first).operator_id == 1


def test_a_language_that_is_not_offered_falls_back_to_the_questionnaires_first(club, version):
    assert queries.get(club, start(club, version, language="de")).language == "fa"


def test_an_interview_goes_on_in_its_own_version_when_the_campaign_has_another_by_now(club, version):
    response = start(club, version, entry_id=5)
    newer = publish(club, slug="newer")

    again = start(club, newer, entry_id=5)

    assert again == response
    assert queries.get(club, response).version_id == version


def test_a_closed_version_opens_no_interview_but_goes_on_with_one(club, version):
    begun = start(club, version, entry_id=7)
    publishing.close(club, version)
    db.session.flush()

    assert start(club, version, entry_id=7) == begun
    with pytest.raises(VersionNotOpenError):
        start(club, version, entry_id=8)


def test_another_clubs_version_cannot_be_asked(factories, version):
    with pytest.raises(VersionNotFoundError):
        start(factories.club().id, version)


def test_texts_that_could_not_be_read_out_are_found_when_the_interview_is_opened(club):
    needy = publish(club, short(staff={"text": texts("{branch}")}), slug="needy")

    with pytest.raises(MissingPlaceholderError) as refused:
        start(club, needy, placeholders=VALUES)
    assert refused.value.field == "branch"


def test_an_answer_is_kept_and_the_next_question_comes(response):
    give(response, hello=None, consent="yes", price_1="۴")

    row = rows(response)["price_1"]
    assert (row.status, row.value, row.number, row.revision) == (AnswerStatus.ANSWERED, 4, 4, 1)
    assert (row.is_on_path, row.answered_at) == (True, NOW)
    assert shown(response) == "price_2"


def test_a_kept_answer_leaves_its_question_on_the_screen(response):
    give(response, hello=None, consent="yes")
    interviewing.keep_answer(response, question="price_1", status="answered", value=4, now=NOW)
    assert (shown(response), rows(response)["price_1"].value) == ("price_1", 4)

    interviewing.keep_answer(response, question="price_1", status="answered", value=5, now=LATER)
    interviewing.go_on(response, now=LATER)

    assert shown(response) == "price_2"
    assert (rows(response)["price_1"].value, rows(response)["price_1"].revision) == (5, 2)


def test_the_same_answer_twice_is_one_row_and_one_revision(response):
    give(response, hello=None, consent="yes", price_1=4)
    give(response, now=LATER, price_1=4)

    row = rows(response)["price_1"]
    assert (len(rows(response)), row.revision, row.answered_at) == (3, 1, NOW)
    assert shown(response) == "price_2"


def test_another_answer_replaces_the_first_and_its_revision_grows(response):
    give(response, hello=None, consent="yes", price_1=4)
    give(response, now=LATER, price_1="dont_know")

    row = rows(response)["price_1"]
    assert (row.status, row.value, row.number, row.revision) == (AnswerStatus.DONT_KNOW, None, None, 2)
    assert row.answered_at == LATER


def test_a_changed_answer_takes_later_ones_off_the_path_and_back(response):
    give(response, **FULL | {"overall": 2})
    give(response, wrong="سرد بود", overall=5)
    assert not rows(response)["wrong"].is_on_path

    give(response, overall=1)

    row = rows(response)["wrong"]
    assert (row.is_on_path, row.value, row.revision) == (True, "سرد بود", 1)


def test_a_question_off_the_path_takes_no_answer(response):
    give(response, **FULL)

    with pytest.raises(QuestionOffPathError):
        give(response, wrong="x")
    assert "wrong" not in rows(response)


def test_a_wrong_value_is_refused_and_nothing_is_kept(response):
    with pytest.raises(InvalidAnswerError):
        give(response, price_1=6)
    with pytest.raises(QuestionNotFoundError):
        give(response, nothing=6)
    assert rows(response) == {}


def test_a_response_that_is_not_there_is_refused(app):
    with pytest.raises(ResponseNotFoundError):
        give(12345, hello=None)


def test_going_on_reads_the_introduction_and_stops_at_an_open_question(response):
    interviewing.go_on(response, now=NOW)
    assert shown(response) == "consent"

    with pytest.raises(AnswerNeededError):
        interviewing.go_on(response, now=NOW)
    assert list(rows(response)) == ["hello"]


def test_an_optional_question_can_be_passed(response):
    give(response, **FULL)
    interviewing.go_on(response, now=NOW)
    assert shown(response) == "thanks"

    interviewing.go_on(response, now=NOW)
    assert shown(response) == "thanks"


def test_going_back_shows_the_answer_and_correcting_it_returns_to_where_one_was(response):
    give(response, hello=None, consent="yes", price_1=4, price_2=2)
    interviewing.go_back(response, now=LATER)
    interviewing.go_back(response, now=LATER)
    screen = queries.screen(response)
    assert (screen.code, screen.answer.value) == ("price_1", 4)

    give(response, price_1=5)

    assert shown(response) == "staff"


def test_going_back_from_the_beginning_stays_there(response):
    interviewing.go_back(response, now=LATER)

    assert shown(response) == "hello"


def test_one_can_go_to_any_question_up_to_the_open_one(response):
    give(response, hello=None, consent="yes", price_1=4)

    interviewing.go_to(response, "consent", now=NOW)
    assert shown(response) == "consent"
    interviewing.go_to(response, "price_2", now=NOW)
    assert shown(response) == "price_2"
    with pytest.raises(AnswerNeededError):
        interviewing.go_to(response, "staff", now=NOW)
    with pytest.raises(QuestionOffPathError):
        interviewing.go_to(response, "wrong", now=NOW)


def test_the_question_on_the_screen_survives_a_new_session(response):
    give(response, hello=None, consent="yes", price_1=4, price_2=4)
    interviewing.go_to(response, "price_1", now=NOW)
    db.session.commit()
    db.session.remove()

    assert shown(response) == "price_1"


def test_the_language_changes_in_the_middle(club, response):
    interviewing.set_language(response, "en")

    assert queries.screen(response).text == "hello in English"
    with pytest.raises(LanguageNotOfferedError):
        interviewing.set_language(response, "de")
