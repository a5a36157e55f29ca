"""The list and the editor, as a manager's browser uses them."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from config.accounts.access import Role
from config.database import db
from config.database import utcnow
from surveys.authoring import listing
from surveys.questionnaires import publishing
from surveys.questionnaires.document import Section
from surveys.questionnaires.reading import from_dict
from surveys.questionnaires.reading import unfinished
from tests.surveys.authoring.drafting import draft_of
from tests.surveys.authoring.drafting import marks
from tests.surveys.authoring.drafting import post
from tests.surveys.authoring.drafting import save
from tests.surveys.authoring.drafting import seen
from tests.surveys.authoring.drafting import words
from tests.surveys.questionnaires.samples import document
from tests.surveys.questionnaires.samples import question
from tests.surveys.questionnaires.samples import section
from tests.surveys.questionnaires.samples import short_questionnaire


@pytest.mark.parametrize(("start", "count"), [("", 3), ("recent_visit", 12)])
def test_a_survey_begins_blank_or_from_a_ready_made_one(client, signed_in, start, count):
    answer = client.post("/surveys", data={"title": "Our café", "languages": ["fa", "en"], "from": start})

    assert answer.status_code == 302
    survey = listing.surveys(signed_in)[0]
    assert (survey.name, survey.newest.count) == ("Our café", count)
    assert client.get(answer.location).status_code == 200
    assert "Our café" in client.get("/surveys").text


def test_a_survey_without_a_name_or_a_language_is_refused_with_what_was_typed(client, signed_in):
    answer = client.post("/surveys", data={"title": " ", "from": "recent_visit"})

    assert answer.status_code == 422
    assert "Give the survey a name" in answer.text
    assert "Choose at least one language" in answer.text
    assert listing.surveys(signed_in) == []


def test_words_are_saved_as_they_are_typed(client, signed_in):
    version_id = draft_of(signed_in)
    fields = {"text-fa": "قیمت چطور بود؟", "seen": seen(signed_in, version_id, "price_1")}

    answer = save(client, version_id, "price_1", **fields)

    assert answer.json["open"] == "question:price_1"
    assert "قیمت چطور بود؟" in answer.json["form"]
    assert words(signed_in, version_id).by_code["price_1"].text == {"fa": "قیمت چطور بود؟"}


def test_the_words_of_a_scale_stand_under_each_other_in_every_language(client, signed_in):
    version_id = draft_of(signed_in)

    page = client.get(f"/surveys/versions/{version_id}?question=price_1").text

    # A direction of its own would turn a row round; only what is typed has one.
    assert page.count('<div class="labels of-5">') == 2
    assert page.count('name="label-en" lang="en" dir="ltr"') == page.count('name="label-fa" lang="fa" dir="rtl"') == 5


def test_a_button_saves_what_was_typed_before_it_acts(client, signed_in):
    version_id = draft_of(signed_in)
    fields = {"do": "add:yes_no", "text-en": "typed", "seen": seen(signed_in, version_id, "staff")}

    answer = save(client, version_id, "staff", **fields)

    survey = words(signed_in, version_id)
    assert survey.by_code["staff"].text == {"en": "typed"}
    assert [one.code for one in survey.sections[2].questions] == ["staff", answer.json["open"].split(":")[1]]


def test_a_button_that_is_sent_again_acts_once(client, signed_in):
    version_id = draft_of(signed_in)
    first = {"do": "add:yes_no", "request": "a", "text-en": "typed", "seen": seen(signed_in, version_id, "staff")}

    opened = [save(client, version_id, "staff", **(first | {"request": name})).json["open"] for name in "aab"]
    for _ in range(2):
        save(client, version_id, "price_1", do="remove", request="c", seen="*")

    codes = list(words(signed_in, version_id).by_code)
    assert opened[0] == opened[1] != opened[2]
    assert len(codes) == len(short_questionnaire().questions) + 2 - 1
    assert save(client, version_id, "price_1", do="remove", request="c").json["open"] != "question:price_1"


def test_a_removed_question_is_said_to_be_gone(client, signed_in):
    version_id = draft_of(signed_in)
    mark = seen(signed_in, version_id, "staff")
    save(client, version_id, "staff", do="remove", seen=mark)

    assert save(client, version_id, "staff", seen=mark).status_code == 404
    assert "Name and languages" in client.get(f"/surveys/versions/{version_id}?question=staff").text


def test_a_section_is_named_and_counted_under_a_dimension(client, signed_in):
    version_id = draft_of(signed_in)
    mark = marks(signed_in, version_id)["sections/service"]

    post(client, version_id, "sections/service", seen=mark, dimension="service", **{"title-en": "Our people"})

    changed = words(signed_in, version_id).sections[2]
    assert changed == Section("service", {"en": "Our people"}, changed.questions, changed.dimension)


def test_a_language_is_taken_out_by_its_button_only(client, signed_in):
    version_id = draft_of(signed_in)
    fields = {"title-en": "Named", "languages": ["en"]}

    post(client, version_id, "survey", seen="*", **fields)
    assert words(signed_in, version_id).languages == ("fa", "en")
    post(client, version_id, "survey", seen="*", do="languages", **fields)

    assert words(signed_in, version_id).languages == ("en",)
    assert words(signed_in, version_id).title == {"en": "Named"}


def test_when_an_early_end_is_partial_or_complete_is_the_managers_choice(client, signed_in):
    version_id = draft_of(signed_in)

    def thresholds(**fields):
        post(client, version_id, "survey", seen="*", **{"title-en": "Named"}, **fields)
        changed = words(signed_in, version_id)
        return changed.partial_from, changed.complete_from

    assert thresholds() == (50, None)
    assert thresholds(partial_from="40", complete_from="80") == (40, 80)
    assert thresholds(title="Named again") == (40, 80)
    assert '<option value="80" selected>' in client.get(f"/surveys/versions/{version_id}").text
    assert thresholds(partial_from="x", complete_from="") == (40, None)


def test_a_published_version_is_read_and_revised_not_written(client, signed_in):
    version_id = draft_of(signed_in)
    publishing.publish(signed_in, version_id, now=utcnow())
    db.session.commit()

    refused = save(client, version_id, "staff", seen="*")
    # The editor tells this one from a colleague's words.
    assert (refused.status_code, refused.json["error"]) == (409, "version_not_draft")
    assert "Write the next version" in client.get(f"/surveys/versions/{version_id}").text
    first = client.post(f"/surveys/versions/{version_id}/revise").location
    assert client.post(f"/surveys/versions/{version_id}/revise").location == first
    assert [one.number for one in listing.surveys(signed_in)[0].versions] == [2, 1]


def test_a_discarded_draft_takes_its_survey_along_when_there_is_no_other_version(client, signed_in):
    version_id = draft_of(signed_in)

    client.post(f"/surveys/versions/{version_id}/discard")

    assert listing.surveys(signed_in) == []


def test_a_supervisor_reads_and_does_not_write(client, factories, sign_in):
    of = factories.club()
    version_id = draft_of(of.id)
    sign_in(client, factories.user(Role.SUPERVISOR, [of]))

    assert "open-form" not in client.get(f"/surveys/versions/{version_id}").text
    assert save(client, version_id, "staff", seen="*").status_code == 403


def test_two_hundred_questions_are_saved_in_few_statements(app, client, signed_in):
    many = [question(f"q{n}", "rating") for n in range(200)]
    version_id = draft_of(signed_in, from_dict(document(section("all", *many, question("thanks", "closing")))))
    mark, statements = seen(signed_in, version_id, "q100"), []
    event.listen(db.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))

    assert save(client, version_id, "q100", seen=mark, **{"text-fa": "تازه"}).status_code == 200

    assert len(statements) <= 10, statements


def test_what_is_to_be_mended_keeps_a_draft_from_being_published(client, signed_in):
    version_id = draft_of(signed_in)
    save(client, version_id, "staff", seen="*", **{"text-en": "Only English"})

    assert "What is read aloud is missing in Persian." in client.get(f"/surveys/versions/{version_id}/check").text
    refused = client.post(f"/surveys/versions/{version_id}/publish")
    assert (refused.status_code, "To be mended before publishing" in refused.text) == (422, True)

    save(client, version_id, "staff", seen="*", **{"text-en": "Both", "text-fa": "هر دو"})
    assert client.post(f"/surveys/versions/{version_id}/publish").status_code == 302
    assert listing.surveys(signed_in)[0].newest.published_at is not None


def test_the_check_names_a_question_once_and_says_each_thing_once(client, signed_in):
    one_language = [{"code": code, "text": {"en": code}} for code in ("a", "b", "c")]
    pick = question("pick", "choice_one", choices=one_language, hint={"en": "Read all"})
    version_id = draft_of(signed_in, unfinished(document(section("all", pick, question("thanks", "closing")))))

    page = client.get(f"/surveys/versions/{version_id}/check").text

    assert page.count("question=pick") == 1
    said = [line for line in page.splitlines() if "the words in Persian are missing" in line]
    assert len(said) == len(set(said)) == 2


def test_places_for_facts_are_explained_where_the_words_are_read(client, signed_in):
    asked = question("q", "rating", text={"en": "Hello {member}", "fa": "سلام {member}"})
    with_places = draft_of(signed_in, from_dict(document(section("all", asked, question("thanks", "closing")))))
    without = draft_of(
        signed_in, from_dict(document(section("all", question("q", "rating"), question("z", "closing"))))
    )
    for version_id in (with_places, without):
        publishing.publish(signed_in, version_id, now=utcnow())
    db.session.commit()

    assert "between [[ and ]]" in client.get(f"/surveys/versions/{with_places}").text
    assert "between [[ and ]]" not in client.get(f"/surveys/versions/{without}").text


def test_map_and_comparison_are_read(client, signed_in):
    version_id = draft_of(signed_in)
    publishing.publish(signed_in, version_id, now=utcnow())
    db.session.commit()
    second = int(client.post(f"/surveys/versions/{version_id}/revise").location.rsplit("/", 1)[1])
    save(client, second, "staff", seen="*", **{"text-fa": "تازه", "text-en": "entirely new"})

    assert "Asked only if" in client.get(f"/surveys/versions/{second}/map").text
    compared = client.get(f"/surveys/versions/{second}/compare").text
    assert "<ins>entirely new</ins>" in compared
    assert "There is no earlier version." in client.get(f"/surveys/versions/{version_id}/compare").text
