"""Whatever a browser (or somebody with one) sends to the interview: parts of the desk, or a clear refusal."""

from __future__ import annotations

from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from config.database import db
from surveys.interviews import queries

ACTIONS = ("answer", "choose", "next", "back", "go-to", "speak/en", "finish")
JUNK = st.text(max_size=12) | st.sampled_from(
    ["", "-1", "0", "9" * 30, "a\x00b", "\ud83d", "٣", "yes", "5", "x" * 5000, "answered", "refused", "dont_know", "en",
     "fa", "hello", "price_paid", "thanks", "'; --", "{}", "[1]", "null", "0123456789abcdef"]
)  # fmt: skip
FORMS = st.dictionaries(st.sampled_from(["response_id", "question", "status", "value", "request"]), JUNK, max_size=5)


def test_any_request_to_the_interview_is_done_or_refused(desk, answered):
    response_id = str(desk.response().id)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(ACTIONS), FORMS, st.booleans())
    def send(action, form, is_own):
        form = {name: value.encode("utf-8", "replace").decode() for name, value in form.items()}
        if is_own:
            form = {"question": "hello", **form, "response_id": response_id}
        reply = desk.client.post(f"/desk/{action}", data=form, headers={"Accept": "application/json"})
        assert reply.status_code in {200, 404, 409, 422}, (reply.status_code, reply.text)
        assert reply.status_code == 200 or reply.json["error"]

    send()

    db.session.rollback()
    assert queries.screen(int(response_id)).code
