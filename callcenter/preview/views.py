"""The preview of a survey: the desk's own question, worked like there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from flask import Blueprint
from flask import current_app
from flask import g
from flask import jsonify
from flask import render_template
from flask import request
from flask.typing import ResponseReturnValue

from callcenter.desk import limits
from callcenter.desk.parts import Step
from callcenter.desk.showing import LONG_TEXT
from callcenter.training import pretend
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.calendar import local
from config.database import utcnow
from config.languages import current_language
from surveys.authoring import drafts
from surveys.authoring import starting
from surveys.authoring import walking
from surveys.interviews.errors import InvalidAnswerError

if TYPE_CHECKING:
    from surveys.interviews.rehearsing import Rehearsal
    from surveys.questionnaires.document import Questionnaire

# Its page belongs to the surveys in the bar.
bp = Blueprint("survey_preview", __name__, url_prefix="/surveys/versions/<int:version_id>/preview")
READERS = (Role.MANAGER, Role.ADMINISTRATOR, Role.SUPERVISOR)


@bp.get("")
@roles_required(*READERS)
def show(version_id: int) -> ResponseReturnValue:
    """The survey at its beginning, or at the question that is asked for if it is on the way."""
    version = drafts.wording(current_club_id(), version_id)
    questionnaire = starting.with_stand_ins(version.questionnaire)
    shown = _shown(_new(questionnaire, request.args.get("question"))) if questionnaire.questions else {}
    return render_template("surveys/preview.html", wording=version, **shown)


@bp.post("")
@roles_required(*READERS)
def step(version_id: int) -> ResponseReturnValue:
    """The next step of a walk, after a button of the desk."""
    questionnaire = starting.with_stand_ins(drafts.wording(current_club_id(), version_id).questionnaire)
    walk = walking.from_page(request.form.get("walk", ""), _new(questionnaire))
    problem = ""
    if questionnaire.questions:
        today = local(utcnow(), current_app.config["TIME_ZONE"]).date()
        try:
            walk = walking.act(walk, request.form.get("do", ""), request.form, today=today)
        except InvalidAnswerError as error:
            problem = limits.refusal(error.question)
    shown = _shown(walk) if questionnaire.questions else {}
    return jsonify(walk=walking.for_page(walk), problem=problem, html=render_template("surveys/_step.html", **shown))


def _new(questionnaire: Questionnaire, cursor: str | None = None) -> Rehearsal:
    values = pretend.words(club=g.club.name, operator=signed_in_user().name)
    return walking.begin(questionnaire, current_language(), values, cursor)


def _shown(walk: Rehearsal) -> dict[str, Any]:
    screen = walk.screen()
    return {
        "desk": {"screen": screen, "step": None, "full_cell": None, "call": None},
        "Step": Step,
        "expected": limits.expected,
        "is_long": len(screen.text) > LONG_TEXT,
        "is_fragment": True,
        "walk": walking.for_page(walk),
    }
