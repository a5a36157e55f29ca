"""From the check to publication, and what comes after it."""

from __future__ import annotations

from functools import partial

from flask import Blueprint
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
from surveys.authoring import advising
from surveys.authoring import drafts
from surveys.authoring import estimating
from surveys.authoring import sentences
from surveys.authoring.drafts import Wording
from surveys.authoring.errors import ChangedMeanwhileError
from surveys.authoring.events import publication_weighed
from surveys.authoring.views import READERS
from surveys.authoring.views import WRITERS
from surveys.authoring.views import may_write
from surveys.questionnaires import publishing
from surveys.questionnaires.errors import QuestionnaireError

# Its pages belong to the surveys in the bar.
bp = Blueprint("survey_life", __name__, url_prefix="/surveys/versions/<int:version_id>")


@bp.get("/check")
@roles_required(*READERS)
def check(version_id: int) -> ResponseReturnValue:
    """What is to be mended, what deserves a second look, and how long it takes to ask."""
    return _check(version_id)


@bp.post("/publish")
@roles_required(*WRITERS)
def publish(version_id: int) -> ResponseReturnValue:
    """Fix the draft for ever; campaigns can ask it from now on."""
    try:
        seen = request.form.get("seen", drafts.WHATEVER)
        drafts.publish(current_club_id(), version_id, seen=seen, now=utcnow())
    except QuestionnaireError as error:
        db.session.rollback()
        return _check(version_id), error.status
    except ChangedMeanwhileError as error:
        db.session.rollback()
        flash(
            _("The survey was changed while you looked at it. This is how it stands now; nothing is published."), "warn"
        )
        return _check(version_id), error.status
    db.session.commit()
    flash(_("Published. Campaigns can ask it from now on; its words no longer change."), "good")
    return redirect(url_for("surveys.show", version_id=version_id))


@bp.post("/revise")
@roles_required(*WRITERS)
def revise(version_id: int) -> ResponseReturnValue:
    """The next version as a draft with these words; what is published stays as it is."""
    draft_id = drafts.revise(current_club_id(), version_id, now=utcnow())
    db.session.commit()
    return redirect(url_for("surveys.show", version_id=draft_id))


@bp.post("/close")
@roles_required(*WRITERS)
def close(version_id: int) -> ResponseReturnValue:
    """No new interviews with this version."""
    publishing.close(current_club_id(), version_id)
    db.session.commit()
    flash(_("Closed. Interviews that have begun can still be ended; no new one begins."), "good")
    return redirect(url_for("surveys.show", version_id=version_id))


@bp.post("/discard")
@roles_required(*WRITERS)
def discard(version_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    publishing.discard(current_club_id(), version_id)
    db.session.commit()
    flash(_("The draft is gone."), "good")
    return redirect(url_for("surveys.index"))


def _check(version_id: int) -> str:
    version = drafts.wording(current_club_id(), version_id)
    estimate, past = estimating.estimate(current_club_id(), version.survey_id, version.questionnaire)
    advice = advising.advice_on(version.questionnaire, past=past)
    return render_template(
        "surveys/check.html",
        wording=version,
        must=[one for one in advice if not one.is_advice],
        maybe=[one for one in advice if one.is_advice],
        estimate=estimate,
        named=partial(sentences.named, version.questionnaire),
        meaning=_meaning(version) if version.is_draft else [],
        may_write=may_write(),
        seen=drafts.mark_of_all(version.questionnaire),
    )


def _meaning(draft: Wording) -> list[str]:
    """What publishing it will mean elsewhere, in sentences."""
    answers = publication_weighed.send(
        club_id=current_club_id(), survey_id=draft.survey_id, questionnaire=draft.questionnaire
    )
    return [sentence for _reaction, sentences in answers for sentence in sentences]
