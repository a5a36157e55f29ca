"""The simulated members of practice: how each speaks, in Persian and in English.

`{answer}` is what the member means. An answer is told outright, or first in `vague` words that fit every choice: then
the operator asks again, and hears it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Text = Mapping[str, str]


class Persona(StrEnum):
    """Who picks up."""

    EASY = "easy"
    HURRIED = "hurried"
    ANGRY = "angry"
    TALKATIVE = "talkative"
    WARY = "wary"


@dataclass(frozen=True)
class Manner:
    """How a member behaves: the share of vague answers, and how content they are (1 to 5, in the middle)."""

    hello: Text
    does: Text
    outright: Text
    vague: Text
    again: Text
    vague_share: float
    mood: int
    challenge: Text
    replies: tuple[Text, ...]


MANNERS: dict[Persona, Manner] = {
    Persona.EASY: Manner(
        hello={"fa": "سلام، بفرمایید.", "en": "Hello, go ahead."},
        does={"fa": "آرام است و گوش می‌دهد.", "en": "Calm, and listens."},
        outright={"fa": "می‌گویم {answer}.", "en": "I would say: {answer}."},
        vague={"fa": "خب… همان که همیشه هست.", "en": "Well … the same as always."},
        again={"fa": "آها، پس {answer}.", "en": "Oh, then: {answer}."},
        vague_share=0.15,
        mood=4,
        challenge={"fa": "چقدر طول می‌کشد؟", "en": "How long does it take?"},
        replies=(
            {
                "fa": "«سه چهار دقیقه؛ هر جا خواستید تمامش می‌کنیم.»",
                "en": "“Three to four minutes; stop whenever you like.”",
            },
            {"fa": "«نگران نباشید، چیزی نیست.»", "en": "“Do not worry, it is nothing.”"},
            {"fa": "«تا تمامش نکنیم اعتبار نمی‌گیرید.»", "en": "“You get no credit unless we finish.”"},
        ),
    ),
    Persona.HURRIED: Manner(
        hello={"fa": "بله؟ زود بگویید، دارم می‌روم.", "en": "Yes? Quickly, I am on my way out."},
        does={"fa": "وسط حرف جواب می‌دهد؛ صدای خیابان می‌آید.", "en": "Answers in mid-sentence; street noise."},
        outright={"fa": "{answer}، بعدی!", "en": "{answer}, next!"},
        vague={"fa": "هر چه خودتان فکر می‌کنید بنویسید، بعدی!", "en": "Put down what you think, next!"},
        again={"fa": "ای بابا… {answer}.", "en": "Oh dear … {answer}."},
        vague_share=0.4,
        mood=3,
        challenge={"fa": "الان اصلاً وقت ندارم.", "en": "I really have no time now."},
        replies=(
            {
                "fa": "«سه چهار دقیقه است. اگر الان مناسب نیست، چه وقتی تماس بگیرم؟»",
                "en": "“It takes three to four minutes. If this is a bad moment, when may I call?”",
            },
            {"fa": "«فقط یک دقیقه!»", "en": "“Just one minute!”"},
            {"fa": "«پس خیلی تند می‌پرسم.»", "en": "“Then I will ask very fast.”"},
        ),
    ),
    Persona.ANGRY: Manner(
        hello={
            "fa": "باز هم شما؟ از آن فروشگاهتان که دلم خون است!",
            "en": "You again? That shop of yours has upset me!",
        },
        does={"fa": "بلند حرف می‌زند؛ اگر گوش بدهید آرام می‌شود.", "en": "Is loud; calms down when listened to."},
        outright={"fa": "{answer}! همین را بنویسید.", "en": "{answer}! Write just that."},
        vague={"fa": "چه بگویم؟ خودتان بیایید ببینید!", "en": "What can I say? Come and see for yourselves!"},
        again={"fa": "خیلی خب… {answer}.", "en": "All right … {answer}."},
        vague_share=0.4,
        mood=2,
        challenge={"fa": "چه فایده؟ هیچ‌چیز عوض نمی‌شود.", "en": "What good does it do? Nothing changes."},
        replies=(
            {
                "fa": "«حرفتان را می‌فهمم. برای همین نظر شما مهم است.»",
                "en": "“I see what you mean. That is why your opinion counts.”",
            },
            {"fa": "«این‌طور هم نیست، اشتباه می‌کنید.»", "en": "“It is not like that, you are mistaken.”"},
            {
                "fa": "«من فقط تماس می‌گیرم، به من ربطی ندارد.»",
                "en": "“I only make the calls, it is not my business.”",
            },
        ),
    ),
    Persona.TALKATIVE: Manner(
        hello={
            "fa": "سلام عزیزم! حالتان چطور است؟ خانواده خوب‌اند؟",
            "en": "Hello dear! How are you? How is the family?",
        },
        does={
            "fa": "از هر جا حرف می‌زند؛ با مهربانی به پرسش برگردید.",
            "en": "Talks of everything; lead back kindly.",
        },
        outright={
            "fa": "دخترم هم همین را می‌گفت… بله، {answer}.",
            "en": "My daughter says the same … yes, {answer}.",
        },
        vague={
            "fa": "یادم است آن روز باران می‌آمد، مهمان هم داشتیم… خلاصه روز شلوغی بود.",
            "en": "I remember it rained that day, and we had guests … it was quite a day.",
        },
        again={"fa": "آخ بله، پرسیده بودید… {answer}.", "en": "Oh yes, you had asked … {answer}."},
        vague_share=0.55,
        mood=4,
        challenge={
            "fa": "شما از کدام شعبه‌اید؟ آقای مرادی هنوز آنجاست؟",
            "en": "Which shop are you from? Is Mr Moradi still there?",
        },
        replies=(
            {
                "fa": "«من از باشگاه مشتریان تماس می‌گیرم و در شعبه نیستم. اجازه می‌دهید شروع کنیم؟»",
                "en": "“I call from the customer club and am not in the shop. May we begin?”",
            },
            {"fa": "«بله، سلامتان را می‌رسانم.»", "en": "“Yes, I will give him your regards.”"},
            {"fa": "«لطفاً فقط جواب بدهید.»", "en": "“Please just answer.”"},
        ),
    ),
    Persona.WARY: Manner(
        hello={"fa": "شما؟ شماره‌ی من را از کجا آورده‌اید؟", "en": "Who are you? Who gave you my number?"},
        does={
            "fa": "کوتاه و با احتیاط جواب می‌دهد؛ شاید به چیزی جواب ندهد.",
            "en": "Short and careful; may leave something out.",
        },
        outright={"fa": "{answer}.", "en": "{answer}."},
        vague={"fa": "بستگی دارد.", "en": "It depends."},
        again={"fa": "گفتم که… {answer}.", "en": "As I said … {answer}."},
        vague_share=0.3,
        mood=3,
        challenge={
            "fa": "از کجا بدانم واقعاً از باشگاه هستید؟",
            "en": "How do I know that you are really from the club?",
        },
        replies=(
            {
                "fa": "«حق دارید بپرسید. می‌توانید قطع کنید و از شعبه بپرسید؛ من هیچ‌وقت شماره‌ی کارت نمی‌پرسم.»",
                "en": "“You are right to ask. Hang up and ask at the shop, if you like; I never ask for card numbers.”",
            },
            {"fa": "«خب اسم و خریدتان را که می‌دانم!»", "en": "“Well, I know your name and what you bought!”"},
            {"fa": "«اگر شک دارید مشکل خودتان است.»", "en": "“If you doubt it, that is up to you.”"},
        ),
    ),
}
DONT_KNOW: Text = {"fa": "راستش نمی‌دانم، حواسم نبود.", "en": "To be honest I do not know, I did not notice."}
REFUSES: Text = {"fa": "به این یکی جواب نمی‌دهم.", "en": "I would rather not answer that one."}
CONSENTS: Text = {"fa": "باشد، بپرسید.", "en": "All right, ask."}
LISTENS: Text = {"fa": "بله، گوش می‌دهم.", "en": "Yes, I am listening."}
GOODBYE: Text = {"fa": "ممنون، خداحافظ.", "en": "Thank you, goodbye."}
YES_NO: Mapping[str, Text] = {"yes": {"fa": "بله", "en": "Yes"}, "no": {"fa": "نه", "en": "No"}}
OWN_WORDS: tuple[Text, ...] = (
    {"fa": "کاش صندوق دوم را هم باز کنند.", "en": "They should open the second till as well."},
    {"fa": "همه‌چیز سر جای خودش بود.", "en": "Everything was as it should be."},
    {"fa": "قیمت‌ها را بزرگ‌تر بنویسند.", "en": "Write the prices larger."},
)
