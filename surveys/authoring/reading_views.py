"""Reading a version: the map of its ways, and what changed since an earlier one."""

from __future__ import annotations

from flask import Blueprint
from flask import render_template
from flask import request
from flask.typing import ResponseReturnValue

from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.text import is_id
from surveys.authoring import comparing
from surveys.authoring import drafts
from surveys.authoring import paths
from surveys.authoring import sentences
from surveys.authoring import wording
from surveys.authoring.views import READERS
from surveys.questionnaires import queries as surveys
from surveys.questionnaires.rewording import share_changed

# Its pages belong to the surveys in the bar.
bp = Blueprint("survey_reading", __name__, url_prefix="/surveys/versions/<int:version_id>")


@bp.get("/map")
@roles_required(*READERS)
def show_map(version_id: int) -> ResponseReturnValue:
    """Who comes to which question."""
    version = drafts.wording(current_club_id(), version_id)
    return render_template(
        "surveys/map.html",
        wording=version,
        questionnaire=version.questionnaire,
        map=paths.map_of(version.questionnaire),
        sentence=sentences.of_rule,
        short=sentences.short,
        kinds=wording.KINDS,
    )


@bp.get("/compare")
@roles_required(*READERS)
def compare(version_id: int) -> ResponseReturnValue:
    """What changed since the version before, or since the one that is chosen."""
    club_id = current_club_id()
    version = drafts.wording(club_id, version_id)
    others = [one for one in surveys.versions_of(club_id, version.survey_id) if one.number < version.number]
    asked = request.args.get("with", "")
    chosen = next((one for one in others if is_id(asked) and one.id == int(asked)), next(iter(others), None))
    before = drafts.wording(club_id, chosen.id) if chosen else version
    return render_template(
        "surveys/compare.html",
        wording=version,
        before=before,
        others=others,
        changes=comparing.changes(before.questionnaire, version.questionnaire),
        share=share_changed(before.questionnaire, version.questionnaire),
        sentence=sentences.of_rule,
        short=sentences.short,
        kinds=wording.KINDS,
        fates=wording.FATES,
        parts=wording.PARTS,
    )
