"""The demo's operators know their survey, and its running campaign asks for it; one certificate ends soon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta

from callcenter.training import certifying
from callcenter.training import learning
from callcenter.training import material
from callcenter.training import requiring
from callcenter.training.checklist import Item
from callcenter.training.checklist import Mark
from callcenter.training.quizzing import Asked
from surveys.questionnaires import queries as surveys

NOTE = "گفت‌وگوی آزمایشی با سرپرست"
# What the supervisor wrote down of the trials, one operator after the other: what was to improve, and the note.
TRIALS = (
    (Item.PROBING, "شمرده و خوش‌صدا؛ وقتی جواب روشن نیست، کمی بیشتر صبر کنید."),
    (Item.CLOSING, "خیلی خوب؛ فقط مبلغ اعتبار را آهسته‌تر بگویید."),
)
TEXT = {
    "fa": (
        "این نظرسنجی درباره‌ی آخرین خرید عضو است: قیمت، کیفیت و برخورد. حدود سه دقیقه طول می‌کشد.\n"
        "نام شعبه و روز خرید را شمرده بگویید. اگر عضو خریدش را به یاد نیاورد، «نمی‌دانم» را ثبت کنید."
    ),
    "en": (
        "This survey is about the member's last purchase: price, quality and service. It takes about three minutes.\n"
        "Say the branch and the day slowly. If the member does not remember the purchase, record “does not know”."
    ),
}
QUESTION = Asked(
    "",
    {"fa": "این نظرسنجی درباره‌ی چیست؟", "en": "What is this survey about?"},
    (
        {"fa": "آخرین خرید عضو", "en": "The member's last purchase"},
        {"fa": "همه‌ی خریدهای امسال", "en": "All purchases of this year"},
        {"fa": "محصول تازه‌ی باشگاه", "en": "A new product of the club"},
    ),
)
# How long ago the certificates were given, one operator after the other.
DAYS_AGO = (40, 351)


def certify(
    club_id: int, campaign_id: int, version_id: int, operator_ids: Sequence[int], *, given_by: int, now: datetime
) -> None:
    """Certify the operators of a demo club for its survey, and let its campaign ask for it."""
    survey_id = surveys.version_line(club_id, version_id).survey_id
    for place, operator_id in enumerate(operator_ids):
        given_at = now - timedelta(days=DAYS_AGO[place % len(DAYS_AGO)])
        fair, note = TRIALS[place % len(TRIALS)]
        marks = {**dict.fromkeys(Item, Mark.GOOD), fair: Mark.FAIR}
        learning.score_trial(
            club_id, survey_id, operator_id, marks, note=note, scored_by=given_by, now=given_at - timedelta(minutes=5)
        )
        certifying.give(club_id, survey_id, [operator_id], note=NOTE, given_by=given_by, now=given_at)
    requiring.keep(club_id, campaign_id, is_wanted=True)
    material.write(club_id, survey_id, TEXT, user_id=given_by, now=now)
    material.add_question(club_id, survey_id, QUESTION)
