"""The outcome of an entry as a function of all its calls: what holds for every history."""

from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from callcenter.calls.aapor import CONTACTED
from callcenter.calls.aapor import OUTCOMES
from callcenter.calls.aapor import Symbol
from callcenter.calls.dispositions import NextStep
from callcenter.calls.dispositions import PastCall
from callcenter.calls.dispositions import entry_outcome
from callcenter.calls.dispositions import next_step
from callcenter.outcomes import rules
from callcenter.outcomes.rules import DEFAULTS
from callcenter.outcomes.rules import Policy
from callcenter.outcomes.rules import Rule

NOW = datetime(2025, 11, 21, 12, tzinfo=UTC)
SILENCE = sorted(code for code, one in OUTCOMES.items() if one.is_temporary and not one.is_contacted)
# How far a member came with us: a later call may only take them further.
INTERVIEWED = [Symbol.PARTIAL, Symbol.COMPLETE]

codes = st.sampled_from(sorted(OUTCOMES))
days = st.dates(date(2025, 11, 1), date(2025, 11, 9))
silences = st.lists(st.sampled_from(SILENCE), max_size=5)
# Any choice that a campaign is allowed.
ALLOWED = [
    Rule(code, wait, most)
    for code, standard in DEFAULTS.items()
    for wait in rules.waits(code) or (standard.retry_minutes,)
    for most in rules.times(code) or (standard.most_times,)
]
policies = st.lists(st.sampled_from(ALLOWED), max_size=6).map(
    lambda chosen: Policy({**DEFAULTS, **{rule.code: rule for rule in chosen}})
)
refusals = st.sampled_from([code for code, one in OUTCOMES.items() if one.symbol is Symbol.REFUSAL])


@st.composite
def histories(draw: st.DrawFn) -> list[PastCall]:
    """Calls on days in order, some of which the line swallowed."""
    drawn = draw(st.lists(st.tuples(codes, days, st.booleans()), min_size=1, max_size=8))
    on = sorted(day for _, day, _ in drawn)
    return [
        PastCall(code, day, is_attempt or OUTCOMES[code].is_contacted)
        for (code, _, is_attempt), day in zip(drawn, on, strict=True)
    ]


def calls(*history: str) -> list[PastCall]:
    return [PastCall(code, NOW.date()) for code in history]


def outcome_symbol(history: list[PastCall]) -> Symbol:
    return OUTCOMES[entry_outcome(history)].symbol


def step(history: list[PastCall], policy: Policy, *, done: int, callback_at: datetime | None = None) -> NextStep:
    return next_step(
        history,
        attempt_count=done,
        max_attempts=6,
        retry_after=policy.retry_after(history[-1].code),
        callback_at=callback_at,
        policy=policy,
        now=NOW,
    )


@given(histories(), histories())
def test_a_complete_interview_stays_complete(before: list[PastCall], after: list[PastCall]) -> None:
    assert entry_outcome([*before, *calls("1.1"), *after]) == "1.1"


@given(histories(), codes)
def test_another_call_never_takes_an_interview_back(history: list[PastCall], code: str) -> None:
    before, after = outcome_symbol(history), outcome_symbol([*history, *calls(code)])

    if before in INTERVIEWED:
        assert INTERVIEWED.index(after) >= INTERVIEWED.index(before)


@given(silences, refusals, silences)
def test_silence_on_either_side_leaves_a_refusal_a_refusal(before: list[str], refusal: str, after: list[str]) -> None:
    assert entry_outcome(calls(*before, refusal, *after)) == refusal


@given(histories(), st.data())
def test_the_order_of_silence_says_nothing(history: list[PastCall], data: st.DataObject) -> None:
    quiet = [call for call in history if call.code in SILENCE and not OUTCOMES[call.code].is_eligible]
    if len(quiet) == len(history):
        return
    loud = [call for call in history if call not in quiet]

    mixed = data.draw(st.permutations(quiet))

    assert entry_outcome([*mixed, *loud]) == entry_outcome([*quiet, *loud])


@given(histories())
def test_who_was_ever_proved_is_never_unknown(history: list[PastCall]) -> None:
    if any(OUTCOMES[call.code].is_eligible for call in history):
        assert outcome_symbol(history) not in {Symbol.UNKNOWN_UNIT, Symbol.UNKNOWN_RESPONDENT, Symbol.UNKNOWN_OTHER}


@given(histories())
def test_a_refusal_of_a_proved_member_ends_as_a_word_of_a_person(history: list[PastCall]) -> None:
    if any(OUTCOMES[call.code].symbol is Symbol.REFUSAL for call in history):
        assert outcome_symbol(history) in {*CONTACTED, Symbol.NOT_ELIGIBLE, Symbol.UNKNOWN_OTHER}
        assert OUTCOMES[entry_outcome(history)].is_contacted


@given(histories())
def test_the_outcome_is_one_that_was_heard_or_follows_from_being_proved(history: list[PastCall]) -> None:
    outcome = entry_outcome(history)

    assert outcome in {call.code for call in history} | {"2.20"}


@given(histories(), policies, st.integers(0, 9))
def test_whatever_is_chosen_the_calls_end_with_the_attempts(history: list[PastCall], policy: Policy, done: int) -> None:
    found = step(history, policy, done=done)

    assert found.outcome == entry_outcome(history)
    assert found.due_at is None or (found.due_at > NOW and done < 6)


@given(histories(), policies)
def test_whatever_is_chosen_an_interview_or_a_closed_door_is_final(history: list[PastCall], policy: Policy) -> None:
    last = OUTCOMES[history[-1].code]

    if not last.is_temporary and last.symbol is not Symbol.REFUSAL:
        assert step(history, policy, done=1, callback_at=NOW + timedelta(days=1)).due_at is None


@given(policies, refusals, silences, refusals)
def test_whatever_is_chosen_nobody_is_asked_after_a_second_refusal(
    policy: Policy, first: str, between: list[str], second: str
) -> None:
    found = step(calls(first, *between, second), policy, done=1)

    assert found.due_at is None
    assert OUTCOMES[found.outcome].symbol is Symbol.REFUSAL
