"""What the demo's supervisors listened to: reviews, some by two people, and decisions about flagged interviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy import select

from callcenter.demo.fates import within_hours
from callcenter.demo.past import Completed
from callcenter.integrity import reviewing as integrity
from callcenter.integrity.models import FlaggedInterview
from callcenter.integrity.models import Verdict
from callcenter.quality import reviewing as quality
from callcenter.quality import rules
from callcenter.quality import sampling
from callcenter.quality.models import QualityDraw
from callcenter.quality.reviewing import Card
from callcenter.quality.reviewing import Comment
from callcenter.quality.scoring import Item
from callcenter.quality.scoring import Mark
from callcenter.recordings import listing as recordings
from config.database import db

# So many drawn interviews still wait for a review, and so many were reviewed by two.
WAITING_COUNT = 5
TWICE_COUNT = 8
# How often a reviewer gives each mark, and gives the one that the first reviewer gave.
MARKS = {Mark.FINE: 75, Mark.SLIGHT: 12, Mark.CLEAR: 8, Mark.GRAVE: 2, Mark.NOT_HEARD: 3}
SAME_MARK = 0.85
# What a note is about, the gravest first.
FAULTS = (Mark.GRAVE, Mark.CLEAR, Mark.SLIGHT)
# Among so many of the last interviews is one with a recording.
LATEST = 10
GOOD = "خوب و شمرده خواندید؛ همین‌طور ادامه بدهید."
ADVICE = {
    Item.INTRODUCTION: "اول خودتان و باشگاه را معرفی کنید، بعد بپرسید وقت دارند یا نه.",
    Item.CONSENT: "پیش از پرسش اول اجازه‌ی ضبط را کامل بپرسید و منتظر جواب بمانید.",
    Item.VERBATIM: "پرسش را کلمه به کلمه بخوانید؛ گزینه‌ی آخر را جا انداختید.",
    Item.PROBING: "وقتی جواب روشن نیست، بپرسید «کدام‌یک نزدیک‌تر است؟» و خودتان پیشنهاد ندهید.",
    Item.CODING: "«نمی‌دانم» هم یک پاسخ است؛ به جایش گزینه‌ی وسط را ثبت نکنید.",
    Item.CLOSING: "در پایان مبلغ اعتبار را همان‌طور که نوشته شده بگویید.",
    Item.COURTESY: "بگذارید عضو حرفش را تمام کند.",
}
# What is said at a moment of the last recorded interview.
REMARKS = ((14, "معرفی شمرده و کامل؛ عالی است."), (52, "این‌جا گزینه‌ها را تا آخر نخواندید."))
# Of which review, counted among those with advice, the operator said what.
ANSWERS = {
    0: "درست است؛ عجله کردم. از این به بعد تا آخر می‌خوانم.",
    2: "عضو خودش حرفم را قطع کرد، ولی دفعه‌ی بعد برمی‌گردم.",
}
# The decisions about the first flagged interviews, in their order: who (of the reviewers), verdict, why.
DECISIONS: tuple[tuple[tuple[int, Verdict, str], ...], ...] = (
    ((0, Verdict.ACCEPTED, "از اپراتور پرسیدم؛ عضو عجله داشت و کوتاه جواب داد."),),
    (
        (0, Verdict.ACCEPTED, ""),
        (1, Verdict.REJECTED, "با عضو تماس گرفتیم؛ گفت همه‌ی پرسش‌ها از او پرسیده نشده است."),
    ),
    ((1, Verdict.REJECTED, "پاسخ‌ها با زمان گفت‌وگو نمی‌خواند."),),
)


@dataclass(frozen=True, kw_only=True)
class Checkers:
    """The people of a club who review, first the one who does most of it, and the moment of the demo."""

    club_id: int
    ids: Sequence[int]
    zone: ZoneInfo
    now: datetime

    def at_work(self, moment: datetime, *, hours: int) -> datetime:
        """So many hours later, or the next morning, but not after the demo's own moment."""
        return min(within_hours(moment + timedelta(hours=hours), self.zone), self.now)


