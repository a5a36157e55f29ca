"""The practice desk: the question screen of the real one, beside it what the simulated member says and does."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping

from flask import Blueprint
from flask import flash
from flask import jsonify
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from callcenter.desk import limits
from callcenter.desk import wording as desk_words
from callcenter.desk.parts import Step
from callcenter.desk.showing import LONG_TEXT
from callcenter.training import families
from callcenter.training import practising
from callcenter.training import wording
from callcenter.training.learning_views import own_family
from callcenter.training.personas import MANNERS
from callcenter.training.practising import Practice
from config.accounts.access import Role
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.errors import ConflictError
from config.errors import InvalidInputError
from config.errors import NotFoundError
from config.languages import current_language
from config.refusals import wants_json
from surveys.interviews.states import AnswerStatus

bp = Blueprint("practice", __name__, url_prefix="/training/practice")
ENDINGS = {"finish": False, "outcome/refusal": True}
REPLY_KEYS = ("J", "K", "U")


@bp.post("")
@roles_required(Role.OPERATOR)
def start() -> ResponseReturnValue:
    """Begin with one of the simulated members."""
    club_id, family = own_family(request.form.get("survey_id", 0, type=int))
    run_id = practising.start(
        club_id,
        family.survey_id,
        signed_in_user().id,
        persona=request.form.get("persona", ""),
        language=current_language(),
        now=utcnow(),
    )
    db.session.commit()
    return redirect(url_for("practice.show", run_id=run_id))


@bp.get("/<int:run_id>")
@roles_required(Role.OPERATOR)
def show(run_id: int) -> ResponseReturnValue:
    """The practice desk, or how it went."""
    practice = practising.get(signed_in_user().id, run_id)
    if practice.is_finished:
        score = practising.score(practice)
        return render_template(
            "training/practised.html",
            practice=practice,
            score=score,
            personas=wording.PERSONAS,
            needed=practising.PASS_PERCENT,
        )
    return render_template("training/practice.html", **_context(practice), parts=_parts(practice, is_fragment=False))


@bp.post("/<int:run_id>/<path:act>")
@roles_required(Role.OPERATOR)
def do(run_id: int, act: str) -> ResponseReturnValue:
    """What a key of the desk does, done to the practice."""
    operator_id = signed_in_user().id
    message = ""
    try:
        if act in ENDINGS:
            practising.finish(operator_id, run_id, is_refused=ENDINGS[act], now=utcnow())
        else:
            _act(operator_id, run_id, act)
        db.session.commit()
    except (ConflictError, InvalidInputError) as error:
        db.session.rollback()
        message = desk_words.refusal(error.code)
    practice = practising.get(operator_id, run_id)
    address = url_for("practice.show", run_id=run_id)
    # Whatever is pressed once more at the end leads to how it went.
    if practice.is_finished:
        return jsonify(leads_to=address) if wants_json() else redirect(address)
    if not wants_json():
        if message:
            flash(message, "error")
        return redirect(address)
    return jsonify(message=message, **_parts(practice, is_fragment=True))


def _act(operator_id: int, run_id: int, act: str) -> None:
    form = request.form
    question, value, status = form.get("question", ""), form.get("value", ""), form.get("status", AnswerStatus.ANSWERED)
    acts: Mapping[str, Callable[[], None]] = {
        "answer": lambda: practising.answer(
            operator_id, run_id, question=question, status=status, value=value, now=utcnow()
        ),
        "choose": lambda: practising.choose(operator_id, run_id, question=question, value=value, now=utcnow()),
        "next": lambda: practising.go_on(operator_id, run_id),
        "back": lambda: practising.go_back(operator_id, run_id),
        "go-to": lambda: practising.go_to(operator_id, run_id, question=question),
        "speak/fa": lambda: practising.speak(operator_id, run_id, language="fa"),
        "speak/en": lambda: practising.speak(operator_id, run_id, language="en"),
        "again": lambda: practising.ask_again(operator_id, run_id),
        "reply": lambda: practising.reply(operator_id, run_id, place=form.get("place", -1, type=int)),
    }
    if act not in acts:
        raise NotFoundError(f"Nothing is called {act!r} here.")
    acts[act]()


def _parts(practice: Practice, *, is_fragment: bool) -> dict[str, str]:
    context = {**_context(practice), "is_fragment": is_fragment}
    script = f"<div>{render_template('desk/_question.html', **context)}</div>"
    # The same question screen as at the desk, to the letter; only its forms go elsewhere.
    script = script.replace('action="/desk/', f'action="{url_for("practice.show", run_id=practice.id)}/')
    return {"script": Markup(script), "talk": Markup(render_template("training/_talk.html", **context))}  # noqa: S704 - rendered above


def _context(practice: Practice) -> dict[str, object]:
    screen = practice.rehearsal.screen()
    return {
        "practice": practice,
        "family": families.get(practice.club_id, practice.survey_id),
        "manner": MANNERS[practice.persona],
        "personas": wording.PERSONAS,
        "reply_keys": REPLY_KEYS,
        # What the question's template reads of a desk.
        "desk": {"screen": screen, "step": Step.INTERVIEW, "full_cell": None, "call": {"id": practice.id}},
        "Step": Step,
        "words": desk_words,
        "expected": limits.expected,
        "is_long": len(screen.text) > LONG_TEXT,
    }
