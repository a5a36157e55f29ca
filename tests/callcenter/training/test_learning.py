from __future__ import annotations

import pytest

from callcenter.training import families
from callcenter.training import learning
from callcenter.training import material
from callcenter.training import standing
from callcenter.training.checklist import Item
from callcenter.training.checklist import Mark
from config.accounts.access import Role
from config.database import utcnow

QUESTION = {
    "question_fa": "چند دقیقه؟", "question_en": "How many minutes?",
    "choice_0_fa": "سه", "choice_0_en": "Three", "choice_1_fa": "نه", "choice_1_en": "Nine",
}  # fmt: skip
GOOD = {item.value: str(int(Mark.GOOD)) for item in Item}


@pytest.fixture
def learn(client, sign_in, operator, survey_id):
    """The pages of the operator, who is signed in."""
    sign_in(client, operator)
    return f"/training/learn/{survey_id}"


def rightly(operator, survey_id):
    tries = learning.tries(survey_id, operator.id)
    quiz = learning.quiz(survey_id, operator.id, tries=tries)
    return {"tries": tries, **{one.code: one.right for one in quiz}}


def may_call(operator, club, survey_id):
    held = standing.of_survey(survey_id, [operator.id])[operator.id]
    told, _held = standing.best(held, from_number=families.get(club.id, survey_id).from_number, now=utcnow())
    return told in standing.MAY_CALL


def test_the_last_step_brings_the_certificate(client, sign_in, supervisor, operator, club, survey_id):
    sign_in(client, operator)
    client.post(f"/training/learn/{survey_id}/material")
    client.post(f"/training/learn/{survey_id}/quiz", data=rightly(operator, survey_id))
    learning.practised(club.id, survey_id, operator.id, number=1, percent=90, is_passed=True, now=utcnow())
    before = may_call(operator, club, survey_id)
    page = client.get("/training").text
    sign_in(client, supervisor)
    client.post(f"/training/surveys/{survey_id}/trial/{operator.id}", data={**GOOD, "note": "clear voice"})

    assert (before, may_call(operator, club, survey_id)) == (False, True)
    assert "Interview your supervisor once" in page
    [held] = standing.of_survey(survey_id, [operator.id])[operator.id]
    assert (held.given_by, held.number) == (None, 1)


def test_a_trial_that_was_poor_brings_nothing(client, supervisor, operator, club, survey_id):
    address = f"/training/surveys/{survey_id}/trial/{operator.id}"
    learning.read(club.id, survey_id, operator.id, now=utcnow())
    chosen = rightly(operator, survey_id)
    learning.answer_quiz(club.id, survey_id, operator.id, chosen, tries=0, now=utcnow())

    client.post(address, data={**GOOD, "verbatim": "0"})
    missing = client.post(address, data={"verbatim": "2"})

    assert not may_call(operator, club, survey_id)
    assert missing.status_code == 422
    assert "86" in client.get(f"/training/surveys/{survey_id}").text


def test_the_note_of_a_trial_is_read_by_the_operator_and_the_trainer(
    client, sign_in, supervisor, operator, factories, club, survey_id
):
    address = f"/training/surveys/{survey_id}/trial/{operator.id}"
    client.post(address, data={**GOOD, "note": "An older note."})
    client.post(address, data={**GOOD, "probing": "1", "note": "Wait <b>longer</b>."})

    of_trainer = client.get(f"/training/surveys/{survey_id}").text
    sign_in(client, operator)
    own = client.get("/training").text
    other = factories.operator([club])
    other.language = "en"
    sign_in(client, other)

    for page in (of_trainer, own):
        assert "Wait &lt;b&gt;longer&lt;/b&gt;." in page
        assert "Neutral probing: to improve" in page
        assert f"with {supervisor.name}: passed" in page
        assert "An older note." not in page
    assert "Wait" not in client.get("/training").text


def test_a_quiz_that_is_not_passed_says_what_was_right_and_may_be_tried_again(client, learn, operator, survey_id):
    right = rightly(operator, survey_id)
    wrong = {key: (value + 1) % 3 if key != "tries" else value for key, value in right.items()}

    page = client.post(f"{learn}/quiz", data=wrong).text

    assert "Not passed yet" in page
    assert "I read it word for word, as it stands." in page
    assert "last try: 0%" in client.get("/training").text
    assert "Passed" in client.post(f"{learn}/quiz", data=rightly(operator, survey_id)).text


def test_numbers_out_of_place_are_wrong_answers_and_no_errors(client, learn):
    reply = client.post(f"{learn}/quiz", data={"tries": "99999", "verbatim": "-7", "probing": "x", "consent": "12"})

    assert reply.status_code == 200
    assert "Not passed yet" in reply.text


def test_the_material_has_the_clubs_text_and_the_survey_with_its_words(client, supervisor, survey_id, club):
    client.post(f"/training/surveys/{survey_id}/material", data={"text_fa": "سلام", "text_en": "What it is for\nNames"})

    page = client.get(f"/training/learn/{survey_id}/material").text

    assert "<p>What it is for</p>" in page
    assert club.name in page
    assert "Very satisfied" in page


def test_a_question_of_the_club_is_asked_after_the_basics_until_it_is_switched_off(
    client, supervisor, operator, survey_id, club
):
    count = len(material.quiz(survey_id))
    client.post(f"/training/surveys/{survey_id}/questions", data=QUESTION)
    [own] = material.own_questions(survey_id)
    during = [one.text["en"] for one in material.quiz(survey_id)]
    client.post(f"/training/surveys/{survey_id}/questions/{own.id}", data={"is_used": "0"})

    assert during[-1] == "How many minutes?"
    assert len(material.quiz(survey_id)) == count


@pytest.mark.parametrize("missing", ["question_en", "choice_1_fa", "choice_0_en"])
def test_a_question_that_is_not_whole_is_refused_and_stays_typed(client, supervisor, survey_id, missing):
    reply = client.post(f"/training/surveys/{survey_id}/questions", data={**QUESTION, missing: " "})

    assert reply.status_code == 422
    assert "چند دقیقه؟" in reply.text
    assert material.own_questions(survey_id) == []


@pytest.mark.parametrize("page", ["learn/{survey}/material", "learn/{survey}/quiz"])
def test_an_operator_of_another_club_finds_nothing(client, sign_in, factories, survey_id, page):
    sign_in(client, factories.operator([factories.club()]))

    assert client.get(f"/training/{page.format(survey=survey_id)}").status_code == 404


@pytest.mark.parametrize("page", ["material", "trial/{operator}"])
def test_a_manager_of_another_club_finds_nothing(client, sign_in, factories, survey_id, operator, page):
    sign_in(client, factories.user(Role.MANAGER, [factories.club()]))

    assert client.get(f"/training/surveys/{survey_id}/{page.format(operator=operator.id)}").status_code == 404
