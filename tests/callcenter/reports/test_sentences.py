import pytest

from callcenter.reports import captions
from callcenter.reports import sentences
from callcenter.reports.comparison import Compared
from callcenter.reports.comparison import Direction
from callcenter.reports.comparison import Share
from callcenter.reports.sentences import Finding
from config.languages import speaking

ROSE = Compared(Share(174, 200), Share(162, 200), Direction.ROSE)
FELL = Compared(Share(100, 200), Share(140, 200), Direction.FELL)
UNCLEAR = Compared(Share(100, 200), Share(101, 200), Direction.UNCLEAR)
TOO_FEW = Compared(Share(5, 12), Share(9, 12), Direction.TOO_FEW)
NO_BEFORE = Compared(Share(5, 12), Share(0, 0), Direction.TOO_FEW)
NOBODY = Compared(Share(0, 0), Share(9, 12), Direction.TOO_FEW)
HAIR = Compared(Share(81_450, 100_000), Share(80_600, 100_000), Direction.ROSE)
# What keeps directions right in mixed text, and is not seen.
MARKS = str.maketrans("", "", "\u061c\u2068\u2069")


@pytest.fixture
def say(app):
    """Call a function of sentences in a language; the marks of direction are left out."""

    def act(language, function, *args, **values):
        with app.test_request_context(), speaking(language):
            said = function(*args, **values)
        return said.translate(MARKS) if isinstance(said, str) else " ".join(said).translate(MARKS)

    return act


CHANGES = [
    (
        [Finding("price", None, UNCLEAR), Finding("service", "ونک", ROSE)],
        "Satisfaction with service at ونک rose from 81% to 87%. No other change goes beyond sampling error.",
        "رضایت از برخورد در ونک از ۸۱٪ به ۸۷٪ بالا رفته است. تغییر دیگری فراتر از خطای نمونه‌گیری دیده نمی‌شود.",
    ),
    (
        [Finding("service", "ونک", ROSE), Finding("overall", None, FELL)],
        (
            "Overall satisfaction fell from 70% to 50%. Satisfaction with service at ونک rose from 81% to 87%. "
            "No other change goes beyond sampling error."
        ),
        (
            "رضایت کلی از ۷۰٪ به ۵۰٪ پایین آمده است. رضایت از برخورد در ونک از ۸۱٪ به ۸۷٪ بالا رفته است. "
            "تغییر دیگری فراتر از خطای نمونه‌گیری دیده نمی‌شود."
        ),
    ),
    (
        [Finding("price", None, UNCLEAR), Finding("quality", "ونک", TOO_FEW)],
        "No change goes beyond sampling error.",
        "تغییری فراتر از خطای نمونه‌گیری دیده نمی‌شود.",
    ),
    (
        [Finding("price", None, TOO_FEW)],
        "There are too few interviews to tell whether anything changed.",
        "گفت‌وگوها کمتر از آن است که بشود گفت چیزی تغییر کرده یا نه.",
    ),
    (
        [Finding("price", None, NO_BEFORE)],
        "There is no earlier period to compare with yet.",
        "هنوز دوره‌ی پیشینی برای مقایسه نیست.",
    ),
    (
        [Finding("price", None, NOBODY)],
        "Nobody has finished an interview in this period yet.",
        "در این دوره هنوز هیچ گفت‌وگویی کامل نشده است.",
    ),
    (
        [Finding("price", None, HAIR)],
        "Satisfaction with price rose from 80.6% to 81.5%. No other change goes beyond sampling error.",
        "رضایت از قیمت از ۸۰٫۶٪ به ۸۱٫۵٪ بالا رفته است. تغییر دیگری فراتر از خطای نمونه‌گیری دیده نمی‌شود.",
    ),
]


@pytest.mark.parametrize(("findings", "english", "persian"), CHANGES)
def test_the_lead_says_what_changed_and_no_more(say, findings, english, persian):
    assert say("en", sentences.changes, findings) == english
    assert say("fa", sentences.changes, findings) == persian


