"""The questions that no measure counts, as the page shows them: a sentence on the whole, and bars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from typing import Any

from callcenter.reports.phrases import gettext as _
from config.formats import date_
from config.formats import number
from config.formats import percent
from config.formats import toman
from config.languages import current_language
from surveys.questionnaires.document import EFFORT_TOP
from surveys.questionnaires.document import NO
from surveys.questionnaires.document import RATING_TOP
from surveys.questionnaires.document import YES
from surveys.questionnaires.document import Kind
from surveys.questionnaires.texts import plain
from surveys.results import promoters
from surveys.results.ratings import Showing
from surveys.results.ratings import showing_of
from surveys.results.statistics import ease
from surveys.results.statistics import mean_of
from surveys.results.statistics import quartiles
from surveys.results.statistics import t_interval

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping

    from surveys.results.questions import QuestionCounts

# As many different numbers as are still seen at a glance, each with its bar.
MOST_NUMBERS = 8
PLUS, MINUS = "+", "\u2212"
# A left-to-right run of its own.
ISOLATE, END_ISOLATE = "\u2066", "\u2069"


@dataclass(frozen=True)
class Bar:
    """How many gave one answer, and their `share` (0 to 1) of all who gave one."""

    label: str
    count: int
    share: float


@dataclass(frozen=True)
class AskedQuestion:
    """A question on the page. `is_hidden`: fewer answered than may be shown; `is_small`: few did."""

    survey: str
    text: str
    n: int
    dont_know: int
    refused: int
    is_hidden: bool
    is_small: bool
    sentence: str
    bars: tuple[Bar, ...]


def questions(counted: Iterable[QuestionCounts]) -> list[AskedQuestion]:
    """Each question as it is shown, in the language of the page."""
    return [_question(one) for one in counted]


def _question(counted: QuestionCounts) -> AskedQuestion:
    showing = showing_of(counted.n)
    is_hidden = showing is Showing.HIDDEN
    sentence, bars = ("", []) if is_hidden else _SHOWN[counted.question.kind](counted)
    return AskedQuestion(
        survey=counted.survey,
        text=plain(_words(counted.question.text)),
        n=counted.n,
        dont_know=counted.dont_know,
        refused=counted.refused,
        is_hidden=is_hidden,
        is_small=showing is Showing.SMALL,
        sentence=sentence,
        bars=tuple(Bar(label, count, count / counted.n) for label, count in bars),
    )


def _words(texts: Mapping[str, str]) -> str:
    return texts.get(current_language()) or next(iter(texts.values()), "")


Shown = tuple[str, list[tuple[str, int]]]


def _recommended(counted: QuestionCounts) -> Shown:
    groups = promoters.split(counted.values)
    score, range_ = promoters.net_promoter(*groups), promoters.interval(promoters.adjusted(*groups))
    labels = (_("Promoters, 9 and 10"), _("Passives, 7 and 8"), _("Detractors, 0 to 6"))
    sentence = _(
        "Net Promoter Score %(score)s, 95%% interval %(low)s to %(high)s.",
        score=_points(score.score if score else 0.0),
        low=_points(range_.low),
        high=_points(range_.high),
    )
    return sentence, list(zip(labels, groups, strict=True))


def _points(score: float) -> str:
    """A score with its sign, which stands on the left of its digits in both languages."""
    rounded = round(score)
    sign = PLUS if rounded > 0 else MINUS if rounded < 0 else ""
    return f"{ISOLATE}{sign}{number(abs(rounded))}{END_ISOLATE}"


def _effort(counted: QuestionCounts) -> Shown:
    sentence = _mean(counted, EFFORT_TOP)
    easy = _("%(share)s said 5 to 7.", share=percent(ease(counted.values) or 0.0))
    return f"{sentence} {easy}", _steps(counted, EFFORT_TOP)


def _rating(counted: QuestionCounts) -> Shown:
    return _mean(counted, RATING_TOP), _steps(counted, RATING_TOP)


def _mean(counted: QuestionCounts, top: int) -> str:
    mean = mean_of(counted.values)
    range_ = t_interval(mean, scale=(1.0, float(top))) if mean else None
    if mean is None or range_ is None:
        return ""
    return _(
        "%(mean)s of %(top)s on average, 95%% interval %(low)s to %(high)s.",
        mean=number(mean.mean, 1),
        top=number(top),
        low=number(range_.low, 1),
        high=number(range_.high, 1),
    )


def _steps(counted: QuestionCounts, top: int) -> list[tuple[str, int]]:
    """Each step with its word; of a scale with words for its ends only these two have one."""
    labels = counted.question.labels
    words = labels.get(current_language()) or next(iter(labels.values()), ())
    named = dict(zip(range(1, top + 1), words, strict=False)) if len(words) == top else {}
    if len(words) == 2:  # noqa: PLR2004 - both ends
        named = {1: words[0], top: words[1]}
    return [
        (" ".join(filter(None, (number(step), named.get(step, "")))), counted.values.get(step, 0))
        for step in range(1, top + 1)
    ]


def _yes_no(counted: QuestionCounts) -> Shown:
    return "", [(label, counted.values.get(value, 0)) for value, label in ((YES, _("Yes")), (NO, _("No")))]


def _choices(counted: QuestionCounts) -> Shown:
    bars = [(_words(words) or code, counted.values.get(code, 0)) for code, words in counted.choices.items()]
    several = counted.question.kind is Kind.CHOICE_MANY
    return _("Several answers were possible.") if several else "", bars


def _numbers(counted: QuestionCounts) -> Shown:
    distinct = sorted(counted.values)
    few = len(distinct) <= MOST_NUMBERS
    bars = [(number(value), counted.values[value]) for value in distinct] if few else []
    return _middle(counted, number), bars


def _amounts(counted: QuestionCounts) -> Shown:
    return _middle(counted, lambda rial: _("%(amount)s Toman", amount=toman(rial))), []


def _days(counted: QuestionCounts) -> Shown:
    return _middle(counted, lambda day: date_(date.fromisoformat(day))), []


def _middle(counted: QuestionCounts, said: Callable[[Any], str]) -> str:
    low, middle, high = quartiles(counted.values)
    if low == high:
        return _("At least half of the answers are %(middle)s.", middle=said(middle))
    return _(
        "The middle answer is %(middle)s; half of them lie from %(low)s to %(high)s.",
        middle=said(middle),
        low=said(low),
        high=said(high),
    )


_SHOWN: dict[Kind, Callable[[QuestionCounts], Shown]] = {
    Kind.RECOMMEND: _recommended,
    Kind.EFFORT: _effort,
    Kind.RATING: _rating,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE_ONE: _choices,
    Kind.CHOICE_MANY: _choices,
    Kind.NUMBER: _numbers,
    Kind.AMOUNT: _amounts,
    Kind.DATE: _days,
}
