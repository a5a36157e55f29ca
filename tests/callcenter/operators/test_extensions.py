from __future__ import annotations

import pytest

from callcenter.operators import extensions
from callcenter.operators import queries
from config.accounts.models import Role
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError


def test_a_person_with_a_phone_is_an_operator(factories):
    person = factories.user(Role.OPERATOR)

    extensions.give(person.id, " ۱۲۰۱ ", now=utcnow())
    extensions.give(person.id, "1202", now=utcnow())

    assert queries.get(person.id).extension == "1202"


@pytest.mark.parametrize("text", ["", "12 01", "1201\r\nAction: Originate", "1/2", "x" * 41])
def test_nothing_goes_into_a_channel_name_that_could_steer_the_exchange(factories, text):
    person = factories.user(Role.OPERATOR)

    with pytest.raises(InvalidInputError, match="extension"):
        extensions.give(person.id, text, now=utcnow())


def test_a_clubs_operators_are_those_who_belong_to_it(factories):
    club = factories.club()
    ours = factories.operator([club])
    factories.operator([factories.club()])
    factories.operator([club]).is_enabled = False
    db.session.commit()

    assert [line.id for line in queries.of_club(club.id)] == [ours.id]


def test_two_operators_do_not_have_the_same_phone(factories):
    first, second = factories.user(Role.OPERATOR), factories.user(Role.OPERATOR)
    extensions.give(first.id, "1201", now=utcnow())

    with pytest.raises(InvalidInputError, match="another operator"):
        extensions.give(second.id, "۱۲۰۱", now=utcnow())
