"""Surveys from spreadsheets and to them: the upload with what is against a form, and the download of a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint
from flask import Response
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.database import db
from config.database import utcnow
from surveys.authoring import drafts
from surveys.authoring import listing
from surveys.authoring.errors import DraftThereError
from surveys.authoring.views import READERS
from surveys.authoring.views import WRITERS
from surveys.questionnaires.errors import QuestionnaireError
from surveys.questionnaires.xlsform import file
from surveys.questionnaires.xlsform.findings import RefusedFormError
from surveys.questionnaires.xlsform.sheets import LARGEST
from surveys.questionnaires.xlsform.sheets import MEGABYTE
from surveys.questionnaires.xlsform.sheets import SUFFIXES
from surveys.questionnaires.xlsform.writing import workbook_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.authoring.listing import ListedSurvey
    from surveys.questionnaires.document import Questionnaire
    from surveys.questionnaires.xlsform.findings import Finding

bp = Blueprint("survey_xlsform", __name__, url_prefix="/surveys")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/xlsform")
@roles_required(*WRITERS)
def choose() -> ResponseReturnValue:
    """Where a file is given."""
    return _page()


@bp.post("/xlsform")
@roles_required(*WRITERS)
def upload() -> ResponseReturnValue:
    """Take a workbook as a draft, perhaps unfinished; or show every reason against it."""
    given = request.files.get("file")
    if given is None or not given.filename:
        return _page(error=_("Choose a file first.")), 422
    # No transaction waits while a stranger's file is read.
    club_id = current_club_id()
    db.session.commit()
    try:
        # One byte more than is allowed is enough to refuse the file.
        form = file.read(given.stream.read(LARGEST * MEGABYTE + 1), given.filename)
    except RefusedFormError as error:
        return _page(refused=error.findings, name=given.filename), 422
    survey = _wanted(listing.surveys(club_id))
    try:
        version_id = _draft(club_id, survey, form.questionnaire)
    except DraftThereError as error:
        db.session.rollback()
        sentence = _(
            "%(survey)s has a draft already. Publish it or throw it away first.", survey=survey and survey.name
        )
        return _page(error=sentence), error.status
    db.session.commit()
    if form.remarks:
        return _page(remarks=form.remarks, name=given.filename, version_id=version_id)
    return redirect(url_for("survey_life.check", version_id=version_id))


@bp.get("/versions/<int:version_id>/xlsform")
@roles_required(*READERS)
def download(version_id: int) -> ResponseReturnValue:
    """The version as a workbook; a draft that cannot be asked yet is shown its check instead."""
    wording = drafts.wording(current_club_id(), version_id)
    slug = next(survey.slug for survey in listing.surveys(current_club_id()) if survey.id == wording.survey_id)
    try:
        data = workbook_of(wording.questionnaire, slug=slug, version=wording.number)
    except QuestionnaireError:
        flash(_("Only a finished survey can be written as an XLSForm. This is still to be mended."), "error")
        return redirect(url_for("survey_life.check", version_id=version_id))
    headers = {"Content-Disposition": f'attachment; filename="{slug}-{wording.number}.xlsx"'}
    return Response(data, mimetype=XLSX, headers=headers)


def _wanted(surveys: Sequence[ListedSurvey]) -> ListedSurvey | None:
    """The survey of which the file is the next version; None for a new one."""
    return next((survey for survey in surveys if str(survey.id) == request.form.get("survey")), None)


def _draft(club_id: int, survey: ListedSurvey | None, questionnaire: Questionnaire) -> int:
    if survey is None:
        return drafts.begin(club_id, questionnaire, now=utcnow())
    return drafts.begin_next(club_id, survey.id, questionnaire, now=utcnow())


def _page(
    *,
    refused: Sequence[Finding] = (),
    remarks: Sequence[Finding] = (),
    error: str = "",
    name: str = "",
    version_id: int | None = None,
) -> str:
    return render_template(
        "surveys/xlsform.html",
        surveys=listing.surveys(current_club_id()),
        chosen=request.form.get("survey", ""),
        suffixes=SUFFIXES,
        refused=refused,
        remarks=remarks,
        error=error,
        name=name,
        version_id=version_id,
    )
