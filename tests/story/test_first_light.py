"""One club, one queue, calls with every ending, an answered survey, its credit, and who sees it afterwards."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from config.text import to_ascii_digits
from tests.story import desk
from tests.story.scene import bring_forward

pytestmark = [pytest.mark.alone, pytest.mark.story, pytest.mark.browser, pytest.mark.timeout(900)]

# Last digits of the members who are called first: busy, no answer, and five who answer and stay.
DIGITS = [2, 3, 0, 0, 7, 8, 9]
MOST_MEMBERS = 15
# How an answered call is ended by the operator, each once: a key, or a sheet that opens with a key and Enter.
ANSWERED = ["complete", "refusal", "wrong number", "call me later", "break-off"]
KEYS = {"refusal": "F3", "wrong number": "F4", "break-off": "F6"}
FROM_THE_LINE = {"busy", "no answer"}


def notices_in(house) -> list[dict]:
    path = house.home / "log" / "notices.log"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def complete(operator, house) -> str:
    """Lead an interview to its end, with a browser that dies in the middle; gives the member's name."""
    sent = len(notices_in(house))
    name = operator.text_of("#part-member h1")
    while operator.page.locator(".scale.five").count() == 0:
        desk.answer_step(operator)
    operator.keep_pictures("desk-question")
    desk.answer_step(operator, "5")
    before = desk.step(operator)

    operator.page.reload()
    expect(operator.page.locator(desk.SCRIPT)).to_be_visible()
    assert desk.step(operator) == before

    while not desk.is_closing(operator):
        desk.answer_step(operator)
    operator.keep_pictures("desk-closing")
    promised = operator.text_of(desk.SCRIPT)
    worth = operator.text_of("#part-call dl.facts dd").split()[0]
    assert worth in promised
    operator.press("Enter")
    desk.wait_for_outcome(operator)
    operator.keep_pictures("desk-complete")

    operator.wait_until(lambda: len(notices_in(house)) > sent)
    return name


def end_later(operator) -> None:
    operator.press("F2")
    sheet = operator.page.locator(".sheet:popover-open")
    expect(sheet).to_be_visible()
    operator.keep_pictures("desk-later")
    # The days come from the server when the sheet opens; the time it offers is possible.
    expect(sheet.locator("[data-picker]")).to_be_attached()
    sheet.locator("[name=time]").press("Enter")


def test_the_whole_main_job(house, person, language):
    manager = person("manager@demo")
    manager.open("/results")
    expect(manager.page.locator("#trend svg.main-svg").first).to_be_visible()
    manager.keep_pictures("results")
    measures = manager.page.locator("[data-part=measures]")
    before = measures.inner_text()

    operator = person("operator@demo")
    operator.keep_pictures("desk-off")
    bring_forward(house, DIGITS)
    open_endings, lines, member = list(ANSWERED), set(), None
    for _ in range(MOST_MEMBERS):
        digit = desk.take_next(operator)
        if len(open_endings) == len(ANSWERED) and not lines:
            operator.keep_pictures("desk-preview")
        desk.call(operator)
        if digit in desk.LINE_SPEAKS:
            desk.wait_for_outcome(operator)
            lines.add(desk.LINE_SPEAKS[digit])
            continue
        desk.wait_for_interview(operator)
        ending = open_endings.pop(0) if open_endings and digit != desk.HANGS_UP_SOON else "break-off"
        if ending == "complete":
            member = complete(operator, house)
            # The interview just finished is in the manager's figures within five seconds, without a reload.
            expect(measures).not_to_have_text(before, use_inner_text=True, timeout=5_000)
        elif ending == "call me later":
            end_later(operator)
        else:
            if ending == "break-off":
                desk.answer_step(operator)
            operator.press(KEYS[ending])
        desk.wait_for_outcome(operator)
        if not open_endings and lines >= FROM_THE_LINE:
            break
    assert open_endings == []
    assert lines >= FROM_THE_LINE
    assert operator.complaints == []
    assert manager.complaints == []

    staff = person("club@demo")
    staff.open("/members")
    staff.keep_pictures("members")
    staff.page.locator("[name=q]").fill(member.replace("ی", "ي").replace("ک", "ك"))
    staff.page.locator("[name=q]").press("Enter")
    staff.page.locator("main").get_by_role("link", name=member).first.click()
    expect(staff.page.locator("h1")).to_contain_text(member)
    staff.keep_pictures("member")
    assert staff.complaints == []


def test_another_clubs_people_see_nothing_of_the_first(house, person):
    other = person("manager@second")
    other.open("/results")

    assert "ترنج" not in other.text_of("body")

    staff = person("club@second")
    staff.open("/members?q=" + "احمدی")
    assert "سعادت‌آباد" not in staff.text_of("main")


def test_the_clubs_file_is_taken_with_a_report(house, person, tmp_path):
    staff = person("club@demo")
    file = tmp_path / "members.csv"
    file.write_text(
        "نام,نام خانوادگی,موبایل,رضایت تماس\nمينا,كريمي,۰۹۹۹۸۸۸۷۷۶۶,بله\nبی شماره,شماره,12,بله\n", encoding="utf-8-sig"
    )

    staff.open("/members/import")
    staff.keep_pictures("import")
    staff.page.locator("input[type=file]").set_input_files(file)
    staff.page.locator("main form button.go").click()
    staff.page.wait_for_url("**/jobs/*")
    with staff.page.expect_download() as download:
        staff.page.locator("main a.button.go").click()
    staff.keep_pictures("import-report")

    assert "بی شماره" in download.value.path().read_text(encoding="utf-8-sig")
    staff.open("/members?q=" + "مینا کریمی")
    assert "۷۷۶۶" in staff.text_of("main") or "7766" in to_ascii_digits(staff.text_of("main"))


@pytest.mark.parametrize(
    ("email", "path", "name"),
    [
        ("supervisor@demo", "/floor", "floor"),
        ("supervisor@demo", "/campaigns", "campaigns"),
        ("club@demo", "/offers", "offers"),
        ("admin@demo", "/accounts", "accounts"),
        ("manager@demo", "/me", "me"),
        ("manager@demo", "/nowhere", "not-found"),
    ],
)
def test_every_other_page_is_there(house, person, email, path, name):
    someone = person(email)

    someone.open(path)

    expect(someone.page.locator("h1").first).to_be_visible()
    someone.keep_pictures(name)
    assert [one for one in someone.complaints if "404" not in one] == []
