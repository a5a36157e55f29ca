from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy import select

from callcenter.quality import rules
from callcenter.quality.models import Review
from callcenter.quality.reviewing import Card
from callcenter.quality.scoring import Item
from callcenter.quality.scoring import Mark
from config import paging
from config.accounts.access import Role
from config.accounts.models import Membership
from config.database import db
from config.database import utcnow
from surveys.interviews import counting

MARKS = dict.fromkeys(map(str, Item), "fine")


@pytest.fixture
def person(factories, club, client, sign_in):
    def become(role):
        user = factories.user(role, [club], language="en")
        sign_in(client, user)
        return user

    return become


def reviews():
    db.session.rollback()
    return list(db.session.scalars(select(Review)))


def test_the_list_has_what_waits_and_not_what_another_club_has(client, supervisor, completed, sign_in, factories):
    response_id = completed()

    page = client.get("/reviews").text
    sign_in(client, factories.user(Role.SUPERVISOR, [factories.club()], language="en"))

    assert f'href="/reviews/interviews/{response_id}"' in page
    assert "first interviews</td>" in page
    assert "No interview waits for a review" in client.get("/reviews").text


def test_a_long_list_comes_in_pages(client, supervisor, completed, monkeypatch):
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    first, second, third = (completed() for _ in range(3))

    page = client.get("/reviews").text
    following = client.get(f"/reviews?after={second}").text

    assert f"/reviews?after={second}" in page
    assert f"/reviews/interviews/{first}" in page
    assert f"/reviews/interviews/{third}" not in page
    assert f"/reviews/interviews/{third}" in following
    assert f"/reviews/interviews/{first}" not in following


def test_the_reviewer_hears_reads_and_submits_with_a_comment_at_a_moment(client, supervisor, recording):
    response_id, recording_id = recording

    page = client.get(f"/reviews/interviews/{response_id}").text
    answer = client.post(
        f"/reviews/interviews/{response_id}",
        data={
            **MARKS,
            "verbatim": "grave",
            "note": "Read it as it stands.",
            "comment_recording": [str(recording_id), ""],
            "comment_moment": ["۱:۲۳", ""],
            "comment_text": ["left a choice out", ""],
        },
    )
    shown = client.get(answer.location).text

    assert f'data-recording="{recording_id}"' in page
    assert "Nothing was answered." in page
    assert reviews()[0].points == 14
    assert "warning and coaching" in shown
    assert f'data-seek="83" data-of="{recording_id}"' in shown


def test_what_is_missing_is_said_and_what_was_typed_stays(client, supervisor, completed):
    response_id = completed()

    answer = client.post(
        f"/reviews/interviews/{response_id}",
        data={**MARKS, "is_fabricated": "1", "comment_recording": "", "comment_moment": "0:10", "comment_text": "hm"},
    )
    unclear = client.post(
        f"/reviews/interviews/{response_id}",
        data={**MARKS, "comment_recording": "", "comment_moment": "soon", "comment_text": "hm"},
    )

    assert (answer.status_code, unclear.status_code) == (422, 422)
    assert "Write what the operator should do otherwise" in answer.text
    assert 'value="0:10"' in answer.text
    assert "its moment is like 1:23" in unclear.text
    assert reviews() == []


def test_ones_own_interview_has_no_scorecard_and_is_refused(client, supervisor, completed):
    response_id = completed(by=supervisor)

    page = client.get(f"/reviews/interviews/{response_id}").text
    status = client.post(f"/reviews/interviews/{response_id}", data=MARKS).status_code

    assert "somebody else reviews it" in page
    assert "data-card" not in page
    assert status == 403
    assert reviews() == []


def test_a_second_press_keeps_one_review(client, supervisor, completed):
    response_id = completed()

    statuses = [client.post(f"/reviews/interviews/{response_id}", data=MARKS).status_code for _ in range(2)]

    assert statuses == [302, 409]
    assert len(reviews()) == 1
    assert "You have reviewed this interview" in client.get(f"/reviews/interviews/{response_id}").text


def test_the_operator_reads_an_own_review_and_answers_once(client, sign_in, completed, reviewed, operator):
    review_id = reviewed(completed())
    sign_in(client, operator)

    listed = client.get("/my-reviews").text
    empty = client.post(f"/my-reviews/{review_id}", data={"answer": " "})
    client.post(f"/my-reviews/{review_id}", data={"answer": "I will <b>slow</b> down."})
    again = client.post(f"/my-reviews/{review_id}", data={"answer": "No."})

    page = client.get(f"/my-reviews/{review_id}").text
    assert f'href="/my-reviews/{review_id}"' in listed
    assert empty.status_code == 422
    assert again.status_code == 409
    assert "I will &lt;b&gt;slow&lt;/b&gt; down." in page
    assert "<textarea" not in page
    assert "/recordings/" not in page


