import csv
import io
import re
from datetime import timedelta

import pytest

from config.accounts.models import Role
from config.database import utcnow

RATINGS = [5, 4, 4, 2, 1, 5, 3, "dont_know", "refused", 4]


@pytest.fixture
def branches(factories, club):
    return [factories.branch(club, name=name) for name in ("ونک", "تجریش")]


@pytest.fixture
def campaign(factories, club, branches):
    return factories.rated_campaign(club)


@pytest.fixture
def manager(factories, club, client, sign_in):
    person = factories.user(Role.MANAGER, [club], language="en")
    sign_in(client, person)
    return person


@pytest.fixture(autouse=True)
def noise(factories):
    """Another club with interviews, words and a branch of its own."""
    other = factories.club()
    campaign = factories.rated_campaign(other)
    branch = factories.branch(other, name="شعبه‌ی دیگران")
    for _ in range(6):
        member = factories.member(other, branch_id=branch.id)
        factories.interview(campaign, member, utcnow(), word="حرف دیگران", service=5)
    return branch


def interviewed(factories, club, campaign, branch, ratings, *, days_ago=1, word=None):
    for rating in ratings:
        member = factories.member(club, branch_id=branch.id)
        factories.interview(campaign, member, utcnow() - timedelta(days=days_ago), word=word, service=rating)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


@pytest.mark.parametrize("path", ["/results", "/results/part", "/results.csv"])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.MANAGER, 200),
        (Role.ADMINISTRATOR, 200),
        (Role.SUPERVISOR, 403),
        (Role.CLUB_STAFF, 403),
        (Role.OPERATOR, 403),
    ],
)
def test_only_managers_and_administrators_see_results(client, sign_in, factories, club, path, role, status):
    sign_in(client, factories.user(role, [club]))

    assert client.get(path).status_code == status


def test_the_numbers_are_a_plain_recount(client, manager, club, campaign, branches, factories):
    interviewed(factories, club, campaign, branches[0], RATINGS)

    rows = list(csv.reader(io.StringIO(client.get("/results.csv").data.decode("utf-8-sig"))))

    service = next(row for row in rows if row[2:4] == ["all", "Service"])
    given = [rating for rating in RATINGS if isinstance(rating, int)]
    assert service[4:6] == [str(len(given)), f"{sum(rating >= 4 for rating in given) / len(given) * 100:.1f}"]
    assert [int(cell) for cell in service[8:13]] == [given.count(rating) for rating in range(1, 6)]
    assert service[13:] == ["1", "1"]


def test_the_branches_add_up_to_the_whole(client, manager, club, campaign, branches, factories):
    interviewed(factories, club, campaign, branches[0], [5, 5, 4, 2, 2, 1])
    interviewed(factories, club, campaign, branches[1], [4, 4, 3, 3, 3])

    rows = list(csv.reader(io.StringIO(client.get("/results.csv").data.decode("utf-8-sig"))))

    service = {row[2]: [int(cell) for cell in row[8:13]] for row in rows if row[3] == "Service"}
    assert service["all"] == [sum(pair) for pair in zip(service["ونک"], service["تجریش"], strict=True)]


def test_a_group_under_five_is_not_shown(client, manager, club, campaign, branches, factories):
    interviewed(factories, club, campaign, branches[0], [5, 5, 4, 2, 2, 1])
    interviewed(factories, club, campaign, branches[1], [1, 1, 1, 1])

    rows = list(csv.reader(io.StringIO(client.get("/results.csv").data.decode("utf-8-sig"))))

    assert next(row for row in rows if row[2:4] == ["تجریش", "Service"])[4:] == ["4"]
    assert "fewer than 5 answers" in text_of(client.get("/results"))


def test_a_cell_is_no_formula(client, manager, club, campaign, branches, factories):
    evil = factories.branch(club, name='=HYPERLINK("x")')
    interviewed(factories, club, campaign, evil, [5] * 5)

    assert "'=HYPERLINK" in client.get("/results.csv").data.decode("utf-8-sig")


