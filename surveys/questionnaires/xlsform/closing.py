"""The words that end a form which ends with a question: nobody hangs up without thanks."""

THANKS = {
    "fa": "خیلی لطف کردید که وقت گذاشتید. روز خوبی داشته باشید، خدانگهدار.",
    "en": "Thank you very much for your time. Have a good day, goodbye.",
}
