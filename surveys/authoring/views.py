"""The list of surveys, how one is begun, and the page of one version: written while a draft, read after that."""

from __future__ import annotations

from flask import Blueprint
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.languages import LANGUAGES
from config.text import clean_text
from surveys.authoring import drafts
from surveys.authoring import listing
from surveys.authoring import sentences
from surveys.authoring import showing
from surveys.authoring import starting
from surveys.authoring import wording
from surveys.authoring.form import LONGEST_TITLE
from surveys.questionnaires import library
from surveys.questionnaires.texts import placeholders_in

bp = Blueprint("surveys", __name__, url_prefix="/surveys")
WRITERS = (Role.MANAGER, Role.ADMINISTRATOR)
READERS = (*WRITERS, Role.SUPERVISOR)


def may_write() -> bool:
    """Whether the signed-in person writes surveys; others read them."""
    return signed_in_user().role in WRITERS


@bp.get("")
@roles_required(*READERS)
def index() -> ResponseReturnValue:
    """All surveys of the club with their versions."""
    return _index({})


@bp.post("")
@roles_required(*WRITERS)
def begin() -> ResponseReturnValue:
    """A new survey, blank or from a ready-made one."""
    title = clean_text(request.form.get("title", ""))
    languages = tuple(code for code in LANGUAGES if code in request.form.getlist("languages"))
    errors = {}
    if not 0 < len(title) <= LONGEST_TITLE:
        errors["title"] = _("Give the survey a name of at most 200 characters.")
    if not languages:
        errors["languages"] = _("Choose at least one language.")
    if errors:
        return _index(errors), 422
    slug = request.form.get("from", "")
    questionnaire = starting.ready(slug, title, languages) if slug else starting.blank(title, languages)
    version_id = drafts.begin(current_club_id(), questionnaire, now=utcnow())
    db.session.commit()
    return redirect(url_for("surveys.show", version_id=version_id))


@bp.get("/versions/<int:version_id>")
@roles_required(*READERS)
def show(version_id: int) -> ResponseReturnValue:
    """The editor of a draft; of a published version its words."""
    version = drafts.wording(current_club_id(), version_id)
    if version.is_draft and may_write():
        open_ = showing.opened(version.questionnaire, request.args)
        return render_template("surveys/editor.html", **showing.parts(version, version.questionnaire, open_))
    return render_template(
        "surveys/show.html",
        wording=version,
        questionnaire=version.questionnaire,
        state=wording.STATES[version.state],
        kinds=wording.KINDS,
        dimensions=wording.DIMENSIONS,
        sentence=sentences.of_rule,
        value_named=sentences.value_named,
        may_write=may_write(),
        has_places=any(
            placeholders_in(text)
            for section in version.questionnaire.sections
            for question in section.questions
            for text in question.text.values()
        ),
    )


def _index(errors: dict[str, str]) -> str:
    return render_template(
        "surveys/index.html",
        surveys=listing.surveys(current_club_id()),
        states=wording.STATES,
        ready=[(slug, library.load(slug)) for slug in library.slugs()],
        short=sentences.short,
        errors=errors,
        form=request.form,
        may_write=may_write(),
    )