@pytest.mark.parametrize(
    ("count", "english", "persian"),
    [
        (4, "1 more change is in the tables below.", "۱ تغییر دیگر در جدول‌های پایین آمده است."),
        (6, "3 more changes are in the tables below.", "۳ تغییر دیگر در جدول‌های پایین آمده است."),
    ],
)
def test_more_than_three_changes_are_left_to_the_tables(say, count, english, persian):
    findings = [Finding("price", f"B{number}", FELL) for number in range(count)]

    assert say("en", sentences.changes, findings).endswith(english)
    assert say("fa", sentences.changes, findings).endswith(persian)
    assert say("en", sentences.changes, findings).count("fell") == 3


@pytest.mark.parametrize(
    ("called", "completed", "english", "persian"),
    [
        (0, 0, "Nobody was called in this period.", "در این دوره به کسی زنگ نزده‌ایم."),
        (1, 1, "One member was called; 1 answered to the end.", "به یک عضو زنگ زدیم؛ ۱ نفر تا پایان پاسخ داد."),
        (
            1130,
            412,
            "412 of the 1,130 members we called answered to the end.",
            "از ۱٬۱۳۰ عضوی که به آن‌ها زنگ زدیم، ۴۱۲ نفر تا پایان پاسخ دادند.",
        ),
    ],
)
def test_the_lead_says_how_many_answered(say, called, completed, english, persian):
    assert say("en", sentences.reached, called, completed) == english
    assert say("fa", sentences.reached, called, completed) == persian


@pytest.mark.parametrize(
    ("compared", "english", "persian"),
    [
        (ROSE, "up 6 points", "۶ واحد بالاتر"),
        (FELL, "down 20 points", "۲۰ واحد پایین‌تر"),
        (Compared(Share(51, 100), Share(50, 100), Direction.ROSE), "up 1 point", "۱ واحد بالاتر"),
        (HAIR, "up by less than a point", "کمتر از یک واحد بالاتر"),
        (UNCLEAR, "no clear change", "تغییر روشنی ندارد"),
        (TOO_FEW, "too few to compare", "برای مقایسه کم است"),
        (NO_BEFORE, "", ""),
    ],
)
def test_a_measure_says_its_change_in_a_few_words(say, compared, english, persian):
    assert say("en", sentences.change_note, compared) == english
    assert say("fa", sentences.change_note, compared) == persian


@pytest.mark.parametrize(
    ("directions", "english", "persian"),
    [
        (
            {"price": Direction.UNCLEAR, "service": Direction.ROSE},
            "Satisfaction with service rose over these weeks.",
            "رضایت از برخورد در این هفته‌ها رو به بالا بوده است.",
        ),
        (
            {"price": Direction.UNCLEAR, "service": Direction.TOO_FEW},
            "Over these weeks no measure went one way beyond sampling error.",
            "در این هفته‌ها هیچ شاخصی، فراتر از خطای نمونه‌گیری، پیوسته بالا یا پایین نرفته است.",
        ),
        (
            {"price": Direction.TOO_FEW},
            "There are too few weeks or answers to speak of a trend.",
            "هفته‌ها یا پاسخ‌ها کمتر از آن است که بشود از روند گفت.",
        ),
    ],
)
def test_the_weeks_have_a_sentence(say, directions, english, persian):
    assert say("en", captions.trend, directions) == english
    assert say("fa", captions.trend, directions) == persian


@pytest.mark.parametrize(
    ("compared", "english", "persian"),
    [
        (
            FELL,
            "Satisfaction with price at Vanak is below the rest of the club: 50% against 70%.",
            "رضایت از قیمت در Vanak پایین‌تر از بقیه‌ی باشگاه است: ۵۰٪ در برابر ۷۰٪.",
        ),
        (
            UNCLEAR,
            "No branch differs from the rest of the club beyond sampling error.",
            "هیچ شعبه‌ای فراتر از خطای نمونه‌گیری با بقیه‌ی باشگاه فرق ندارد.",
        ),
        (
            TOO_FEW,
            "The branches have too few answers to compare yet; each needs 30.",
            "شعبه‌ها هنوز پاسخ کافی برای مقایسه ندارند؛ هر کدام ۳۰ پاسخ می‌خواهد.",
        ),
    ],
)
def test_the_branches_have_a_sentence(say, compared, english, persian):
    findings = [Finding("price", "Vanak", compared)]

    assert say("en", captions.branches, findings) == english
    assert say("fa", captions.branches, findings) == persian
