from __future__ import annotations

import json
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.calls.aapor import OUTCOMES
from callcenter.calls.dispositions import NextStep
from callcenter.calls.dispositions import PastCall
from callcenter.calls.dispositions import entry_outcome
from callcenter.calls.dispositions import from_line
from callcenter.calls.dispositions import next_step
from callcenter.calls.models import LineStatus
from callcenter.outcomes.rules import STANDARD

NOW = datetime(2025, 11, 21, 12, tzinfo=UTC)
TODAY = NOW.date()
STANDARDS = json.loads((Path(__file__).parents[2] / "data" / "standards.json").read_text())
CAUSES = next(case for case in STANDARDS if case["name"] == "hangup_cause_to_aapor_when_unanswered")["expected"]

codes = st.sampled_from(sorted(OUTCOMES))
histories = st.lists(codes, min_size=1, max_size=8)


def past(*codes: str, on: date = TODAY) -> list[PastCall]:
    return [PastCall(code, on) for code in codes]


def after(
    calls: list[PastCall], *, attempt_count: int, max_attempts: int = 6, callback_at: datetime | None = None
) -> NextStep:
    return next_step(
        calls,
        attempt_count=attempt_count,
        max_attempts=max_attempts,
        retry_after=STANDARD.retry_after(calls[-1].code),
        callback_at=callback_at,
        policy=STANDARD,
        now=NOW,
    )


@pytest.mark.parametrize(("cause", "expected"), [(int(c), e[0]) for c, e in CAUSES.items() if e[0]])
def test_an_unanswered_call_has_the_code_of_its_cause(cause: int, expected: str) -> None:
    # The status is the one that misleads: the cause must win.
    word = from_line(cause, LineStatus.NO_ANSWER, was_dialled=True, is_confirmed=False, policy=STANDARD)

    assert word.code == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (LineStatus.BUSY, "3.12"),
        (LineStatus.NO_ANSWER, "3.13"),
        (LineStatus.UNREACHABLE, "3.16"),
        (LineStatus.WRONG_NUMBER, "4.31"),
        (LineStatus.NUMBER_CHANGED, "4.41"),
        (LineStatus.FAILED, "3.16"),
        (None, "3.16"),
    ],
)
def test_without_a_telling_cause_the_line_status_decides(status: LineStatus | None, expected: str) -> None:
    assert from_line(16, status, was_dialled=True, is_confirmed=False, policy=STANDARD).code == expected
    assert from_line(None, status, was_dialled=True, is_confirmed=False, policy=STANDARD).code == expected


@pytest.mark.parametrize("cause", [34, 38, 41, 42, 44])
def test_congestion_is_tried_again_soon_and_costs_no_attempt(cause: int) -> None:
    word = from_line(cause, LineStatus.CONGESTION, was_dialled=True, is_confirmed=False, policy=STANDARD)

    assert not word.is_attempt
    assert word.retry_after == timedelta(minutes=10)


def test_a_line_that_was_never_dialled_costs_no_attempt() -> None:
    word = from_line(19, LineStatus.NOT_DIALLED, was_dialled=False, is_confirmed=False, policy=STANDARD)

    assert word.code == "3.11"
    assert not word.is_attempt


@pytest.mark.parametrize(("cause", "expected"), [(17, "2.21"), (19, "2.21"), (20, "2.21"), (34, "2.21"), (1, "4.31")])
def test_a_confirmed_member_who_is_not_reached_is_a_non_contact(cause: int, expected: str) -> None:
    assert from_line(cause, None, was_dialled=True, is_confirmed=True, policy=STANDARD).code == expected


