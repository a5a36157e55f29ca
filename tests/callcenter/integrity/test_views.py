import pytest
from sqlalchemy import select

from callcenter.integrity import queries
from callcenter.integrity import thresholds
from callcenter.integrity.models import FlaggedInterview
from callcenter.integrity.models import IntegrityFlag
from callcenter.integrity.queries import Standing
from callcenter.integrity.scoring import FlagKind
from callcenter.integrity.scoring import Thresholds
from club.credit import queries as credit
from config import paging
from config.database import db
from config.database import utcnow
from tests.callcenter.integrity.conftest import AMOUNT

LEFT_OUT = "۱ گفت‌وگو پس از بررسی کنار گذاشته شد"
COLUMNS = [column.key for column in FlaggedInterview.__table__.columns]

NARROWED = {
    "?standing=pending&kind=off_call": True,
    "?kind=straight": False,
    "?standing=rejected": False,
    "?standing=all": True,
    "?standing=nonsense&kind=nonsense": True,
    "?operator=987654": False,
    "?campaign=987654": False,
}
REFUSED = [
    ({"verdict": "rejected", "seen": "0"}, 422),
    ({"verdict": "perhaps", "seen": "0"}, 422),
    ({"verdict": "accepted", "seen": "7", "reason": "چرا"}, 409),
    ({}, 422),
]


@pytest.fixture
def page(client, sign_in, place):
    """What a person of the club sees."""

    def look(path, who=None):
        sign_in(client, who or place.supervisor)
        return client.get(path).get_data(as_text=True)

    return look


def post(client, made, **form):
    return client.post(f"/integrity/{made.id}", data=form)


def test_without_flagged_interviews_the_page_says_what_comes_here(page):
    assert "چیزی برای بررسی نیست" in page("/integrity")
    assert "گفت‌وگویی پیدا نشد" in page("/integrity?kind=straight")


def test_the_list_names_reason_operator_and_campaign(page, place, interview):
    made = interview()

    seen = page("/integrity")

    assert f"/interviews/{made.id}" in seen
    assert place.operator.name in seen
    assert place.campaign.name in seen
    assert "هیچ تماسی برقرار نبود" in seen


def test_the_list_is_narrowed(page, interview):
    made = interview()

    for address, is_there in NARROWED.items():
        assert (f"/interviews/{made.id}" in page(f"/integrity{address}")) is is_there, address


def test_many_are_shown_page_by_page(page, place, interview):
    made = interview()
    first = db.session.scalars(select(FlaggedInterview)).one()
    for number in range(paging.PAGE_SIZE):
        columns = {name: getattr(first, name) for name in COLUMNS if name != "id"}
        row = FlaggedInterview(**{**columns, "response_id": 10_000 + number})
        db.session.add(row)
        db.session.flush()
        db.session.add(
            IntegrityFlag(
                club_id=place.club.id, flagged_id=row.id, kind=FlagKind.STRAIGHT,
                figures={"ratings": 12, "value": 3}, found_at=utcnow(),
            )
        )  # fmt: skip
    db.session.commit()

    seen = page("/integrity")
    older = queries.page(place.club.id, queries.Filters(Standing.PENDING)).following

    assert seen.count("همه‌ی ۱۲ امتیاز") == paging.PAGE_SIZE
    assert f"before={older}" in seen
    assert f"/interviews/{made.id}" in page(f"/integrity?before={older}")


def test_accepting_pays_and_says_so(client, page, place, interview):
    made = interview()
    assert "در انتظار تصمیم" in page(f"/interviews/{made.id}")

    answer = post(client, made, verdict="accepted", seen=0)

    assert answer.location == f"/interviews/{made.id}"
    assert "پرداخت شده" in page(f"/interviews/{made.id}")
    assert credit.balance(place.club.id, made.member.id) == AMOUNT


def test_a_rejection_is_seen_on_every_page(client, page, place, interview):
    made = interview()
    assert "پس از بررسی" in page(f"/members/{made.member.id}", place.manager)
    assert LEFT_OUT not in page("/results", place.manager)

    assert post(client, made, verdict="rejected", seen=0, reason="صدا خالی بود").status_code == 302

    assert "صدا خالی بود" in page(f"/interviews/{made.id}")
    assert "صدا خالی بود" in page(f"/members/{made.member.id}", place.manager)
    assert LEFT_OUT in page("/results", place.manager)


def test_a_decision_that_cannot_be_taken_changes_nothing(client, page, place, interview):
    made = interview()
    page("/integrity")

    assert [post(client, made, **form).status_code for form, _ in REFUSED] == [status for _, status in REFUSED]
    assert queries.is_held(made.id)


def test_another_clubs_interview_is_not_there(client, sign_in, interview, factories):
    made = interview()
    sign_in(client, factories.user("supervisor", [factories.club()]))

    assert post(client, made, verdict="accepted", seen=0).status_code == 404
    assert f"/interviews/{made.id}" not in client.get("/integrity").get_data(as_text=True)


def test_a_manager_sets_the_rules_and_a_supervisor_reads_them(client, page, place):
    form = dict.fromkeys(thresholds.NAMES, "۵")
    assert "disabled" in page("/integrity/rules")
    assert client.post("/integrity/rules", data=form).status_code == 403

    page("/integrity/rules", place.manager)
    assert client.post("/integrity/rules", data={**form, "median_percent": "91"}).status_code == 422
    assert client.post("/integrity/rules", data={**form, "talk_seconds": "-1"}).status_code == 422
    assert client.post("/integrity/rules", data=form).status_code == 302

    db.session.rollback()
    assert thresholds.of_club(place.club.id) == Thresholds(*[5] * len(thresholds.NAMES))


def test_the_pages_speak_english(client, page, place, interview):
    made = interview()
    for who in (place.supervisor, place.manager):
        who.language = "en"
    db.session.commit()

    assert "answers were written down while no call was up" in page(f"/interviews/{made.id}")
    assert "When an interview is looked at" in page("/integrity/rules")


def test_one_s_own_interview_is_for_somebody_else_to_decide(client, page, place, interview, factories):
    caller = factories.user("supervisor", [place.club])
    made = interview(operator=caller)

    shown = page(f"/interviews/{made.id}", caller)

    assert "تصمیمش با شخص دیگری است" in shown
    assert f'action="/integrity/{made.id}"' not in shown
    assert post(client, made, verdict="accepted", seen=0).status_code == 403
    assert queries.is_held(made.id)
