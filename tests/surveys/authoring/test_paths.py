"""The map of the ways through a survey."""

from surveys.authoring import reaching
from surveys.authoring.paths import map_of
from surveys.authoring.reaching import never_asked
from surveys.questionnaires.reading import unfinished
from tests.surveys.questionnaires.samples import short
from tests.surveys.questionnaires.samples import when


def test_side_ways_stand_beside_the_main_one_as_deep_as_their_rules():
    survey = unfinished(short(word={"when": when("wrong", "answered")}))

    stops = {stop.question.code: stop for stop in map_of(survey).stops}

    assert [stops[code].depth for code in ("overall", "wrong", "word", "thanks")] == [0, 1, 2, 0]
    assert [one.code for one in stops["overall"].leads_to] == ["wrong"]
    assert [code for code, stop in stops.items() if stop.can_end] == ["consent"]


def test_what_nobody_hears_is_marked_and_not_counted():
    told = map_of(unfinished(short(staff={"when": when("consent", "=", "no")})))

    assert [stop.question.code for stop in told.stops if not stop.is_reached] == ["staff"]
    assert (told.always, told.most) == (7, 8)


def test_ways_that_are_followed_too_long_count_as_leading_somewhere(monkeypatch):
    survey = unfinished(short(staff={"when": when("consent", "=", "no")}))
    assert never_asked(survey) == ["staff"]

    monkeypatch.setattr(reaching, "MOST_STEPS_IN_ALL", 1)

    assert never_asked(survey) == []
