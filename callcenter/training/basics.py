"""What every operator knows, whatever the survey: the questions that begin each quiz. The first choice is right."""

from __future__ import annotations

from callcenter.training.quizzing import Asked

BASICS = (
    Asked(
        "verbatim",
        {"fa": "پرسش به نظرتان طولانی است. چه می‌کنید؟", "en": "A question seems long to you. What do you do?"},
        (
            {"fa": "کلمه به کلمه، همان‌طور که نوشته شده می‌خوانم.", "en": "I read it word for word, as it stands."},
            {"fa": "کوتاهش می‌کنم و با زبان خودم می‌پرسم.", "en": "I make it shorter and ask in my own words."},
            {"fa": "نصفش را می‌خوانم و منتظر جواب می‌مانم.", "en": "I read half of it and wait for the answer."},
        ),
    ),
    Asked(
        "choices",
        {
            "fa": "هنوز گزینه‌ها را تمام نکرده‌اید که عضو می‌گوید «خوب بود». چه می‌کنید؟",
            "en": "You have not finished the answers when the member says “it was fine”. What do you do?",
        },
        (
            {
                "fa": "گزینه‌ها را تا آخر می‌خوانم و می‌پرسم کدام به نظرش نزدیک‌تر است.",
                "en": "I read all the answers and ask which is closest.",
            },
            {"fa": "«راضی» را ثبت می‌کنم.", "en": "I record “satisfied”."},
            {"fa": "می‌پرسم «پس راضی بودید؟».", "en": "I ask “So you were satisfied?”"},
        ),
    ),
    Asked(
        "probing",
        {
            "fa": "عضو در جواب می‌گوید «بد نبود». کدام جمله بی‌طرف است؟",
            "en": "The member answers “not bad”. Which sentence is neutral?",
        },
        (
            {"fa": "«کدام‌یک از این گزینه‌ها به نظرتان نزدیک‌تر است؟»", "en": "“Which of these is closest to it?”"},
            {"fa": "«پس بنویسم راضی؟»", "en": "“Shall I put down satisfied?”"},
            {"fa": "«یعنی مشکلی نداشتید، درست است؟»", "en": "“So nothing was wrong, was it?”"},
        ),
    ),
    Asked(
        "opinion",
        {
            "fa": "عضو می‌پرسد «بقیه چه گفته‌اند؟». چه جواب می‌دهید؟",
            "en": "The member asks “What did the others say?” What do you answer?",
        },
        (
            {"fa": "«نظر خود شما برای ما مهم است.»", "en": "“It is your own opinion that counts.”"},
            {"fa": "«بیشترشان راضی بودند.»", "en": "“Most of them were satisfied.”"},
            {"fa": "«من اگر بودم چهار می‌دادم.»", "en": "“I would say four.”"},
        ),
    ),
    Asked(
        "consent",
        {
            "fa": "می‌پرسید موافق است شروع کنید و عضو می‌گوید «نه». چه می‌کنید؟",
            "en": "You ask whether they are happy to begin, and the member says no. What do you do?",
        },
        (
            {
                "fa": "تشکر می‌کنم، خداحافظی می‌کنم و «تمایل ندارد» را ثبت می‌کنم.",
                "en": "I thank them, say goodbye and record the refusal.",
            },
            {"fa": "از اعتبار می‌گویم و دوباره می‌پرسم.", "en": "I mention the credit and ask again."},
            {"fa": "فقط دو پرسش کوتاه می‌پرسم.", "en": "I ask just two short questions."},
        ),
    ),
    Asked(
        "do_not_call",
        {
            "fa": "عضو می‌گوید «دیگر به من زنگ نزنید». چه می‌کنید؟",
            "en": "The member says “Do not call me again”. What do you do?",
        },
        (
            {
                "fa": "عذر می‌خواهم و همان لحظه «دیگر تماس نگیریم» را ثبت می‌کنم.",
                "en": "I apologise and record “do not call again” at once.",
            },
            {
                "fa": "«تمایل ندارد» ثبت می‌کنم تا ماه بعد کس دیگری زنگ بزند.",
                "en": "I record a refusal, so that somebody else tries next month.",
            },
            {"fa": "می‌پرسم چرا و سعی می‌کنم نظرش را عوض کنم.", "en": "I ask why and try to change their mind."},
        ),
    ),
    Asked(
        "dont_know",
        {
            "fa": "عضو می‌گوید «نمی‌دانم، حواسم نبود». چه ثبت می‌کنید؟",
            "en": "The member says “I do not know, I did not notice”. What do you record?",
        },
        (
            {"fa": "«نمی‌دانم»؛ این هم یک پاسخ است.", "en": "“Does not know”: that is an answer, too."},
            {"fa": "گزینه‌ی وسط را.", "en": "The answer in the middle."},
            {"fa": "آن‌قدر می‌پرسم تا یک عدد بگوید.", "en": "I go on asking until they name a number."},
        ),
    ),
    Asked(
        "privacy",
        {
            "fa": "کس دیگری گوشی را برمی‌دارد. چه می‌گویید؟",
            "en": "Somebody else picks up. What do you say?",
        },
        (
            {
                "fa": "فقط خودم را معرفی می‌کنم و می‌پرسم خودش کی در دسترس است.",
                "en": "Only who I am, and when the member could be reached.",
            },
            {
                "fa": "از خرید و اعتبار عضو می‌گویم تا پیغام بدهد.",
                "en": "About the purchase and the credit.",
            },
            {"fa": "با همان شخص گفت‌وگو را انجام می‌دهم.", "en": "I interview that person instead."},
        ),
    ),
)