def test_a_confirmed_member_who_is_busy_is_still_tried_again_after_twenty_minutes() -> None:
    assert from_line(17, None, was_dialled=True, is_confirmed=True, policy=STANDARD).retry_after == timedelta(
        minutes=20
    )


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (["3.13", "3.13", "3.12"], "3.13"),
        (["3.12", "3.12"], "3.12"),
        (["3.16", "3.12"], "3.16"),
        (["3.16", "3.16"], "3.16"),
        (["3.13", "3.14", "3.13"], "3.14"),
        (["3.13", "3.20", "3.13"], "3.20"),
        (["2.21", "3.13"], "2.21"),
        (["2.11", "3.13", "3.13"], "2.11"),
        (["2.12", "1.1"], "1.1"),
        (["1.1", "2.11"], "1.1"),
        (["2.11", "1.2"], "1.2"),
        (["2.21", "4.31", "4.31"], "2.20"),
        (["2.21", "3.90"], "2.20"),
        (["2.11", "3.90"], "2.11"),
        (["2.11", "4.31", "2.21"], "2.11"),
        (["2.36", "4.10"], "4.10"),
        (["2.34", "2.34"], "2.34"),
        (["3.90"], "3.90"),
        (["3.13", "4.41"], "4.41"),
        ([], "3.11"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else value,
)
def test_the_entry_is_judged_by_all_its_calls(history: list[str], expected: str) -> None:
    assert entry_outcome(past(*history)) == expected


def test_a_dead_number_needs_two_different_days() -> None:
    same_day = past("4.31", "4.31")
    two_days = [*past("4.31", on=TODAY - timedelta(days=1)), *past("4.31")]

    first = after(same_day, attempt_count=2)
    second = after(two_days, attempt_count=2)

    assert first.due_at == NOW + timedelta(days=1)
    assert (second.outcome, second.due_at) == ("4.31", None)


def step(*history: str, attempt_count: int = 1, callback_at: datetime | None = None) -> tuple[str, datetime | None]:
    found = after(past(*history), attempt_count=attempt_count, max_attempts=3, callback_at=callback_at)
    return found.outcome, found.due_at


def test_the_next_attempt_waits_as_long_as_the_outcome_asks_for() -> None:
    assert step("3.12") == ("3.12", NOW + timedelta(minutes=20))
    assert step("3.13") == ("3.13", NOW + timedelta(minutes=180))


def test_the_last_attempt_closes_the_entry_with_what_is_known() -> None:
    assert step("3.12", "3.12", "3.13", attempt_count=3) == ("3.13", None)


def test_a_callback_is_kept_when_the_attempts_have_run_out() -> None:
    tomorrow = NOW + timedelta(days=1)

    assert step("3.13", "3.13", "2.21", attempt_count=3, callback_at=tomorrow) == ("2.21", tomorrow)


def test_a_refusal_closes_the_entry_at_once() -> None:
    assert step("2.11") == ("2.11", None)


@given(histories, histories)
def test_an_interview_is_never_taken_back(before: list[str], after: list[str]) -> None:
    assert entry_outcome(past(*before, "1.1", *after)) == "1.1"


@given(histories)
def test_who_was_ever_eligible_never_falls_back_to_an_unknown_number(history: list[str]) -> None:
    outcome = entry_outcome(past(*history))

    if any(OUTCOMES[code].is_eligible for code in history):
        assert OUTCOMES[outcome].symbol not in {"UH", "UR", "UO"}


@given(histories, st.lists(st.sampled_from(["3.12", "3.13", "3.14", "3.16"]), max_size=4))
def test_silence_afterwards_changes_no_final_word(history: list[str], silence: list[str]) -> None:
    spoken = [code for code in history if not OUTCOMES[code].is_temporary and OUTCOMES[code].is_contacted]

    if spoken:
        assert entry_outcome(past(*history, *silence)) == entry_outcome(past(*history))


@given(histories, st.integers(0, 9), st.integers(1, 9))
def test_a_next_attempt_lies_ahead_and_is_within_those_allowed(history: list[str], done: int, allowed: int) -> None:
    found = after(past(*history), attempt_count=done, max_attempts=allowed)

    assert found.outcome in OUTCOMES
    assert found.due_at is None or (found.due_at > NOW and done < allowed)
