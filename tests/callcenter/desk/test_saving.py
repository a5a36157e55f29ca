"""A mere saved answer: what comes back, and how little it asks of the database."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy import update

from callcenter.desk import interview
from callcenter.operators.models import Operator
from callcenter.queue import leases
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.database import begin_writing
from config.database import db
from config.database import utcnow
from surveys.interviews import queries
from surveys.interviews.models import Answer

# The person with their clubs; the response, locked; its answers; what was done; the answer.
STATEMENTS = 5


@pytest.fixture
def save(desk, answered, go_through):
    """Saves an answer to the question on the screen, the first rating or another one."""
    response_id = go_through("price_paid")

    def act(value="4", **form):
        return desk.act("answer", response_id=response_id, question="price_paid", value=value, **form)

    return act


def set_lease(entry, **values):
    db.session.execute(update(QueueEntry).where(QueueEntry.id == entry.id).values(**values))
    db.session.commit()


def lease_of(entry):
    db.session.rollback()
    return db.session.scalars(select(QueueEntry.lease_until).where(QueueEntry.id == entry.id)).one()


@pytest.mark.parametrize("values", [["4"], ["4", "5"], ["4", "4"]], ids=["first", "another", "same"])
def test_an_answer_takes_few_statements(save, statements, values):
    *before, last = values
    for value in before:
        save(value)
    statements.clear()

    save(last)

    assert len(statements) <= STATEMENTS, statements


def test_only_the_answer_comes_back(save):
    save("4")

    assert save("5") == {"saved": "price_paid", "status": "answered", "chosen": 5, "revision": 2}


def test_a_request_that_is_sent_again_shows_what_was_answered_since(desk, save):
    save("4", request="a" * 32)
    save("2", request="b" * 32)

    parts = save("4", request="a" * 32)

    assert 'value="2" class="choice v2" role="radio" aria-checked="true"' in parts["script"]


def test_a_request_has_a_name_or_none(desk, save):
    response_id, form = desk.response().id, {"question": "price_paid", "value": "4", "request": "'; --"}

    assert desk.act("answer", status=422, response_id=response_id, **form)["error"] == "invalid_input"


def test_no_answer_comes_back_as_such(desk, answered, go_through):
    form = {"response_id": go_through("price_paid"), "question": "price_paid", "status": "dont_know"}

    reply = desk.client.post("/desk/answer", data=form, headers={"Accept": "application/json"})

    assert reply.json == {"saved": "price_paid", "status": "dont_know", "chosen": None, "revision": 1}


def test_an_answer_that_leads_elsewhere_brings_the_script(desk, answered, go_through):
    response_id = go_through("consent")

    parts = desk.act("answer", response_id=response_id, question="consent", value="no")

    assert "/desk/outcome/refusal" in parts["script"]


def test_an_answer_to_a_question_that_is_not_on_the_screen_brings_the_script(desk, save):
    save("4")
    desk.act("next", response_id=desk.response().id, question="price_paid")

    parts = save("2")

    assert 'value="2" class="choice v2" role="radio" aria-checked="true"' in parts["script"]


def test_an_answer_after_the_member_was_given_to_the_queue_is_kept(answered, save):
    set_lease(answered, state=EntryState.WAITING, operator_id=None, lease_until=None, leased_at=None)

    save()

    assert db.session.query(Answer).filter_by(number=4).count() == 1


@pytest.mark.parametrize("is_scripted", [True, False], ids=["the desk says so", "an answer without a script"])
def test_an_operator_taken_for_away_is_back(desk, place, save, is_scripted):
    save()
    db.session.execute(update(Operator).values(seen_at=utcnow() - timedelta(minutes=5)))
    db.session.commit()

    if is_scripted:
        desk.act("here")
    else:
        form = {"response_id": desk.response().id, "question": "price_paid", "value": "5"}
        desk.client.post("/desk/answer", data=form)

    db.session.rollback()
    seen_at = db.session.scalars(select(Operator.seen_at).where(Operator.user_id == place.operator.id)).one()
    assert utcnow() - seen_at < timedelta(minutes=1)


def test_being_here_in_a_call_extends_the_lease_when_a_minute_of_it_is_gone(desk, answered, save):
    set_lease(answered, lease_until=utcnow() + timedelta(minutes=5))

    desk.act("here")

    assert lease_of(answered) > utcnow() + leases.LEASE - timedelta(minutes=1)


def test_being_here_does_not_write_a_fresh_lease_again(desk, answered, save):
    fresh = utcnow() + leases.LEASE - timedelta(seconds=20)
    set_lease(answered, lease_until=fresh)

    desk.act("here")

    assert lease_of(answered) == fresh


def test_two_choices_in_the_same_moment_are_both_kept(app, desk, place, answered, go_through):
    response_id = go_through("overall")
    desk.act("answer", response_id=response_id, question="overall", value="1")
    desk.act("next", response_id=response_id, question="overall")
    values = [str(choice.value) for choice in queries.screen(response_id).choices[:2]]
    operator_id, club_ids = place.operator.id, [place.club.id]
    db.session.rollback()
    together = threading.Barrier(2)

    def press(value):
        with app.app_context():
            begin_writing()
            together.wait(timeout=120)
            interview.choose(
                operator_id, response_id, club_ids=club_ids, question="went_wrong", value=value, now=utcnow()
            )
            db.session.commit()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, values))

    chosen = [str(choice.value) for choice in queries.screen(response_id).choices if choice.is_chosen]
    assert chosen == values


def test_the_last_choice_taken_away_opens_the_question_again(desk, answered, go_through):
    response_id = go_through("overall")
    desk.act("answer", response_id=response_id, question="overall", value="1")
    desk.act("next", response_id=response_id, question="overall")
    first = queries.screen(response_id).choices[0].value
    form = {"response_id": response_id, "question": "went_wrong", "value": first}
    desk.act("choose", **form)

    parts = desk.act("choose", **form)

    screen = queries.screen(response_id)
    assert 'aria-checked="true"' not in parts["script"]
    assert (screen.code, [choice for choice in screen.choices if choice.is_chosen]) == ("went_wrong", [])
    assert [first] not in db.session.scalars(select(Answer.value)).all()
