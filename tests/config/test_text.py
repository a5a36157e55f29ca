import pytest

from config.text import is_id


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("17", True), ("9" * 18, True), ("9" * 19, False), ("", False), ("-1", False), ("۱۷", False), ("17\n", False)],
)
def test_an_id_is_digits_that_a_column_can_hold(text, is_one):
    assert is_id(text) is is_one
