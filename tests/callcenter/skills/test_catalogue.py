from __future__ import annotations

from datetime import UTC
from datetime import datetime

import pytest

from callcenter.skills import catalogue
from callcenter.skills import giving
from config.accounts import people
from config.accounts.access import Role
from config.errors import InvalidInputError
from config.errors import NotFoundError

NOW = datetime(2025, 11, 21, 12, tzinfo=UTC)
GENTLE = {"name_fa": "گفت‌وگوی سخت", "name_en": "Hard talks", "is_given_first": False}


def test_the_house_begins_with_languages_refusals_and_promised_calls(app):
    assert [(skill.code, skill.is_used) for skill in catalogue.skills()] == [
        ("fa", True), ("en", True), ("refusals", True), ("appointments", False),
    ]  # fmt: skip


def test_each_skill_has_a_number_of_its_own_in_the_sums(app):
    for _ in range(catalogue.MOST - 4):
        catalogue.add(**GENTLE)

    masks = [skill.mask for skill in catalogue.skills()]
    assert masks == [1 << number for number in range(catalogue.MOST)]
    with pytest.raises(InvalidInputError) as refused:
        catalogue.add(**GENTLE)
    assert refused.value.field == "is_used"


def test_two_skills_of_the_same_words_have_codes_of_their_own(app):
    assert [catalogue.add(**GENTLE), catalogue.add(**GENTLE)] == ["hard_talks", "hard_talks_2"]


def test_a_skill_that_is_not_there_cannot_be_changed(app):
    with pytest.raises(NotFoundError):
        catalogue.change("nothing", name_fa="ا", name_en="a", is_used=True, is_given_first=False)


def test_a_new_operator_has_what_everybody_begins_with(club):
    person = people.add_user(
        "new@test", name="نو", role=Role.OPERATOR, password="a-long-password", club_ids=[club.id], extension="7001"
    )

    assert giving.had_by([person.id]) == {person.id: {"fa", "refusals"}}


def test_operators_have_exactly_what_they_are_given_and_others_keep_theirs(factories, club, operator, supervisor):
    other = factories.operator([club])
    factories.skill("yazd", operator, other)

    giving.keep(club.id, {operator.id: {"en"}}, given_by=supervisor.id, now=NOW)

    assert giving.had_by([operator.id, other.id]) == {operator.id: {"en"}, other.id: {"yazd"}}


def test_what_does_not_count_stays_with_who_had_it(factories, club, operator, supervisor):
    factories.skill("yazd", operator, is_used=False)

    giving.keep(club.id, {operator.id: {"en"}}, given_by=supervisor.id, now=NOW)

    assert giving.had_by([operator.id]) == {operator.id: {"en", "yazd"}}


@pytest.mark.parametrize("code", ["nothing", "appointments"], ids=["not there", "does not count"])
def test_a_skill_out_of_the_list_is_given_to_nobody(club, operator, supervisor, code):
    with pytest.raises(NotFoundError):
        giving.keep(club.id, {operator.id: {code}}, given_by=supervisor.id, now=NOW)


def test_nobody_of_another_club_is_given_anything(factories, club, supervisor):
    stranger = factories.operator([factories.club()])

    with pytest.raises(NotFoundError):
        giving.keep(club.id, {stranger.id: {"en"}}, given_by=supervisor.id, now=NOW)
