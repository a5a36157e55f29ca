"""An operator's steps: the material to read, and the quiz."""

from __future__ import annotations

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from callcenter.training import families
from callcenter.training import learning
from callcenter.training import material
from callcenter.training import pretend
from callcenter.training import reading
from callcenter.training import rules
from callcenter.training.families import Family
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import current_club_ids
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.accounts.models import Club
from config.database import db
from config.database import utcnow
from config.errors import NotFoundError
from config.languages import current_language
from surveys.questionnaires import queries as surveys

bp = Blueprint("learning", __name__, url_prefix="/training/learn/<int:survey_id>")
READERS = (Role.OPERATOR, Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)


@bp.get("/material")
@roles_required(*READERS)
def read(survey_id: int) -> ResponseReturnValue:
    """What there is to read: the club's text, what always holds, and the survey itself."""
    club_id, family = own_family(survey_id)
    questionnaire = surveys.questionnaire_of(club_id, family.newest.id)
    language = questionnaire.language_for(current_language())
    values = pretend.words(club=db.session.get_one(Club, club_id).name, operator=signed_in_user().name)
    return render_template(
        "training/material.html",
        family=family,
        text=material.text_of(family)[current_language()],
        parts=reading.parts_of(questionnaire, language, values),
        spoken=language,
    )


@bp.post("/material")
@roles_required(Role.OPERATOR)
def have_read(survey_id: int) -> ResponseReturnValue:
    """The operator has read it."""
    club_id, _family = own_family(survey_id)
    learning.read(club_id, survey_id, signed_in_user().id, now=utcnow())
    db.session.commit()
    return redirect(url_for("training.index"))


@bp.get("/quiz")
@roles_required(Role.OPERATOR)
def quiz(survey_id: int) -> ResponseReturnValue:
    """The questions of the quiz."""
    club_id, family = own_family(survey_id)
    tries = learning.tries(survey_id, signed_in_user().id)
    return render_template(
        "training/quiz.html",
        family=family,
        questions=learning.quiz(survey_id, signed_in_user().id, tries=tries),
        tries=tries,
        needed=rules.of_club(club_id).quiz_percent,
    )


@bp.post("/quiz")
@roles_required(Role.OPERATOR)
def answer(survey_id: int) -> ResponseReturnValue:
    """Score the quiz; what was wrong is said, with the right answer."""
    (club_id, family), operator_id = own_family(survey_id), signed_in_user().id
    tries = min(request.form.get("tries", 0, type=int), learning.tries(survey_id, operator_id))
    questions = learning.quiz(survey_id, operator_id, tries=tries)
    chosen = {one.code: request.form.get(one.code, type=int) for one in questions}
    result = learning.answer_quiz(club_id, survey_id, operator_id, chosen, tries=tries, now=utcnow())
    db.session.commit()
    needed = rules.of_club(club_id).quiz_percent
    if result.percent >= needed:
        flash(_("Passed: %(percent)s percent are right.", percent=result.percent), "good")
    return render_template(
        "training/result.html",
        family=family,
        result=result,
        needed=needed,
        wrong=[one for one in questions if one.code in result.wrong],
        chosen=chosen,
    )


def own_family(survey_id: int) -> tuple[int, Family]:
    """The survey with its club, among those that the person works for. Raises NotFoundError."""
    clubs = current_club_ids() if signed_in_user().role is Role.OPERATOR else [current_club_id()]
    for club_id in clubs:
        try:
            return club_id, families.get(club_id, survey_id)
        except NotFoundError:
            continue
    raise NotFoundError(f"None of the clubs {clubs} has published a survey {survey_id}.")