def check(who: Checkers, completed: Sequence[Completed], *, chance: Random) -> None:
    """Draw, review and decide as it would have gone; `completed` are the interviews in the order of time."""
    drawn = _draw(who.club_id, completed)
    _decide(who)
    reviewed = [(one, _card(chance)) for one in drawn[: max(0, len(drawn) - WAITING_COUNT)]]
    ids = [_submit(who, one, card, by=0, hours=chance.randint(3, 27)) for one, card in reviewed]
    if len(who.ids) > 1:
        for one, card in reviewed[-TWICE_COUNT:]:
            _submit(who, one, _again(card, chance), by=1, hours=30)
    learnt = [(one, review_id) for (one, card), review_id in zip(reviewed, ids, strict=True) if card.note != GOOD]
    for place, text in ANSWERS.items():
        for one, review_id in learnt[place : place + 1]:
            quality.answer(one.operator_id, review_id, text, now=who.at_work(one.at, hours=40))
    _review_recorded(who, completed, known={one.response_id for one, _card in reviewed})


def _draw(club_id: int, completed: Sequence[Completed]) -> list[Completed]:
    """Keep which interviews are reviewed, by the rule and the lot of real ones; gives those that are."""
    kept, salt = rules.with_salt(club_id)
    before: Counter[int] = Counter()
    rows, drawn = [], []
    for one in completed:
        reason = sampling.reason(
            one.response_id,
            salt=salt,
            share_percent=kept.share_percent,
            newcomer_count=kept.newcomer_count,
            completed_before=before[one.operator_id],
        )
        before[one.operator_id] += 1
        if reason is not None:
            drawn.append(one)
        rows.append(
            {
                "response_id": one.response_id,
                "club_id": club_id,
                "campaign_id": one.campaign_id,
                "entry_id": one.entry_id,
                "operator_id": one.operator_id,
                "completed_at": one.at,
                "share_percent": kept.share_percent,
                "reason": reason,
            }
        )
    db.session.execute(insert(QualityDraw), rows)
    return drawn


def _decide(who: Checkers) -> None:
    query = select(FlaggedInterview.response_id, FlaggedInterview.completed_at)
    flagged = db.session.execute(
        query.where(FlaggedInterview.club_id == who.club_id).order_by(FlaggedInterview.id).limit(len(DECISIONS))
    )
    for (response_id, completed_at), decisions in zip(flagged.all(), DECISIONS, strict=False):
        for seen, (place, verdict, reason) in enumerate(decisions):
            integrity.decide(
                who.club_id,
                response_id,
                verdict=verdict,
                reason=reason,
                seen=seen,
                user_id=who.ids[place % len(who.ids)],
                now=who.at_work(completed_at, hours=20 + 24 * seen),
            )


def _review_recorded(who: Checkers, completed: Sequence[Completed], *, known: set[int]) -> None:
    """Review the last interview with a sound, with comments at their moments; nothing where none is recorded."""
    for one in reversed(completed[-LATEST:]):
        sounds = [] if one.response_id in known else recordings.of_entry(who.club_id, one.entry_id)
        if sounds and (sounds[0].seconds or 0) > REMARKS[-1][0]:
            comments = [Comment(text, second, sounds[0].id) for second, text in REMARKS]
            marks = {**dict.fromkeys(Item, Mark.FINE), Item.VERBATIM: Mark.SLIGHT}
            _submit(who, one, Card(marks, note=ADVICE[Item.VERBATIM], comments=comments), by=0, hours=3)
            return


def _submit(who: Checkers, one: Completed, card: Card, *, by: int, hours: int) -> int:
    at = who.at_work(one.at, hours=hours)
    return quality.submit(who.club_id, one.response_id, card, reviewer_id=who.ids[by], now=at)


def _card(chance: Random) -> Card:
    marks = {item: chance.choices(list(MARKS), list(MARKS.values()))[0] for item in Item}
    return Card(marks, note=_note(marks))


def _again(card: Card, chance: Random) -> Card:
    """What somebody else finds in the same interview: mostly the same."""
    marks = {
        item: mark if chance.random() < SAME_MARK else Mark.SLIGHT if mark is Mark.FINE else Mark.FINE
        for item, mark in card.marks.items()
    }
    return Card(marks, note=_note(marks))


def _note(marks: Mapping[Item, Mark]) -> str:
    faults = [item for mark in FAULTS for item in marks if marks[item] is mark]
    return " ".join(ADVICE[item] for item in faults[:2]) or GOOD
