"""One survey with every kind of question: written, walked through, out and in again, asked on the desk, and counted."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest

from callcenter.integrity import thresholds
from config.accounts.access import Role
from config.database import db
from config.database import utcnow
from surveys.authoring import drafts
from surveys.interviews import interviewing
from surveys.interviews import queries
from surveys.interviews.models import Response
from surveys.interviews.states import ResponseState
from surveys.questionnaires.document import Kind
from tests.surveys.interviews.leading import start

JSON = {"Accept": "application/json"}
WRITTEN = [kind for kind in Kind if kind not in {Kind.INTRODUCTION, Kind.CONSENT, Kind.CLOSING}]
TWO = {
    "choice": ["c1", "c2"],
    **{f"choice-{code}-{language}": f"{code} {language}" for code in ("c1", "c2") for language in ("fa", "en")},
}
ASKED_ONLY_IF_YES = {"when": "0", "when-0-question": "yes_no", "when-0-is": "=", "when-0-value": "yes"}
# What a manager fills in beside the words.
FILLED = {
    Kind.CHOICE_ONE: TWO | {"is_shuffled": "1"},
    Kind.CHOICE_MANY: TWO | {"choice-c2-is_exclusive": "1"},
    Kind.NUMBER: {"minimum": "۱", "maximum": "120"} | ASKED_ONLY_IF_YES,
    Kind.AMOUNT: {"minimum": "۱٬۰۰۰"},
    Kind.DATE: {"latest": "امروز"},
    Kind.OPEN_TEXT: {"word_limit": "20"},
}
# What an operator types, and what the page of results says of five who all said so.
SAID = {
    Kind.CONSENT: ("yes", None),
    Kind.RATING: ("5", "5.0 of 5 on average"),
    Kind.RECOMMEND: ("10", "Net Promoter Score \u2066+100\u2069"),
    Kind.EFFORT: ("6", "100% said 5 to 7."),
    Kind.YES_NO: ("yes", "<dt>Yes</dt>"),
    Kind.CHOICE_ONE: ("c1", "<dt>c1 en</dt>"),
    Kind.CHOICE_MANY: ("c1", "Several answers were possible."),
    Kind.OPEN_TEXT: ("خیلی خوب", "خیلی خوب"),
    Kind.NUMBER: ("۳۵", "At least half of the answers are 35."),
    Kind.AMOUNT: ("۱۲۵٬۰۰۰", "At least half of the answers are 125,000 Toman."),
    Kind.DATE: ("1404/08/30", "At least half of the answers are 21 Nov 2025."),
}
ENOUGH = 5


class Editor:
    """The editor's page: what is open of one draft, and its buttons."""

    def __init__(self, client, version_id, opened):
        self._client, self._version_id, self._opened = client, version_id, opened

    def press(self, do, **fields):
        """Save what is open as the page shows it with these fields changed, and press a button."""
        address = f"/surveys/versions/{self._version_id}/questions/{self._opened}"
        form = {"seen": "*", "rule": "1", "every": "all", "is_required": "1", **fields, "do": do}
        answer = self._client.post(address, data=form, headers=JSON)
        self._opened = answer.json["open"].partition(":")[2]


def write(client, club_id):
    """A survey with every kind of question, begun blank and written in the editor; gives the draft's id."""
    begun = client.post("/surveys", data={"title": "همه‌ی انواع", "languages": ["fa", "en"], "from": ""})
    version_id = int(begun.location.rpartition("/")[2])
    there = drafts.wording(club_id, version_id).questionnaire
    consent = next(one for one in there.questions if one.kind is Kind.CONSENT)
    editor = Editor(client, version_id, consent.code)
    words = {f"text-{language}": text for language, text in consent.text.items()}
    for kind in WRITTEN:
        editor.press(f"add:{kind}", **words)
        editor.press("code", code=kind.value)
        words = {"text-fa": f"{kind} به فارسی", "text-en": f"{kind} in English", **FILLED.get(kind, {})}
    editor.press("", **words)
    for empty in ("price", "quality", "service"):
        client.post(
            f"/surveys/versions/{version_id}/sections/{empty}", headers=JSON, data={"seen": "*", "do": "remove"}
        )
    named = {"seen": "*", "title-fa": "همه‌ی انواع", "title-en": "Every kind"}
    client.post(f"/surveys/versions/{version_id}/survey", headers=JSON, data=named)
    return version_id


