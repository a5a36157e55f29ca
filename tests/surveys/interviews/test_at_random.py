"""Random questionnaires, random answers, changes of earlier answers: what holds of every interview."""

from __future__ import annotations

import json
from contextlib import nullcontext
from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import select

from config.database import db
from surveys.interviews import interviewing
from surveys.interviews import path
from surveys.interviews import queries
from surveys.interviews.answers import accept
from surveys.interviews.errors import IncompleteError
from surveys.interviews.errors import InvalidAnswerError
from surveys.interviews.models import AnswerChange
from surveys.interviews.models import Response
from surveys.interviews.path import Given
from surveys.interviews.states import AnswerStatus
from surveys.questionnaires.models import VersionQuestion
from surveys.questionnaires.reading import from_dict
from surveys.questionnaires.writing import for_json
from tests.surveys.interviews.leading import NOW
from tests.surveys.interviews.leading import publish
from tests.surveys.interviews.leading import rows
from tests.surveys.interviews.leading import start
from tests.surveys.questionnaires.at_random import answers_to
from tests.surveys.questionnaires.at_random import documents

_numbers = count()
# Each draws a whole questionnaire.
FEW = settings(max_examples=30)
ANYTHING = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.lists(st.text(max_size=5), max_size=3)


def asked(questionnaire, seed, data, *, changes=0):
    """The codes in the order of asking, and the answers; `changes` answers are changed on the way."""
    arranged, answers, codes = questionnaire.arranged(seed), {}, []
    while (code := path.next_unanswered(arranged, answers)) is not None:
        codes.append(code)
        answers[code] = _given(data, questionnaire.by_code[code])
        if changes and data.draw(st.booleans()):
            changed = data.draw(st.sampled_from(codes))
            answers[changed] = _given(data, questionnaire.by_code[changed])
            changes -= 1
    return codes, answers


def _given(data, question):
    status, value = data.draw(answers_to(question))
    accepted = accept(question, AnswerStatus(status), value, today=NOW.date())
    return Given(accepted.value, accepted.status is not AnswerStatus.REFUSED)


@FEW
@given(st.data())
def test_a_random_questionnaire_can_be_asked_and_is_written_without_loss(data):
    questionnaire = from_dict(data.draw(documents()))

    assert from_dict(json.loads(json.dumps(for_json(questionnaire)))) == questionnaire


@FEW
@given(st.data(), st.none() | st.integers(0, 9))
def test_whatever_is_answered_and_changed_it_ends_and_asks_nothing_twice(data, seed):
    questionnaire = from_dict(data.draw(documents()))

    codes, answers = asked(questionnaire, seed, data, changes=data.draw(st.integers(0, 6)))

    arranged = questionnaire.arranged(seed)
    assert len(codes) == len(set(codes)) <= len(questionnaire.questions)
    assert set(path.path_of(arranged, answers)) <= set(codes) == set(answers)
    assert path.is_complete(arranged, answers) or path.is_refused(arranged, answers)


@FEW
@given(st.data(), st.integers(0, 9))
def test_the_order_changes_what_comes_first_but_not_what_is_asked(data, seed):
    questionnaire = from_dict(data.draw(documents()))
    _codes, answers = asked(questionnaire, seed, data)

    arranged = questionnaire.arranged(seed)

    assert set(path.path_of(arranged, answers)) == set(path.path_of(questionnaire, answers))
    assert path.share_answered(arranged, answers) == path.share_answered(questionnaire, answers)
    assert sorted(one.code for one in arranged.questions) == sorted(one.code for one in questionnaire.questions)


@FEW
@given(st.data(), ANYTHING, st.sampled_from(list(AnswerStatus)))
def test_anything_at_all_is_an_answer_or_refused_and_what_is_kept_is_plain_json(data, value, status):
    questionnaire = from_dict(data.draw(documents()))
    question = data.draw(st.sampled_from(questionnaire.questions))

    with suppress(InvalidAnswerError):
        accepted = accept(question, status, value, today=NOW.date())
        assert json.loads(json.dumps(accepted.value)) == accepted.value
        assert accepted.number is None or abs(accepted.number) < 2**31