def test_somebody_elses_review_is_not_found_by_an_operator(client, sign_in, factories, club, completed, reviewed):
    review_id = reviewed(completed())
    sign_in(client, factories.operator([club]))

    assert client.get(f"/my-reviews/{review_id}").status_code == 404
    assert client.post(f"/my-reviews/{review_id}", data={"answer": "mine"}).status_code == 404
    assert client.get(f"/reviews/{review_id}").status_code == 403


@pytest.mark.parametrize(
    "address", ["/reviews/{review}", "/reviews/interviews/{response}", "/reviews/operators/{operator}"]
)
def test_another_clubs_review_is_not_found(client, sign_in, factories, completed, reviewed, operator, address):
    response_id = completed()
    values = {"response": response_id, "review": reviewed(response_id), "operator": operator.id}
    sign_in(client, factories.user(Role.MANAGER, [factories.club()]))

    assert client.get(address.format(**values)).status_code == 404


def test_the_reviews_of_whoever_left_the_club_stay(client, supervisor, completed, reviewed, operator):
    review_id = reviewed(completed())
    db.session.execute(delete(Membership).where(Membership.user_id == operator.id))
    db.session.commit()

    page = client.get(f"/reviews/operators/{operator.id}").text

    assert f'href="/reviews/{review_id}"' in page
    assert operator.name in page


def test_an_administrator_sees_what_came_of_it_and_reviews_nothing(client, person, completed, reviewed):
    response_id = completed()
    review_id = reviewed(response_id)
    person(Role.ADMINISTRATOR)

    assert client.get(f"/reviews/{review_id}").status_code == 200
    assert client.get("/reviews").status_code == 200
    assert client.get(f"/reviews/interviews/{response_id}").status_code == 403
    assert client.post(f"/reviews/interviews/{response_id}", data=MARKS).status_code == 403


def test_the_figures_tell_what_was_found_of_each_operator(
    client, supervisor, completed, reviewed, fine, factories, club, operator
):
    bad = Card({**fine.marks, Item.CONSENT: Mark.GRAVE}, note="Ask first.")
    long_ago = utcnow() - timedelta(days=200)
    reviewed(completed())
    reviewed(completed(), bad)
    reviewed(completed(), bad, at=long_ago)
    silent = factories.operator([club])
    completed(by=silent)

    page = client.get("/reviews/figures").text

    row, other = (page.split(f"/reviews/operators/{one.id}")[1].split("</tr>")[0] for one in (operator, silent))
    cells = [cell.split("<")[0].strip() for cell in row.split('<td class="num">')[1:]]
    assert cells == ["3", "2", "10.5", "1", "0", "1", "2"]
    assert "too few" in other


def test_an_interview_that_was_rejected_counts_in_no_figure_but_its_own(client, supervisor, completed, club, operator):
    rejected, *_counted = (completed() for _ in range(3))
    counting.leave_out(club.id, rejected, now=utcnow())
    db.session.commit()

    row = client.get("/reviews/figures").text.split(f"/reviews/operators/{operator.id}")[1].split("</tr>")[0]

    assert '<td class="num">2<br><span class="note nowrap">1 rejected</span></td>' in row


def test_two_reviewers_agreement_is_said_once_there_are_enough_interviews(
    client, supervisor, completed, reviewed, fine, factories, club
):
    first, second = (factories.user(Role.MANAGER, [club]) for _ in range(2))
    slip = Card({**fine.marks, Item.CLOSING: Mark.SLIGHT})

    def twice():
        response_id = completed()
        reviewed(response_id, slip, by=first)
        reviewed(response_id, slip, by=second)

    for _ in range(4):
        twice()
    few = client.get("/reviews/figures").text
    twice()
    enough = client.get("/reviews/figures").text

    assert "too few interviews (from 5 on)" in few
    assert "1.00" not in few
    assert "1.00" in enough
    assert "rough: few interviews" in enough


def test_the_manager_sets_how_much_is_reviewed_and_the_supervisor_does_not(client, person, club):
    asked = {"share_percent": "۲۵", "newcomer_count": "5"}
    person(Role.MANAGER)
    client.post("/reviews/rules", data=asked)
    kept = rules.of_club(club.id)
    refused = client.post("/reviews/rules", data={**asked, "share_percent": "101"})
    person(Role.SUPERVISOR)
    db.session.rollback()

    assert (kept.share_percent, kept.newcomer_count) == (25, 5)
    assert refused.status_code == 422
    assert client.post("/reviews/rules", data=asked).status_code == 403


def test_the_pages_without_any_review_say_what_comes_here(client, supervisor, sign_in, operator):
    texts = [client.get(path).text for path in ("/reviews/done", "/reviews/figures")]
    sign_in(client, operator)

    assert "No review yet" in texts[0]
    assert "No interview has two reviews in this time" in texts[1]
    assert "No review of your interviews yet" in client.get("/my-reviews").text
