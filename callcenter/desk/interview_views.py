"""The forms of the interview on the desk: answers, moving, finishing.

With a script the answer is the middle of the desk as JSON, or, when an answer changed nothing else on the screen, that
answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Blueprint
from flask import jsonify
from flask import redirect
from flask import request
from flask import url_for

from callcenter.desk import acting
from callcenter.desk import interview
from callcenter.desk import presence
from callcenter.desk import showing
from callcenter.desk import standing
from callcenter.desk.replying import CALLERS
from callcenter.desk.replying import done
from callcenter.desk.replying import number
from config.accounts.access import current_club_ids
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.languages import current_language
from config.refusals import wants_json
from surveys.interviews import queries as interviews
from surveys.interviews.states import AnswerStatus

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from callcenter.desk.standing import Standing
    from surveys.interviews.keeping import Kept
    from surveys.interviews.screens import Screen

_REQUEST = re.compile(r"[0-9a-f]{8,40}")

# A part of the desk's own blueprint: who is here and how a refusal is said is settled there.
bp = Blueprint("interview", __name__)
# At every key the desk says by itself that it is there; at every step the view does.
SAID_BY_DESK = frozenset({"desk.interview.answer", "desk.interview.choose"})
SAID_BY_VIEW = frozenset({"desk.interview.go_on", "desk.interview.go_back", "desk.interview.go_to"})


@bp.post("/begin")
@roles_required(*CALLERS)
def begin() -> ResponseReturnValue:
    """Open the interview of the answered call."""
    user = signed_in_user()
    acting.begin(user.id, call_id=number("call_id"), operator_name=user.name, language=current_language(), now=utcnow())
    return done()


@bp.post("/answer")
@roles_required(*CALLERS)
def answer() -> ResponseReturnValue:
    """Keep an answer; `value` is the answer itself, `status` says why there is none."""
    status = request.form.get("status", AnswerStatus.ANSWERED)
    if status not in set(AnswerStatus):
        raise InvalidInputError("status", f"{status!r} is not a status of an answer")
    kept = interview.answer(
        signed_in_user().id,
        number("response_id"),
        club_ids=current_club_ids(),
        question=request.form.get("question", ""),
        status=status,
        value=request.form.get("value") if status == AnswerStatus.ANSWERED else None,
        request=_name_of_request(),
        now=utcnow(),
    )
    return _answered(kept)


@bp.post("/choose")
@roles_required(*CALLERS)
def choose() -> ResponseReturnValue:
    """Add or take away one of many choices."""
    kept = interview.choose(
        signed_in_user().id,
        number("response_id"),
        club_ids=current_club_ids(),
        question=request.form.get("question", ""),
        value=request.form.get("value", ""),
        request=_name_of_request(),
        now=utcnow(),
    )
    return _answered(kept)


@bp.post("/next")
@roles_required(*CALLERS)
def go_on() -> ResponseReturnValue:
    """To the next step of the interview."""
    stands = presence.arrive(signed_in_user().id, is_at_work=True, now=utcnow())
    screen = interview.go_on(
        stands.operator.id,
        number("response_id"),
        club_ids=current_club_ids(),
        question=request.form.get("question", ""),
        now=utcnow(),
    )
    return _moved(stands, screen)


@bp.post("/back")
@roles_required(*CALLERS)
def go_back() -> ResponseReturnValue:
    """To the step before."""
    stands = presence.arrive(signed_in_user().id, is_at_work=True, now=utcnow())
    screen = interview.go_back(
        stands.operator.id,
        number("response_id"),
        club_ids=current_club_ids(),
        question=request.form.get("question", ""),
        now=utcnow(),
    )
    return _moved(stands, screen)


@bp.post("/go-to")
@roles_required(*CALLERS)
def go_to() -> ResponseReturnValue:
    """To a step that has its answer already."""
    stands = presence.arrive(signed_in_user().id, is_at_work=True, now=utcnow())
    screen = interview.go_to(
        stands.operator.id,
        number("response_id"),
        club_ids=current_club_ids(),
        question=request.form.get("question", ""),
        now=utcnow(),
    )
    return _moved(stands, screen)


@bp.post("/speak/<any(fa, en):language>")
@roles_required(*CALLERS)
def speak(language: str) -> ResponseReturnValue:
    """Go on with the interview in another language."""
    interview.speak(signed_in_user().id, number("response_id"), club_ids=current_club_ids(), language=language)
    return done()


@bp.post("/finish")
@roles_required(*CALLERS)
def finish() -> ResponseReturnValue:
    """Complete the interview and close the call."""
    interview.finish(signed_in_user().id, number("response_id"), club_ids=current_club_ids(), now=utcnow())
    return done()


def _name_of_request() -> str | None:
    """What the desk's script calls this request, the same when it sends it again; a form without a script has none."""
    name = request.form.get("request")
    if name is not None and not _REQUEST.fullmatch(name):
        raise InvalidInputError("request", f"{name[:40]!r} is no name of a request")
    return name


def _answered(kept: Kept | None) -> ResponseReturnValue:
    """After an answer: the middle of the desk, or only the answer when nothing else changed there."""
    db.session.commit()
    if not wants_json():
        return redirect(url_for("desk.show"))
    if kept is not None:
        return jsonify(saved=kept.question, status=kept.status, chosen=kept.value, revision=kept.revision)
    stands = standing.of(signed_in_user().id)
    return jsonify(showing.middle(stands, interviews.screen(number("response_id")), utcnow()))


def _moved(stands: Standing, screen: Screen) -> ResponseReturnValue:
    """After a step inside the interview: the middle of the desk."""
    db.session.commit()
    if not wants_json():
        return redirect(url_for("desk.show"))
    return jsonify(showing.middle(stands, screen, utcnow()))