class Talk:
    """An interview on the database, and what it must look like."""

    def __init__(self, club, data):
        self.club, self.data, self.entry = club, data, 50_000 + next(_numbers)
        self.questionnaire = from_dict(data.draw(documents()))
        self.version = publish(club, for_json(self.questionnaire), f"random_{self.entry}")
        self.response = start(club, self.version, entry_id=self.entry)
        if self.questionnaire.is_shuffled:
            # By chance, but by that of hypothesis, which asks for the same again.
            db.session.get_one(Response, self.response).order_seed = data.draw(st.integers(0, 9))
            db.session.commit()
        self.kept: dict[str, tuple[str, object]] = {}
        self.seconds = 0

    @property
    def arranged(self):
        return self.questionnaire.arranged(db.session.get_one(Response, self.response).order_seed)

    @property
    def given(self):
        return {code: Given(value, status != "refused") for code, (status, value) in self.kept.items()}

    def act(self, name):
        self.seconds += 1
        screen = queries.screen(self.response)
        if name == "answer":
            self.answer(screen.code)
        elif name == "change":
            on_path = [code for code in path.path_of(self.arranged, self.given) if code in self.kept]
            self.answer(self.data.draw(st.sampled_from(on_path)) if on_path else screen.code)
        elif name == "next" and screen.can_go_on:
            if not screen.wants_answer:
                self.kept.setdefault(screen.code, ("answered", True))
            interviewing.go_on(self.response, now=self.now)
        elif name == "back":
            interviewing.go_back(self.response, now=self.now)
        elif name == "language":
            interviewing.set_language(self.response, "en" if screen.language == "fa" else "fa")
        elif name == "resume":
            interviewing.stop(self.response, now=self.now)
            start(self.club, self.version, entry_id=self.entry, operator_id=2, now=self.now)
            assert queries.screen(self.response).code == screen.code
        db.session.commit()

    @property
    def now(self):
        return NOW + timedelta(seconds=self.seconds)

    def answer(self, code):
        question = self.questionnaire.by_code[code]
        status, value = self.data.draw(answers_to(question))
        interviewing.save_answer(self.response, question=code, status=status, value=value, now=self.now)
        self.kept[code] = (status, accept(question, AnswerStatus(status), value, today=NOW.date()).value)

    def check(self):
        """The rows, the screen and the history all say the same."""
        codes = path.path_of(self.arranged, self.given)
        there = rows(self.response)
        assert {code: (row.status, row.value) for code, row in there.items()} == self.kept
        assert {code for code, row in there.items() if row.is_on_path} == set(there) & set(codes)
        before = queries.screen(self.response)
        db.session.expire_all()
        assert queries.screen(self.response) == before
        assert (codes[before.position - 1], before.count) == (before.code, len(codes))
        assert self.last_changes() == self.kept

    def last_changes(self):
        query = (
            select(VersionQuestion.code, AnswerChange.status, AnswerChange.value)
            .join(VersionQuestion, VersionQuestion.id == AnswerChange.question_id)
            .where(AnswerChange.response_id == self.response)
            .order_by(AnswerChange.id)
        )
        return {code: (status, value) for code, status, value in db.session.execute(query)}

    def finish(self):
        """Answer what is still open, each question once."""
        while (code := path.next_unanswered(self.arranged, self.given)) is not None:
            assert code not in self.kept
            self.answer(code)


@pytest.mark.usefixtures("alone")
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_every_interview_is_on_the_database_what_its_answers_say(club, data):
    talk = Talk(club, data)

    actions = ["answer", "answer", "answer", "change", "next", "back", "language", "resume"]
    for name in data.draw(st.lists(st.sampled_from(actions), max_size=15)):
        talk.act(name)
        talk.check()
    talk.finish()
    talk.check()

    with pytest.raises(IncompleteError) if path.is_refused(talk.arranged, talk.given) else nullcontext():
        interviewing.complete(talk.response, now=talk.now)
    db.session.commit()
