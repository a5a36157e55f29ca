import pytest

from callcenter.reports.masking import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("زنگ بزنید ۰۹۱۲۳۴۵۶۷۸۹ لطفاً", "زنگ بزنید ••• لطفاً"),
        ("0912 345 67 89", "•••"),
        ("+98-912-345-6789!", "•••!"),
        ("card 6037-9911-2233-4455", "card •••"),
        ("write to sara.a@example.com.", "write to •••"),
        ("قیمت ۲۵۰٬۰۰۰ تومان بود", "قیمت ۲۵۰٬۰۰۰ تومان بود"),
        ("since 1404/08/12, table 14", "since 1404/08/12, table 14"),
        ("", ""),
    ],
)
def test_numbers_that_lead_to_a_person_are_hidden(text, shown):
    assert masked(text) == shown


def test_a_word_without_an_end_is_looked_at_once():
    """In time by the square of the length this would take an hour."""
    word = "a" * 300_000

    assert masked(word) == word
    assert masked(f"{word}@example.com") == "•••"
