"""Changes of a draft: what moves, what follows, what is refused."""

import pytest

from surveys.authoring import acting
from surveys.authoring import editing
from surveys.authoring.errors import GoneError
from surveys.questionnaires.checking import problems_of
from surveys.questionnaires.document import Kind
from surveys.questionnaires.reading import unfinished
from surveys.questionnaires.writing import for_json
from tests.surveys.questionnaires.samples import short_questionnaire


def codes(questionnaire):
    return {section.code: [one.code for one in section.questions] for section in questionnaire.sections}


def test_a_question_moves_within_its_section_and_over_its_border():
    survey = short_questionnaire()

    assert codes(editing.move(survey, "price_2", -1))["price"] == ["price_2", "price_1"]
    down = codes(editing.move(survey, "price_2", 1))
    assert (down["price"], down["service"]) == (["price_1"], ["price_2", "staff"])
    up = codes(editing.move(survey, "staff", -1))
    assert (up["price"], up["service"]) == (["price_1", "price_2", "staff"], [])


def test_nothing_moves_beyond_the_ends():
    survey = short_questionnaire()

    assert editing.move(survey, "hello", -1) == survey
    assert editing.move(survey, "thanks", 1) == survey
    assert editing.move_section(survey, "opening", -1) == survey
    assert editing.move_section(survey, "closing", 1) == survey


def test_a_removed_question_takes_the_conditions_that_look_at_it():
    survey = editing.remove(short_questionnaire(), "overall")

    assert survey.by_code["wrong"].when is None
    assert problems_of(survey) == []


def test_a_removed_section_takes_the_conditions_that_look_at_its_questions():
    survey = editing.move_to(short_questionnaire(), "wrong", "closing")
    survey = editing.remove_section(editing.move(survey, "wrong", -1), "overall")

    assert all(question.when is None for question in survey.questions)


def test_a_rule_follows_a_question_that_gets_another_code():
    survey = short_questionnaire()
    renamed = editing.put(survey, "overall", type(survey.by_code["overall"])("general", Kind.RATING, {}))

    assert renamed.by_code["wrong"].when.conditions[0].question == "general"


def test_a_copy_stands_behind_its_model_under_a_code_of_its_own():
    survey, code = editing.duplicate(short_questionnaire(), "price_1")

    assert codes(survey)["price"] == ["price_1", code, "price_2"]
    assert survey.by_code[code].text == survey.by_code["price_1"].text
    assert problems_of(survey) == []


@pytest.mark.parametrize(
    "act",
    [
        lambda survey: editing.remove(survey, "gone"),
        lambda survey: editing.move(survey, "gone", 1),
        lambda survey: editing.move_to(survey, "staff", "gone"),
        lambda survey: editing.remove_section(survey, "gone"),
        lambda survey: acting.act(survey, ("question", "gone"), "add:rating"),
        lambda survey: acting.act(survey, ("section", "gone"), "up"),
    ],
)
def test_what_somebody_else_removed_is_said_to_be_gone(act):
    with pytest.raises(GoneError):
        act(short_questionnaire())


@pytest.mark.parametrize("kind", list(Kind))
def test_a_new_question_of_each_kind_stands_behind_the_open_one_and_can_be_kept(kind):
    survey, opened = acting.act(short_questionnaire(), ("question", "price_1"), f"add:{kind}")

    assert codes(survey)["price"] == ["price_1", opened[1], "price_2"]
    assert unfinished(for_json(survey)) == survey


def test_a_new_question_stands_before_an_open_closing():
    survey, opened = acting.act(short_questionnaire(), ("question", "thanks"), "add:rating")

    assert codes(survey)["closing"] == [opened[1], "thanks"]


def test_a_new_section_stands_before_the_closing_unless_another_is_open():
    survey, opened = acting.act(short_questionnaire(), acting.SURVEY, "add-section")
    assert list(codes(survey))[-2:] == [opened[1], "closing"]

    survey, opened = acting.act(short_questionnaire(), ("question", "price_1"), "add-section")
    assert list(codes(survey))[1:3] == ["price", opened[1]]


@pytest.mark.parametrize("do", ["", "nonsense", "add:nothing", "up:9", "condition-remove:x", "choice-remove:x"])
def test_an_unknown_act_changes_nothing(do):
    survey = short_questionnaire()

    assert acting.act(survey, ("question", "hello"), do)[0] == survey


def test_after_removing_the_question_before_is_open():
    survey = short_questionnaire()

    assert acting.act(survey, ("question", "staff"), "remove")[1] == ("question", "price_2")
    assert acting.act(survey, ("question", "hello"), "remove")[1] == ("question", "consent")
