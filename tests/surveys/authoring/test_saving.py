"""Two people at one draft, and the code that a question is known by."""

from __future__ import annotations

import pytest

from surveys.authoring import drafts
from surveys.authoring import editing
from tests.surveys.authoring.drafting import draft_of
from tests.surveys.authoring.drafting import marks
from tests.surveys.authoring.drafting import post
from tests.surveys.authoring.drafting import save
from tests.surveys.authoring.drafting import seen
from tests.surveys.authoring.drafting import words
from tests.surveys.questionnaires.samples import short_questionnaire


def test_two_people_may_write_at_once_but_not_the_same_question(client, signed_in):
    version_id = draft_of(signed_in)
    mark, other = seen(signed_in, version_id, "price_1"), seen(signed_in, version_id, "price_2")
    save(client, version_id, "price_1", seen=mark, **{"text-en": "first"})

    assert save(client, version_id, "price_2", seen=other, **{"text-en": "beside"}).status_code == 200
    refused = save(client, version_id, "price_1", seen=mark, **{"text-en": "second"})
    assert (refused.status_code, refused.json["error"]) == (409, "changed_meanwhile")
    assert words(signed_in, version_id).by_code["price_1"].text == {"en": "first"}
    assert save(client, version_id, "price_1", seen="*", **{"text-en": "mine"}).status_code == 200
    assert words(signed_in, version_id).by_code["price_1"].text == {"en": "mine"}


def test_a_repeated_request_is_no_conflict(client, signed_in):
    version_id = draft_of(signed_in)
    fields = {"text-en": "once", "seen": seen(signed_in, version_id, "price_1")}

    assert [save(client, version_id, "price_1", **fields).status_code for _ in range(2)] == [200, 200]


def test_what_was_written_after_the_check_is_not_published_unseen(client, signed_in):
    version_id = draft_of(signed_in)
    checked = drafts.mark_of_all(words(signed_in, version_id))
    assert f'name="seen" value="{checked}"' in client.get(f"/surveys/versions/{version_id}/check").text
    save(client, version_id, "price_1", seen="*", **{"text-fa": "تازه؟", "text-en": "Slipped in?"})

    refused = client.post(f"/surveys/versions/{version_id}/publish", data={"seen": checked})
    now = drafts.mark_of_all(words(signed_in, version_id))

    assert (refused.status_code, "nothing is published" in refused.text) == (409, True)
    assert f'name="seen" value="{now}"' in refused.text
    assert client.post(f"/surveys/versions/{version_id}/publish", data={"seen": now}).status_code != 409


@pytest.mark.parametrize("place", ["survey", "sections/service"])
def test_two_people_may_not_name_the_same_thing_at_once(client, signed_in, place):
    version_id = draft_of(signed_in)
    mark = marks(signed_in, version_id)[place]

    def name(title, seen):
        return post(client, version_id, place, seen=seen, **{"title-en": title})

    assert [name("theirs", mark).status_code for _once_more in range(2)] == [200, 200]
    assert save(client, version_id, "staff", seen=seen(signed_in, version_id, "staff"), do="up").status_code == 200
    refused = name("mine", mark)
    assert (refused.status_code, refused.json["error"]) == (409, "changed_meanwhile")
    shown = name("theirs", marks(signed_in, version_id)[place]).json["form"]
    assert name("mine", shown.split('name="seen" value="')[1].split('"')[0]).status_code == 200
    assert name("after all", "*").status_code == 200


def test_a_question_gets_another_code_and_the_rules_that_look_at_it_follow(client, signed_in):
    version_id = draft_of(signed_in)
    mark = seen(signed_in, version_id, "overall")
    fields = {"do": "code", "code": " all_in_all ", "request": "a", "text-en": "typed", "seen": mark}

    answers = [post(client, version_id, "questions/overall", **fields) for _once_more in range(2)]

    assert [answer.json["open"] for answer in answers] == ["question:all_in_all"] * 2
    survey, codes = words(signed_in, version_id), [one.code for one in short_questionnaire().questions]
    assert survey.by_code["all_in_all"].text == {"en": "typed"}
    assert [one.code for one in survey.questions] == ["all_in_all" if code == "overall" else code for code in codes]
    assert [one.code for one in editing.looking_at(survey, "all_in_all")] == ["wrong"]


@pytest.mark.parametrize("code", ["staff", "Cost", "قیمت", "1a", "", "a" * 41])
def test_a_code_that_is_taken_or_cannot_be_written_is_refused_and_the_words_are_kept(client, signed_in, code):
    version_id = draft_of(signed_in)
    fields = {"do": "code", "code": code, "text-en": "typed", "seen": seen(signed_in, version_id, "price_1")}

    answer = post(client, version_id, "questions/price_1", **fields)

    assert answer.json["open"] == "question:price_1"
    assert "no code that another question has" in answer.json["form"]
    assert words(signed_in, version_id).by_code["price_1"].text == {"en": "typed"}


def test_a_code_that_is_typed_but_not_asked_for_changes_nothing(client, signed_in):
    version_id = draft_of(signed_in)

    answer = post(client, version_id, "questions/price_1", code="cost", seen="*", **{"text-en": "typed"})

    assert answer.json["open"] == "question:price_1"
