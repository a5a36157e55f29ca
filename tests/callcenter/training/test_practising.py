from __future__ import annotations

import pytest
from sqlalchemy import func
from sqlalchemy import select

from callcenter.training import learning
from callcenter.training import practising
from callcenter.training.models import StepKind
from config.database import db
from config.database import utcnow
from config.errors import NotFoundError
from surveys.interviews.errors import IncompleteError

# Where practice is kept; everything else stays as it was.
OWN_TABLES = {"practice_runs", "training_steps"}


@pytest.fixture
def run(client, sign_in, operator, survey_id):
    """A practice of the operator, who is signed in: its id."""
    sign_in(client, operator)
    client.post("/training/practice", data={"survey_id": survey_id, "persona": "talkative"})
    return db.session.scalar(select(func.max(practising.PracticeRun.id)))


def counts():
    return {
        name: db.session.scalar(select(func.count()).select_from(table)) for name, table in db.metadata.tables.items()
    }


def walk(client, operator, run, *, asks_again=True):
    """Record everything as the member means it, with the keys of the desk; gives how many steps it took."""
    address, steps = f"/training/practice/{run}", 0
    client.post(f"{address}/reply", data={"place": practising.get(operator.id, run).challenge.right})
    while True:
        practice = practising.get(operator.id, run)
        asked, said, screen = practice.rehearsal.question, practice.turn, practice.rehearsal.screen()
        if not said.is_clear and asks_again:
            client.post(f"{address}/again")
        if asked.wants_answer:
            typed = "همه چیز خوب بود" if said.status == "answered" and said.value is None else said.value
            each = typed if isinstance(typed, list) else [typed]
            for value in each:
                act = "choose" if isinstance(typed, list) else "answer"
                data = {"question": asked.code, "status": said.status, "value": "" if value is None else value}
                client.post(f"{address}/{act}", data=data)
        steps += 1
        if screen.is_last:
            client.post(f"{address}/finish")
            return steps
        client.post(f"{address}/next", data={"question": asked.code})
        # Else it would go on for ever.
        assert practising.get(operator.id, run).rehearsal.question != asked


def test_a_practice_gone_well_is_a_step_and_touches_nothing_else(client, operator, run, survey_id):
    db.session.commit()
    before = counts()

    walk(client, operator, run)

    after = counts()
    assert {name for name in after if after[name] != before[name]} <= OWN_TABLES
    [step] = learning.taken_by(survey_id, [operator.id])[operator.id]
    assert (step.kind, step.is_passed, step.percent) == (StepKind.PRACTICE, True, 100)
    assert "Passed" in client.get(f"/training/practice/{run}").text


def test_who_guesses_reads_what_was_meant(client, operator, run, survey_id):
    row = db.session.get(practising.PracticeRun, run)
    # A member who is vague.
    row.seed = next(seed for seed in range(100) if has_vague(row, seed))
    walk(client, operator, run, asks_again=False)

    assert "ask again before you record" in client.get(f"/training/practice/{run}").text


def has_vague(row, seed):
    row.seed = seed
    db.session.flush()
    practice = practising.get(row.operator_id, row.id)
    codes = practice.rehearsal.interview.path
    return any(not practice.turn_of(code).is_clear for code in codes)


def test_it_is_the_desks_own_question_screen_with_its_keys(client, run):
    client.post(f"/training/practice/{run}/next")
    page = client.get(f"/training/practice/{run}").text

    assert f'action="/training/practice/{run}/answer"' in page
    assert 'action="/desk/' not in page
    assert 'data-key="1"' in page


def test_a_script_gets_the_parts_and_a_refusal_in_words(client, operator, run):
    address, headers = f"/training/practice/{run}", {"Accept": "application/json"}
    client.post(f"{address}/next")

    refused = client.post(f"{address}/next", headers=headers).json
    nonsense = client.post(f"{address}/answer", data={"question": "consent", "value": "maybe"}, headers=headers).json

    assert "needs an answer first" in refused["message"]
    assert nonsense["message"]
    assert set(refused) == {"message", "script", "talk"}


def test_a_member_taken_to_refuse_ends_the_practice_unpassed(client, operator, run, survey_id):
    address = f"/training/practice/{run}"
    client.post(f"{address}/next")
    client.post(f"{address}/answer", data={"question": "consent", "value": "no"})
    client.post(f"{address}/outcome/refusal")

    [step] = learning.taken_by(survey_id, [operator.id])[operator.id]
    assert not step.is_passed


def test_an_unfinished_practice_is_not_finished_and_a_finished_one_stays(client, operator, run, survey_id):
    with pytest.raises(IncompleteError):
        practising.finish(operator.id, run, is_refused=False, now=utcnow())
    with pytest.raises(IncompleteError):
        practising.finish(operator.id, run, is_refused=True, now=utcnow())
    db.session.rollback()

    walk(client, operator, run)

    for act in ("finish", "back"):
        assert client.post(f"/training/practice/{run}/{act}").location == f"/training/practice/{run}"
        answer = client.post(f"/training/practice/{run}/{act}", headers={"Accept": "application/json"})
        assert answer.json == {"leads_to": f"/training/practice/{run}"}
    assert len(learning.taken_by(survey_id, [operator.id])[operator.id]) == 1


def test_nobody_practises_at_anothers_desk_or_with_nobody(client, sign_in, factories, club, operator, run, survey_id):
    sign_in(client, factories.operator([club]))

    assert client.get(f"/training/practice/{run}").status_code == 404
    assert client.post(f"/training/practice/{run}/next").status_code == 404
    assert client.post("/training/practice", data={"survey_id": survey_id, "persona": "robot"}).status_code == 422
    with pytest.raises(NotFoundError):
        practising.get(operator.id, run + 1)


def test_going_back_and_another_language_are_as_at_the_desk(client, operator, run):
    address = f"/training/practice/{run}"
    for act in ("next", "speak/fa"):
        client.post(f"{address}/{act}")
    client.post(f"{address}/answer", data={"question": "consent", "value": "yes"})
    for act in ("next", "back"):
        client.post(f"{address}/{act}")

    practice = practising.get(operator.id, run)
    assert practice.rehearsal.question.code == "consent"
    assert practice.rehearsal.language == "fa"
    assert client.post(f"{address}/fly").status_code == 404
