from __future__ import annotations

import pytest

from club.members.errors import MissingColumnsError
from club.members.errors import RepeatedColumnsError
from club.members.importing.columns import read_header
from club.members.importing.parsing import parse_row
from club.members.importing.report import Reason
from club.members.importing.report import Rejected

HEADER = [
    "external_id",
    "first_name",
    "last_name",
    "phone",
    "city",
    "branch",
    "tier",
    "birth_date",
    "joined_at",
    "gender",
    "consent_calls",
]
GOOD = {"first_name": "سارا", "phone": "09121234567"}


def parsed(**cells):
    return parse_row(7, [cells.get(name, "") for name in HEADER], read_header(HEADER))


def test_a_full_row_becomes_a_draft():
    draft = parsed(
        external_id=" C۱۲ ",
        first_name="  علي ",
        last_name="كــريمي",
        phone="۰۹۱۲ ۱۲۳ ۴۵۶۷",
        city="تهران",
        branch="ونک",
        tier="طلایی",
        birth_date="۱۳۵۷/۱۱/۲۲",
        joined_at="2020-03-20",
        gender="زن",
        consent_calls="بله",
    )

    assert (draft.line, draft.phone, draft.external_id) == (7, "+989121234567", "C12")
    assert draft.facts == {
        "first_name": "علی",
        "last_name": "کریمی",
        "city": "تهران",
        "branch": "ونک",
        "tier": "طلایی",
        "birth_date": "1979-02-11",
        "joined_at": "2020-03-20",
        "gender": "female",
        "consent_calls": True,
    }


@pytest.mark.parametrize(
    ("cells", "field", "reason"),
    [
        pytest.param({"phone": ""}, "phone", Reason.MISSING, id="no number"),
        pytest.param({"phone": "0912123"}, "phone", Reason.INVALID_PHONE, id="a short number"),
        pytest.param({"phone": "x", "birth_date": "x"}, "phone", Reason.INVALID_PHONE, id="the number comes first"),
        pytest.param({"birth_date": "1403/13/01"}, "birth_date", Reason.INVALID_DATE, id="no such month"),
        pytest.param(
            {"birth_date": "x", "joined_at": "x"}, "birth_date", Reason.INVALID_DATE, id="birth before joining"
        ),
        pytest.param({"joined_at": "x", "first_name": ""}, "joined_at", Reason.INVALID_DATE, id="joining before names"),
        pytest.param({"first_name": " \u200c "}, "first_name", Reason.MISSING, id="no name but an invisible one"),
        pytest.param({"last_name": "x" * 201}, "last_name", Reason.TOO_LONG, id="a long name"),
        pytest.param({"external_id": "x" * 65}, "external_id", Reason.TOO_LONG, id="a long external id"),
        pytest.param({"branch": "x" * 201}, "branch", Reason.TOO_LONG, id="a long branch"),
    ],
)
def test_the_first_fault_of_a_row_is_told(cells, field, reason):
    assert parsed(**{**GOOD, **cells}) == Rejected(7, field, reason)


@pytest.mark.parametrize(
    ("text", "agreed"),
    [("بله", True), ("1", True), ("۱", True), ("YES", True), ("", False), ("2", False), ("خیر", False)],
)
def test_only_a_plain_yes_is_consent(text, agreed):
    assert parsed(**GOOD, consent_calls=text).facts["consent_calls"] is agreed


def test_a_file_without_the_consent_column_tells_nothing_of_it():
    columns = read_header(["phone", "first_name"])

    assert "consent_calls" not in parse_row(2, ["09121234567", "سارا"], columns).facts


def test_empty_cells_tell_nothing():
    assert parsed(**GOOD, city=" ", gender="?").facts == {
        "first_name": "سارا",
        "last_name": "",
        "consent_calls": False,
    }


@pytest.mark.parametrize(
    ("text", "language"), [("فارسی", "fa"), ("English", "en"), ("انگليسي", "en"), ("fa", "fa"), ("آلمانی", None)]
)
def test_the_language_of_a_member_is_one_of_the_house(text, language):
    columns = read_header(["phone", "نام", "زبان"])

    assert parse_row(2, ["09121234567", "سارا", text], columns).facts.get("language") == language


def test_unknown_columns_are_kept_by_their_names():
    columns = read_header(["phone", "نام", "رنگ دلخواه", "", "rejected_reason"])

    draft = parse_row(2, ["09121234567", "سارا", " سبز\x00", "x", "why"], columns)

    assert draft.custom == {"رنگ دلخواه": "سبز", "column_4": "x"}


def test_a_cell_beyond_the_header_shows_a_shifted_row():
    columns = read_header(["phone", "first_name"])

    assert parse_row(2, ["09121234567", "سارا", "x"], columns) == Rejected(2, "line", Reason.TOO_MANY_CELLS)
    assert parse_row(2, ["09121234567", "سارا", " "], columns).phone == "+989121234567"


def test_text_that_looks_like_a_formula_stays_text():
    assert parsed(**GOOD, last_name='=HYPERLINK("x")').facts["last_name"] == '=HYPERLINK("x")'


@pytest.mark.parametrize("header", [["تلفن همراه", "نام"], ["PHONE", "Last Name"], ["موبايل", "نام‌خانوادگی"]])
def test_headers_are_known_in_every_spelling(header):
    assert set(read_header(header).fields) == {0, 1}


def test_missing_columns_are_named():
    with pytest.raises(MissingColumnsError, match="phone, first_name") as refusal:
        read_header(["شهر"])

    assert refusal.value.names == ("phone", "first_name")


def test_two_columns_for_one_thing_are_refused():
    with pytest.raises(RepeatedColumnsError, match="phone"):
        read_header(["phone", "نام", "موبایل"])
