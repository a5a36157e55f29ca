from __future__ import annotations

import io

from club.members.importing import jobs
from club.members.models import Member
from config.accounts.access import Role
from config.database import db
from config.database import utcnow
from config.jobs import runs
from config.jobs.models import JobRun
from config.jobs.models import JobState
from config.jobs.queueing import queue_named

FILE = b"phone,first_name\n09121234567,Sara\n12,=cmd()\n"


def upload(client, content=FILE, name="اعضا.csv"):
    answer = client.post("/members/import", data={"file": (io.BytesIO(content), name)})
    return int(answer.location.rpartition("/")[2])


def test_an_upload_becomes_a_run_and_a_job_and_leads_to_its_page(staff):
    run_id = upload(staff)

    page = staff.get(f"/jobs/{run_id}").text

    assert f'data-topic="job:{run_id}"' in page
    assert [list(job.args) for job in queue_named("imports").jobs] == [[run_id]]
    assert "اعضا.csv" in staff.get("/members/import").text


def test_the_finished_run_reports_and_gives_the_rejected_lines(app, staff, club):
    run_id = upload(staff)
    db.session.commit()

    jobs.import_members(run_id)

    page = staff.get(f"/jobs/{run_id}").text
    assert "Members added" in page
    assert "is not a valid phone number" in page
    assert not jobs.upload_path(run_id).exists()
    rejected = staff.get(f"/members/import/{run_id}/rejected.csv")
    assert rejected.mimetype == "text/csv"
    assert rejected.text.splitlines()[1] == "12,'=cmd(),3,phone,is not a valid phone number"
    assert db.session.query(Member).filter_by(club_id=club.id).count() == 1


def test_a_refused_file_says_why_and_changes_nothing(staff, club):
    run_id = upload(staff, "city,نام\nTehran,Sara\n".encode())
    db.session.commit()

    jobs.import_members(run_id)

    page = staff.get(f"/jobs/{run_id}").text
    assert "The first line names no column for: phone number." in page
    assert db.session.get(JobRun, run_id).state is JobState.FAILED
    assert staff.get(f"/members/import/{run_id}/rejected.csv").status_code == 404


def test_a_finished_run_that_is_queued_again_does_nothing(staff, club):
    run_id = upload(staff)
    db.session.commit()
    jobs.import_members(run_id)
    finished_at = db.session.get(JobRun, run_id).finished_at

    jobs.import_members(run_id)

    assert db.session.get(JobRun, run_id).finished_at == finished_at
    assert db.session.get(JobRun, run_id).state is JobState.DONE


def test_progress_is_told_while_it_runs(staff, monkeypatch):
    run_id = upload(staff)
    db.session.commit()
    told = []
    monkeypatch.setattr(jobs.runs, "tell_progress", lambda *progress: told.append(progress))

    jobs.import_members(run_id)

    assert told[-1][0] == run_id
    assert told[-1][1] <= told[-1][2]


def test_an_import_that_never_reached_a_worker_is_queued_again(app, staff, club):
    run_id = upload(staff)
    app.extensions["hamseda_redis"].flushall()
    run = db.session.get(JobRun, run_id)
    run.created_at -= jobs.WAITS_TOO_LONG
    db.session.commit()

    jobs.requeue_waiting()

    assert [list(job.args) for job in queue_named("imports").jobs] == [[run_id]]


def test_no_file_is_said_at_the_field(staff):
    answer = staff.post("/members/import", data={})

    assert answer.status_code == 422
    assert "Choose a file first." in answer.text


def test_another_clubs_run_is_not_there(staff, factories, sign_in):
    run_id = upload(staff)
    db.session.commit()
    jobs.import_members(run_id)
    sign_in(staff, factories.user(Role.CLUB_STAFF, [factories.club()]))

    assert staff.get(f"/jobs/{run_id}").status_code == 404
    assert staff.get(f"/members/import/{run_id}/rejected.csv").status_code == 404


def test_a_manager_may_not_import(client, factories, sign_in, club):
    sign_in(client, factories.user(Role.MANAGER, [club]))

    assert client.get("/members/import").status_code == 403
    assert client.post("/members/import").status_code == 403


def test_an_import_that_broke_down_says_so(staff):
    run_id = upload(staff)
    runs.fail(run_id, error=runs.CRASHED, now=utcnow())
    db.session.commit()

    assert "Something went wrong on our side" in staff.get(f"/jobs/{run_id}").text