def test_the_page_shows_the_words_without_the_people(client, manager, club, campaign, branches, factories):
    member = factories.member(club, branch_id=branches[0].id, first_name="سارا", last_name="یگانه")
    said = "میز کثیف بود، ۰۹۱۲۳۴۵۶۷۸۹"
    factories.interview(campaign, member, utcnow(), word=said, overall=2)

    shown = text_of(client.get("/results"))

    assert "میز کثیف بود، •••" in shown
    assert "2 of 5" in shown
    assert "یگانه" not in shown


def test_nothing_of_another_club_is_shown(client, manager, club, campaign, branches, factories, noise):
    interviewed(factories, club, campaign, branches[0], [5])

    for path in ("/results", "/results/part", "/results.csv"):
        shown = client.get(path, query_string={"branch": noise.id}).get_data(as_text=True)
        assert "دیگران" not in shown
    assert "There is no such branch in this club" in text_of(client.get(f"/results?branch={noise.id}"))


def test_a_branch_narrows_the_page(client, manager, club, campaign, branches, factories):
    interviewed(factories, club, campaign, branches[0], [5] * 6, word="از ونک")
    interviewed(factories, club, campaign, branches[1], [1] * 7, word="از تجریش")

    shown = text_of(client.get(f"/results?branch={branches[0].id}"))

    assert "6 of the 6 members we called answered to the end." in shown
    assert "از ونک" in shown
    assert "از تجریش" not in shown


def test_a_period_leaves_the_rest_out(client, manager, club, campaign, branches, factories):
    interviewed(factories, club, campaign, branches[0], [5] * 6, days_ago=2)
    interviewed(factories, club, campaign, branches[0], [1] * 5, days_ago=45)

    assert "6 of the 6 members" in text_of(client.get("/results"))
    assert "11 of the 11 members" in text_of(client.get("/results?period=90d"))


def test_a_clear_change_is_said_first(client, manager, club, campaign, branches, factories):
    interviewed(factories, club, campaign, branches[0], [5] * 36 + [2] * 4)
    interviewed(factories, club, campaign, branches[0], [5] * 16 + [2] * 24, days_ago=40)

    assert "Satisfaction with service rose from 40% to 90%." in text_of(client.get("/results"))


def test_an_empty_page_teaches(client, manager):
    shown = text_of(client.get("/results"))

    assert "No answers in this period yet" in shown
    assert "Nobody was called in this period." in shown


def test_a_bad_date_is_told_and_kept_out(client, manager):
    response = client.get("/results?period=custom&from=<script>&to=1404/99/99")

    assert response.status_code == 200
    assert "No such day" in text_of(response)
    assert "<script>&" not in response.get_data(as_text=True)


def test_a_persian_page_is_persian(client, sign_in, factories, club, campaign, branches):
    sign_in(client, factories.user(Role.MANAGER, [club], language="fa"))
    interviewed(factories, club, campaign, branches[0], [5] * 6)

    page = client.get("/results").get_data(as_text=True)

    assert '<html lang="fa" dir="rtl">' in page
    assert "از ۶ عضوی که به آن‌ها زنگ زدیم، ۶ نفر تا پایان پاسخ دادند." in page


def test_the_page_has_no_style_of_its_own(client, manager, club, campaign, branches, factories):
    interviewed(factories, club, campaign, branches[0], RATINGS)
    interviewed(factories, club, campaign, branches[1], RATINGS, days_ago=9)

    page = client.get("/results").get_data(as_text=True)

    assert 'id="trend-figure"' in page
    assert " style=" not in page
    assert " onclick=" not in page


def test_the_chart_s_figure_cannot_end_its_script(client, manager, club, campaign, branches, factories):
    interviewed(factories, club, campaign, branches[0], RATINGS)
    interviewed(factories, club, campaign, branches[0], RATINGS, days_ago=9)

    page = client.get("/results").get_data(as_text=True)
    figure = page.split('id="trend-figure">')[1].split("</script>")[0]

    assert "<" not in figure
    assert '"--service/' in figure
