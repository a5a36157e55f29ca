"""What operators are taught: the text, the questions of the quiz, and the checklist of a trial interview."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from callcenter.operators import queries as operators
from callcenter.training import families
from callcenter.training import learning
from callcenter.training import material
from callcenter.training import wording
from callcenter.training.basics import BASICS
from callcenter.training.checklist import Item
from callcenter.training.checklist import Mark
from callcenter.training.quizzing import Asked
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.languages import LANGUAGES
from config.text import clean_text

bp = Blueprint("teaching", __name__, url_prefix="/training/surveys/<int:survey_id>")
TRAINERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)


@bp.get("/material")
@roles_required(*TRAINERS)
def show(survey_id: int) -> ResponseReturnValue:
    """The text and the questions."""
    return _page(survey_id, {})


@bp.post("/material")
@roles_required(*TRAINERS)
def write(survey_id: int) -> ResponseReturnValue:
    """Keep the text."""
    texts = {language: request.form.get(f"text_{language}", "") for language in LANGUAGES}
    return _done(
        survey_id,
        lambda: material.write(current_club_id(), survey_id, texts, user_id=signed_in_user().id, now=utcnow()),
        _("The text is saved."),
    )


@bp.post("/questions")
@roles_required(*TRAINERS)
def add(survey_id: int) -> ResponseReturnValue:
    """Another question for the quiz."""
    return _done(
        survey_id,
        lambda: material.add_question(current_club_id(), survey_id, _typed()),
        _("The question is in the quiz."),
    )


@bp.post("/questions/<int:question_id>")
@roles_required(*TRAINERS)
def use(survey_id: int, question_id: int) -> ResponseReturnValue:
    """Ask a question, or ask it no more."""
    is_used = request.form.get("is_used") == "1"
    return _done(
        survey_id,
        lambda: material.use_question(current_club_id(), survey_id, question_id, is_used=is_used),
        _("Saved."),
    )


@bp.get("/trial/<int:operator_id>")
@roles_required(*TRAINERS)
def trial(survey_id: int, operator_id: int) -> ResponseReturnValue:
    """The checklist of one operator's trial interview."""
    return _trial(survey_id, operator_id, {})


@bp.post("/trial/<int:operator_id>")
@roles_required(*TRAINERS)
def score(survey_id: int, operator_id: int) -> ResponseReturnValue:
    """Keep how the trial interview went."""
    typed = {item: request.form.get(item.value, "") for item in Item}
    names = {str(mark.value): mark for mark in Mark}
    if not set(typed.values()) <= set(names):
        return _trial(survey_id, operator_id, {"marks": str(wording.FIELDS["marks"])}), 422
    is_passed = learning.score_trial(
        current_club_id(),
        survey_id,
        operator_id,
        {item: names[value] for item, value in typed.items()},
        note=clean_text(request.form.get("note", ""))[: material.LONGEST_QUESTION],
        scored_by=signed_in_user().id,
        now=utcnow(),
    )
    db.session.commit()
    flash(_("The trial interview is passed.") if is_passed else _("Written down. The operator tries again."), "good")
    return redirect(url_for("training.course", survey_id=survey_id))


def _typed() -> Asked:
    """The question as typed: choices that are empty in both languages are left out."""
    form = request.form
    choices = []
    for place in range(material.MOST_CHOICES):
        texts = {language: clean_text(form.get(f"choice_{place}_{language}", "")) for language in LANGUAGES}
        if any(texts.values()):
            choices.append(texts)
    return Asked(
        "", {language: clean_text(form.get(f"question_{language}", "")) for language in LANGUAGES}, tuple(choices)
    )


def _done(survey_id: int, act: Callable[[], None], sentence: str) -> ResponseReturnValue:
    try:
        act()
    except InvalidInputError as error:
        db.session.rollback()
        return _page(survey_id, {error.field: str(wording.FIELDS[error.field])}), 422
    db.session.commit()
    flash(sentence, "good")
    return redirect(url_for("teaching.show", survey_id=survey_id))


def _page(survey_id: int, errors: Mapping[str, str]) -> str:
    family = families.get(current_club_id(), survey_id)
    return render_template(
        "training/teaching.html",
        family=family,
        texts=material.text_of(family),
        questions=material.own_questions(survey_id),
        basic_count=len(BASICS),
        places=range(material.MOST_CHOICES),
        errors=errors,
        form=request.form,
    )


def _trial(survey_id: int, operator_id: int, errors: Mapping[str, str]) -> str:
    return render_template(
        "training/trial.html",
        family=families.get(current_club_id(), survey_id),
        operator=operators.one_of_club(current_club_id(), operator_id),
        items=wording.ITEMS,
        marks=wording.MARKS,
        errors=errors,
        form=request.form,
    )
