"""Who may review an interview learns what others found in it only after their own review."""

from __future__ import annotations

import pytest

from callcenter.quality import reading
from callcenter.quality import sealing
from callcenter.quality.errors import ReadBeforeError
from callcenter.quality.reviewing import Card
from callcenter.quality.scoring import Item
from callcenter.quality.scoring import Mark
from config.accounts.access import Role
from config.database import db
from config.database import utcnow

MARKS = dict.fromkeys(map(str, Item), "fine")
FOUND = "Ask before you record."


@pytest.fixture
def harsh(fine):
    """A review that failed the interview."""
    return Card({**fine.marks, Item.CONSENT: Mark.GRAVE}, note=FOUND)


def test_the_second_reviewer_sees_nothing_of_the_first_review_before_the_own_one(
    client, supervisor, completed, reviewed, harsh, operator
):
    response_id = completed()
    review_id = reviewed(response_id, harsh)
    pages = (f"/reviews/{review_id}", f"/reviews/interviews/{response_id}", f"/reviews/operators/{operator.id}")

    before = [client.get(page).text for page in pages]
    client.post(f"/reviews/interviews/{response_id}", data=MARKS)
    after = [client.get(page).text for page in pages]

    assert all(FOUND not in page and 'class="tag bad"' not in page for page in before)
    assert "it is one or the other" in before[0]
    assert f'href="/reviews/{review_id}"' not in before[1]
    assert '<td class="num">—</td>' in before[2]
    assert FOUND in after[0]
    assert f'href="/reviews/{review_id}"' in after[1]
    assert '<td class="num">21</td>' in after[2]


def test_whoever_reads_without_a_review_of_their_own_reviews_that_interview_no_more(
    client, supervisor, completed, reviewed, harsh
):
    response_id, other = completed(), completed()
    review_id = reviewed(response_id, harsh)

    answer = client.post(f"/reviews/{review_id}/reading")
    page = client.get(answer.location).text
    card = client.get(f"/reviews/interviews/{response_id}").text
    refused = client.post(f"/reviews/interviews/{response_id}", data=MARKS)

    assert FOUND in page
    assert "somebody else reviews it" in card
    assert "data-card" not in card
    assert refused.status_code == 409
    assert client.post(f"/reviews/interviews/{other}", data=MARKS).status_code == 302


def test_whoever_reviews_nothing_opens_all_reviews_of_an_operator_at_once(
    client, supervisor, completed, reviewed, harsh, operator, factories, club
):
    first, second = completed(), completed()
    for response_id in (first, second):
        reviewed(response_id, harsh)
    elsewhere = completed(by=factories.operator([club]))
    reviewed(elsewhere, harsh)

    before = client.get(f"/reviews/operators/{operator.id}").text
    answer = client.post(f"/reviews/operators/{operator.id}/reading")

    assert before.count('<td class="num">—</td>') == 2
    assert client.get(answer.location).text.count('<td class="num">21</td>') == 2
    assert [sealing.has_read(one, supervisor.id) for one in (first, second, elsewhere)] == [True, True, False]


def test_reading_after_the_own_review_costs_nothing(factories, club, completed, reviewed):
    reviewer, response_id = factories.user(Role.MANAGER, [club]), completed()
    reviewed(response_id, by=reviewer)
    lines = reading.of_interview(club.id, response_id)

    sealing.open_up(lines, reviewer.id, now=utcnow())

    assert not sealing.has_read(response_id, reviewer.id)


def test_a_second_reading_is_as_good_as_the_first_and_ends_the_right_to_review(factories, club, completed, reviewed):
    reader, response_id = factories.user(Role.MANAGER, [club]), completed()
    reviewed(response_id)
    lines = reading.of_interview(club.id, response_id)

    for _ in range(2):
        sealing.open_up(lines, reader.id, now=utcnow())
    db.session.commit()

    with pytest.raises(ReadBeforeError):
        reviewed(response_id, by=reader)


def test_whoever_led_the_interview_and_an_administrator_read_at_once(
    client, sign_in, factories, club, completed, reviewed, harsh
):
    caller = factories.user(Role.SUPERVISOR, [club], language="en")
    review_id = reviewed(completed(by=caller), harsh)
    sign_in(client, caller)
    own = client.get(f"/my-reviews/{review_id}").text
    sign_in(client, factories.user(Role.ADMINISTRATOR, [club], language="en"))

    assert FOUND in own
    assert FOUND in client.get(f"/reviews/{review_id}").text


def test_another_clubs_review_is_not_opened(client, sign_in, factories, completed, reviewed, operator):
    review_id = reviewed(completed())
    sign_in(client, factories.user(Role.MANAGER, [factories.club()]))

    assert client.post(f"/reviews/{review_id}/reading").status_code == 404
    assert client.post(f"/reviews/operators/{operator.id}/reading").status_code == 404
