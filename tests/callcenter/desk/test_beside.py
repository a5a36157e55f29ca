"""What stands beside the question: replies to objections, and what was before with the member."""

from __future__ import annotations

from datetime import timedelta

from callcenter.objections import keeping
from club.members.models import Member
from config.database import db
from config.database import utcnow

PARKING = {
    "title_fa": "جای پارک نبود",
    "title_en": "There was no parking",
    "reply_fa": "من {operator} هستم؛ به {club} می‌گویم.",
    "reply_en": "I am {operator}; I tell {club}.",
}


def member_of(entry):
    return db.session.get_one(Member, entry.member_id)


def test_replies_stand_beside_the_question_in_the_language_of_the_interview(desk, place, answered, factories):
    keeping.add(place.club.id, PARKING)
    off = keeping.add(place.club.id, {**PARKING, "title_fa": "خاموش"})
    keeping.change(place.club.id, off, {**PARKING, "title_fa": "خاموش"}, is_offered=False)
    keeping.add(factories.club().id, {**PARKING, "title_fa": "باشگاه دیگر"})
    db.session.commit()

    persian = desk.parts()["member"]
    english = desk.act("speak/en", response_id=desk.response().id)["member"]

    assert "«من نگار رضایی هستم؛ به کافه لمیز می‌گویم.»" in persian
    assert '<summary data-key="1">' in persian
    assert "خاموش" not in persian
    assert "باشگاه دیگر" not in persian
    assert "There was no parking" in english


def test_the_history_tells_interviews_calls_notes_and_promises(desk, place, waiting, factories):
    entry = waiting()
    colleague = factories.operator([place.club])
    before = factories.rated_campaign(place.club, name="نظرسنجی بهار")
    factories.interview(before, member_of(entry), utcnow() - timedelta(days=90), word="قهوه سرد بود", quality=2)
    old = factories.entry(
        factories.campaign(place.club, name="نظرسنجی تابستان"),
        member_of(entry),
        note="صبح‌ها سر کلاس است",
        callback_missed_at=utcnow() - timedelta(days=9),
    )
    factories.call(old, colleague, disposition="2.11", note="عجله داشت")
    factories.call(old, colleague, member_dialled_at=None, note="هیچ‌جا زنگ نخورد")
    stranger = factories.member(place.club)
    factories.call(factories.entry(place.campaign, stranger), colleague, note="از کس دیگر")
    desk.act("ready")

    page = desk.client.get(f"/desk/history?entry_id={entry.id}").text

    for said in ("قهوه سرد بود", "صبح‌ها سر کلاس است", "عجله داشت", colleague.name, "نظرسنجی تابستان", "انجام نشد"):
        assert said in page
    assert "هیچ‌جا زنگ نخورد" not in page
    assert "از کس دیگر" not in page


def test_the_history_is_for_whoever_has_the_member(desk, waiting):
    held, other = waiting(), waiting()
    desk.act("ready")

    answers = [desk.client.get(f"/desk/history?entry_id={one}") for one in (held.id, other.id, "x")]

    assert [answer.status_code for answer in answers] == [200, 409, 409]


def test_of_a_new_member_nothing_was_before(desk, waiting):
    entry = waiting()
    desk.act("ready")

    page = desk.client.get(f"/desk/history?entry_id={entry.id}").text

    assert "<article>" not in page
    assert "کسی پیش‌تر تماس نگرفته است" in page
