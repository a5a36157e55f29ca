"""What the editor sends: the form that is open and, maybe, a button of it. Each answer is the editor's new parts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from flask import Blueprint
from flask import jsonify
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue

from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.database import db
from config.languages import LANGUAGES
from config.refusals import wants_json
from config.text import clean_text
from surveys.authoring import acting
from surveys.authoring import drafts
from surveys.authoring import editing
from surveys.authoring import form
from surveys.authoring import showing
from surveys.authoring import starting
from surveys.authoring.errors import ChangedMeanwhileError
from surveys.authoring.views import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from surveys.authoring.acting import Open
    from surveys.authoring.drafts import Wording
    from surveys.questionnaires.document import Questionnaire

# As long as the names that pages give their requests.
LONGEST_PRESS = 40
# Its pages belong to the surveys in the bar.
bp = Blueprint("survey_editor", __name__, url_prefix="/surveys/versions/<int:version_id>")


@bp.get("/parts")
@roles_required(*WRITERS)
def parts(version_id: int) -> ResponseReturnValue:
    """The parts of the editor with something else open."""
    version = drafts.wording(current_club_id(), version_id)
    return _parts(version, showing.opened(version.questionnaire, request.args))


@bp.post("/survey")
@roles_required(*WRITERS)
def save_survey(version_id: int) -> ResponseReturnValue:
    """The survey's name, its languages, and when an early end is partial or complete."""

    def change(before: Questionnaire) -> Questionnaire:
        after = _survey_from_form(before)
        drafts.ensure_same(before, _seen(), after)
        return after

    return _save(version_id, acting.SURVEY, change)


@bp.post("/sections/<code>")
@roles_required(*WRITERS)
def save_section(version_id: int, code: str) -> ResponseReturnValue:
    """A section's name, what it is about, and the order of its questions."""

    def change(before: Questionnaire) -> Questionnaire:
        title = form.texts(request.form, "title", before.languages, form.LONGEST_TITLE)
        dimension, is_shuffled = form.dimension_from(request.form), request.form.get("is_shuffled") == "1"
        after = editing.name_section(before, code, title, dimension, is_shuffled=is_shuffled)
        drafts.ensure_same(editing.section_of(before, code), _seen(), editing.section_of(after, code))
        return after

    return _save(version_id, ("section", code), change)


@bp.post("/questions/<code>")
@roles_required(*WRITERS)
def save_question(version_id: int, code: str) -> ResponseReturnValue:
    """A question with all its parts; its button gives it another code."""
    wrong: dict[str, str] = {}
    name = clean_text(request.form.get("code", "")) if _button() == "code" else code

    def change(before: Questionnaire) -> Questionnaire:
        there = editing.question_of(before, code)
        question, typed = form.question_from(request.form, there, before)
        wrong.update(typed)
        drafts.ensure_same(there, _seen(), question)
        if not editing.may_be_called(before, code, name):
            wrong["code"] = name
        return editing.put(before, code, question)

    return _save(version_id, ("question", code), change, wrong, argument=name)


def _seen() -> str:
    return request.form.get("seen", "")


def _button() -> str:
    return request.form.get("do", "")


def _survey_from_form(questionnaire: Questionnaire) -> Questionnaire:
    title = form.texts(request.form, "title", questionnaire.languages, form.LONGEST_TITLE)
    changed = replace(form.with_thresholds(request.form, questionnaire), title=title or questionnaire.title)
    chosen = tuple(code for code in LANGUAGES if code in request.form.getlist("languages"))
    # Words in a language that is taken out are thrown away: only its own button does that, no autosave.
    return starting.in_languages(changed, chosen) if chosen and _button() == "languages" else changed


def _save(
    version_id: int,
    open_: Open,
    change: Callable[[Questionnaire], Questionnaire],
    wrong: Mapping[str, str] | None = None,
    argument: str = "",
) -> ResponseReturnValue:
    """Change the draft, unless somebody else changed the same since it was opened; then do what the button says.

    `argument` is what was typed for a button that needs it.
    """
    do, press = _button(), request.form.get("request", "")[:LONGEST_PRESS]
    try:
        version, (kind, code) = drafts.edit(
            current_club_id(), version_id, lambda before: acting.act(change(before), open_, do, argument), press=press
        )
    except ChangedMeanwhileError as error:
        if not wants_json():
            raise
        db.session.rollback()
        return jsonify(error=error.code), error.status
    db.session.commit()
    # What a press opened that came before may be gone since.
    return _parts(version, showing.opened(version.questionnaire, {kind: code}), wrong)


def _parts(version: Wording, open_: Open, wrong: Mapping[str, str] | None = None) -> ResponseReturnValue:
    kind, code = open_
    asked: dict[str, Any] = {kind: code} if code else {}
    address = url_for("surveys.show", version_id=version.id, **asked)
    if not wants_json():
        return redirect(address)
    shown = showing.parts(version, version.questionnaire, open_, wrong)
    return jsonify(
        url=address,
        open=f"{kind}:{code}",
        outline=render_template("surveys/_outline.html", **shown),
        form=render_template("surveys/_form.html", **shown),
        title=render_template("surveys/_title.html", **shown),
    )
