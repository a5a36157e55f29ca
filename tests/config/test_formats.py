"""How numbers and times are shown on pages."""

from __future__ import annotations

import pytest
from flask_babel import force_locale

PAGE = "{{ 0 | duration }} {{ '1:23' | digits }} {{ 1200 | number }}"


@pytest.mark.parametrize("first", ["fa", "en"])
def test_a_constant_in_a_template_follows_the_language_of_each_page(app, first):
    with app.test_request_context(), force_locale(first):
        read_once = app.jinja_env.from_string(PAGE)

    said = {}
    for language in ("en", "fa"):
        with app.test_request_context(), force_locale(language):
            said[language] = read_once.render()

    assert said == {"en": "0:00 1:23 1,200", "fa": "۰:۰۰ ۱:۲۳ ۱٬۲۰۰"}