@pytest.fixture
def place(client, sign_in, factories):
    club = factories.club()
    # These tests answer quicker than anybody can read.
    thresholds.save(club.id, thresholds.OFF)
    manager, operator = factories.user(Role.MANAGER, [club], language="en"), factories.operator([club])
    sign_in(client, manager)
    version_id = write(client, club.id)
    campaign = factories.campaign(club, version_id=version_id)
    return SimpleNamespace(club=club, manager=manager, operator=operator, campaign=campaign, version_id=version_id)


def walk_through(client, address, questions):
    """The preview from the first step to the last; each shows its own words."""
    carried = ""

    def step(do, **fields):
        nonlocal carried
        answer = client.post(f"{address}/preview", data={**fields, "do": do, "walk": carried}).json
        carried = answer["walk"]
        return answer["html"]

    html = step("speak/en")
    for question in questions:
        if question.kind in WRITTEN:
            assert f"{question.kind} in English" in html
        if question.wants_answer:
            step("choose" if question.kind is Kind.CHOICE_MANY else "answer", value=SAID[question.kind][0])
        html = step("next")


def interview_on(desk):
    """The interview that is open on the desk, led to its closing; gives its id and what was asked."""
    response_id, asked = desk.response().id, []
    while (screen := queries.screen(response_id)).kind is not Kind.CLOSING:
        asked.append(screen)
        form = {"response_id": response_id, "question": screen.code}
        if screen.wants_answer:
            desk.act("choose" if screen.kind is Kind.CHOICE_MANY else "answer", value=SAID[screen.kind][0], **form)
        desk.act("next", **form)
        db.session.rollback()
    return response_id, asked


def repeat(asked, place):
    """Another member says just the same."""
    response_id = start(place.club.id, place.version_id)
    for screen in asked:
        value = SAID[screen.kind][0] if screen.wants_answer else None
        value = [value] if screen.kind is Kind.CHOICE_MANY else value
        form = {"question": screen.code, "status": "answered", "value": value}
        interviewing.save_answer(response_id, **form, now=utcnow())
    response = db.session.get_one(Response, response_id)
    # Nobody is told: it has no call.
    response.state, response.completed_at = ResponseState.COMPLETE, utcnow()


def test_every_kind_of_question_goes_the_whole_way(client, sign_in, place, desk, waiting, line):
    club_id, address = place.club.id, f"/surveys/versions/{place.version_id}"
    sign_in(client, place.manager)
    written = drafts.wording(club_id, place.version_id).questionnaire
    assert {question.kind for question in written.questions} == set(Kind)
    walk_through(client, address, written.questions)

    book = client.get(f"{address}/xlsform").data
    taken = client.post("/surveys/xlsform", data={"file": (io.BytesIO(book), "every.xlsx")})
    again = int(taken.location.split("/versions/")[1].partition("/")[0])
    assert drafts.wording(club_id, again).questionnaire == written
    assert client.post(f"{address}/publish").status_code == 302

    sign_in(client, place.operator)
    entry = waiting()
    desk.act("ready")
    desk.act("call", entry_id=entry.id)
    line.answer()
    desk.act("begin", call_id=line.call.id)
    response_id, asked = interview_on(desk)
    assert {screen.kind for screen in asked} == set(Kind) - {Kind.CLOSING}
    for _number in range(ENOUGH - 1):
        repeat(asked, place)
    db.session.commit()
    desk.act("finish", response_id=response_id)
    assert desk.response().state is ResponseState.COMPLETE

    sign_in(client, place.manager)
    page = client.get("/results").text
    assert [sentence for _said, sentence in SAID.values() if sentence and sentence not in page] == []
