from __future__ import annotations

import csv
import io
import tracemalloc

import pytest
from sqlalchemy import select

from club.members import importing
from club.members.errors import ImportRefusedError
from club.members.importing import Rejected
from club.members.importing import act
from club.members.importing import rejects
from club.members.importing.act import CHUNK_ROWS
from club.members.importing.report import Reason
from club.members.models import Member
from config.database import db
from config.database import utcnow


@pytest.fixture
def taken(club, tmp_path):
    """Import these lines and commit; gives the report."""
    club_id = club.id

    def import_lines(*lines, **options):
        path = tmp_path / "members.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        db.session.commit()
        report = importing.import_file(path, club_id, now=utcnow(), **options)
        db.session.commit()
        return report

    return import_lines


def member(phone):
    return db.session.scalar(select(Member).where(Member.phone == phone))


def test_a_later_row_frees_the_external_id_that_it_gives_up(taken):
    report = taken(
        "external_id,phone,first_name",
        "A,09991111111,سارا",
        "B,09991111111,سارا",
        "A,09992222222,علی",
    )

    assert (report.created, report.updated, report.rejected) == (2, 1, [])
    assert member("+989991111111").external_id == "B"
    assert member("+989992222222").external_id == "A"


def test_external_ids_may_change_hands_among_known_members(taken):
    taken("external_id,phone,first_name", "A,09991111111,سارا", "B,09992222222,علی")

    report = taken(
        "external_id,phone,first_name",
        "C,09991111111,سارا",
        "A,09992222222,علی",
        "B,09991111111,سارا",
    )

    assert (report.created, report.updated, report.rejected) == (0, 3, [])
    assert (member("+989991111111").external_id, member("+989992222222").external_id) == ("B", "A")


def test_an_external_id_of_another_number_is_refused(taken):
    taken("external_id,phone,first_name", "A,09991111111,سارا")

    report = taken("external_id,phone,first_name", "A,09992222222,علی")

    assert report.rejected == [Rejected(2, "external_id", Reason.TAKEN)]
    assert member("+989992222222") is None


def test_columns_that_the_file_lacks_and_empty_cells_leave_what_is_known(taken):
    taken("phone,first_name,last_name,city,consent_calls,رنگ", "09991111111,سارا,احمدی,تهران,بله,سبز")

    taken("phone,first_name,city,اندازه", "09991111111,زهرا,,۴۲")

    known = member("+989991111111")
    assert (known.first_name, known.last_name, known.city, known.consent_calls) == ("زهرا", "احمدی", "تهران", True)
    assert known.custom == {"رنگ": "سبز", "اندازه": "۴۲"}
    assert known.search_key.split() == ["زهرا", "احمدی"]


def test_a_row_that_tells_nothing_new_is_not_written(taken):
    taken("phone,first_name", "09991111111,سارا")
    before = member("+989991111111").updated_at

    taken("phone,first_name", "09991111111,سارا")

    assert member("+989991111111").updated_at == before


def test_a_refused_file_takes_nothing_and_leaves_no_transaction(taken):
    with pytest.raises(ImportRefusedError):
        taken("نام,شهر", "سارا,تهران")

    assert not db.session().in_transaction()


def test_progress_goes_up_to_the_whole(taken):
    told = []

    taken(
        "phone,first_name",
        *[f"0999{n:07},سارا" for n in range(2 * CHUNK_ROWS)],
        on_progress=lambda done, total: told.append((done, total)),
    )

    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1]


def test_rejects_come_as_a_harmless_file_that_can_be_mended_and_imported(taken, tmp_path):
    kept = tmp_path / "kept"
    taken("phone,first_name,last_name", '12,"=cmd()",x', "09991111111,سارا,y", rejects_path=kept)

    text = "".join(rejects.as_csv(kept, lambda reason: f"because {reason}"))

    header, row = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert header == ["phone", "first_name", "last_name", "rejected_line", "rejected_field", "rejected_reason"]
    assert row == ["12", "'=cmd()", "x", "2", "phone", "because invalid_phone"]
    mended = taken(*text.replace("12,", "09992222222,").splitlines())
    assert mended.created == 1
    assert member("+989992222222").custom == {}


def test_memory_stays_flat_over_a_long_file(club, tmp_path, monkeypatch):
    monkeypatch.setattr(act, "CHUNK_ROWS", 100)

    def peak(rows):
        path = tmp_path / f"{rows}.csv"
        path.write_text("phone,first_name\n" + "".join(f"0999{n:07},سارا\n" for n in range(rows)), encoding="utf-8")
        tracemalloc.start()
        importing.import_file(path, club.id, now=utcnow())
        db.session.rollback()
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(100)

    assert peak(2000) < 1.5 * peak(200)
