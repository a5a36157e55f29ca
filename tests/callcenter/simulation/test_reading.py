from __future__ import annotations

from callcenter.simulation.reading import read

HIDDEN = '<input type="hidden" name="response_id" value="7"><input type="hidden" name="question" value="staff">'
QUESTION = (
    f'<form method="post" action="/desk/answer" data-keep id="answer-staff">{HIDDEN}'
    '<button name="value" value="1" class="choice" role="radio">1</button>'
    '<button name="value" value="2" class="choice" role="radio">2</button></form>'
)
NO_ANSWER = (
    f'<form method="post" action="/desk/answer" data-keep>{HIDDEN}'
    '<input type="hidden" name="status" value="dont_know"><button class="button">?</button></form>'
)


def test_a_question_has_its_fields_and_its_choices():
    desk = read(QUESTION + NO_ANSWER)

    assert desk.question.fields == {"response_id": "7", "question": "staff"}
    assert desk.question.choices == ("1", "2")


def test_what_says_that_there_is_no_answer_is_no_question():
    assert read(NO_ANSWER).question is None


def test_a_field_to_type_into_is_a_question():
    desk = read(
        f'<form method="post" action="/desk/answer" class="words">{HIDDEN}<textarea name="value"></textarea></form>'
    )

    assert desk.question.is_typed


def test_a_button_that_cannot_be_pressed_is_not_there():
    desk = read('<form method="post" action="/desk/call" ><button class="act" disabled ><b>C</b></button></form>')

    assert desk.get("call") is None


def test_what_the_desk_sends_by_itself_says_when():
    desk = read('<form method="post" action="/desk/ready" data-again="5000" hidden></form>')

    assert desk.get("ready").again_ms == 5000
