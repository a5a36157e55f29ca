"""No string on a screen outside the catalogues, and each one complete."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
CODE = ("config", "callcenter", "surveys", "club", "templates")
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "_n": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
# Names of measures, the same in every language.
NAMES = {"RR", "COOP", "NPS", "AAPOR"}
LETTERS = re.compile(r"[A-Za-z\u0600-\u06ff]{2,}")


def extracted():
    found = set()
    for folder in CODE:
        for *_place, message, _comments, _context in extract_from_dir(ROOT / folder, METHODS, keywords=KEYWORDS):
            found.add(message if isinstance(message, str) else message[0])
    return found


@pytest.fixture(scope="module")
def persian():
    with (ROOT / "translations/fa/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="fa")


def texts(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_every_sentence_has_its_persian(persian):
    missing = sorted(one for one in extracted() if not persian.get(one) or not all(texts(persian.get(one))))

    assert missing == []


def test_the_catalogue_keeps_no_sentence_that_nobody_says(persian):
    said = extracted()
    silent = sorted(
        str(one.id) for one in persian if one.id and (one.id if isinstance(one.id, str) else one.id[0]) not in said
    )

    assert silent == []


def test_both_languages_fill_the_same_places(persian):
    for message in persian:
        if not message.id:
            continue
        english = message.id if isinstance(message.id, str) else message.id[1]
        for text in texts(message):
            assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(english)), message.id


def test_persian_keeps_to_its_own_letters_and_digits(persian):
    for message in persian:
        for text in texts(message) if message.id else []:
            assert not re.search("[يك٠-٩]", text), text


@pytest.mark.parametrize("path", sorted(ROOT.glob("templates/**/*.html")), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_says_nothing_by_itself(path):
    source = path.read_text()
    source = re.sub(r"\{%-?\s*block \w+_class\s*-?%\}.*?\{%", "{%", source, flags=re.DOTALL)
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", source, flags=re.DOTALL)
    source = re.sub(r"<(style|script|kbd).*?</\1>", " ", source, flags=re.DOTALL)
    source = re.sub(r'[\w-]+="[^"]*"|<[^>]*>|&\w+;', " ", source, flags=re.DOTALL)

    assert [word for word in LETTERS.findall(source) if word not in NAMES] == []
