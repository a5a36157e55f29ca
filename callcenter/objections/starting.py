"""The objections with which every club begins: what people ask who are called by surprise."""

from __future__ import annotations

from callcenter.objections.models import Objection
from config.database import db

FIRST = (
    (
        "شماره‌ی من را از کجا آورده‌اید؟",
        "Who gave you my number?",
        (
            "شماره را خودتان موقع عضویت در باشگاه {club} داده‌اید و پذیرفته‌اید که با شما تماس بگیریم. به هیچ‌کس دیگری "
            "داده نمی‌شود. اگر نخواهید، همین حالا آن را از فهرست تماس برمی‌دارم."
        ),
        (
            "You gave it to us yourself when you joined the club of {club}, and agreed to be called. Nobody else gets "
            "it. If you would rather not be called, I take it off the list right now."
        ),
    ),
    (
        "وقت ندارم",
        "I have no time",
        "کاملاً متوجهم. گفت‌وگوی ما سه چهار دقیقه است. اگر الان مناسب نیست، بفرمایید چه روز و ساعتی تماس بگیرم؟",
        "I understand. It takes three to four minutes. If this is a bad moment, which day and hour would suit you?",
    ),
    (
        "می‌خواهید چیزی بفروشید؟",
        "Are you selling something?",
        "نه، اصلاً. چیزی نمی‌فروشم؛ فقط می‌خواهیم بدانیم خریدتان چطور بوده تا کارمان را بهتر کنیم.",
        "No, not at all. I have nothing to sell; we only want to hear how your visit was, so that we can do better.",
    ),
    (
        "واقعاً از طرف باشگاه زنگ می‌زنید؟",
        "Are you really from the club?",
        (
            "حق دارید بپرسید. من {operator} هستم و از باشگاه {club} تماس می‌گیرم. اگر بخواهید، قطع کنید و از خود شعبه "
            "بپرسید. من هیچ‌وقت شماره‌ی کارت یا رمز نمی‌پرسم."
        ),
        (
            "You are right to ask. I am {operator}, and I call for the club of {club}. If you like, hang up and ask at "
            "the shop. I never ask for card numbers or passwords."
        ),
    ),
    (
        "با جواب‌های من چه می‌کنید؟",
        "What happens to my answers?",
        "پاسخ‌ها در باشگاه {club} می‌ماند و فقط برای بهترکردن کارمان به کار می‌رود. به هر پرسشی که نخواهید، جواب ندهید.",
        "They stay with the club of {club} and serve only to do better. Any question you do not like, just leave out.",
    ),
    (
        "چه فایده‌ای دارد؟ چیزی عوض نمی‌شود",
        "What good does it do? Nothing changes",
        (
            "حرفتان را می‌فهمم. همین پاسخ‌هاست که هر هفته نشان می‌دهد کدام شعبه در چه چیزی باید بهتر شود. برای همین نظر "
            "شما مهم است، به‌خصوص اگر راضی نبوده‌اید."
        ),
        (
            "I see what you mean. These answers show every week which shop has to get better at what. That is why your "
            "opinion counts, above all if you were not content."
        ),
    ),
)


def on_club_added(*, club_id: int) -> None:
    """Give a new club its first objections."""
    for position, (title_fa, title_en, reply_fa, reply_en) in enumerate(FIRST, 1):
        texts = {"title_fa": title_fa, "title_en": title_en, "reply_fa": reply_fa, "reply_en": reply_en}
        db.session.add(Objection(club_id=club_id, position=position, **texts))
    db.session.flush()
