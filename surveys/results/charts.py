"""Figures for plotly.js. Colours are names of the page's tokens, `--service` or `--service/.13` with an opacity."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING
from typing import Any

from config.calendar import format_date
from config.text import to_persian_digits
from surveys.questionnaires.document import Dimension

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from surveys.results.queries import WeekPoint

BAND_OPACITY = ".13"
MOST_TICKS = 7
# Of the height of the drawing.
LEAST_LABEL_GAP = 0.07
TICK_STEP = 10
# A right-to-left run of its own: time runs left to right in both languages, and the words inside a tick do not.
ISOLATE, END_ISOLATE = "\u2067", "\u2069"
LETTER_MARK = "\u061c"


def trend_figure(points: Sequence[WeekPoint], names: Mapping[Dimension, str], language: str) -> dict[str, Any]:
    """The satisfied by week as lines with their 95 % intervals as bands: `data` and `layout` for plotly.js.

    `names` are the labels of the dimensions. A week too small to be shown leaves a gap in the line.
    """
    # Plotly takes a second to import, and only this room draws with it.
    from plotly import graph_objects  # noqa: PLC0415

    weeks = sorted({point.week for point in points})
    series = {dimension: [point for point in points if point.dimension is dimension] for dimension in names}
    series = {dimension: line for dimension, line in series.items() if line}
    figure = graph_objects.Figure()
    annotations = []
    for dimension, line in series.items():
        figure.add_traces([graph_objects.Scatter(band) for band in _bands(line)])
        figure.add_trace(graph_objects.Scatter(_line(line, names[dimension], weeks, language)))
        annotations += _label(line, names[dimension])
    figure.update_layout(_layout(weeks, points, language))
    drawn: dict[str, Any] = json.loads(figure.to_json())
    # Plotly's own look is put in by default; the page has its own.
    drawn["layout"].pop("template")
    _colour(drawn["data"])
    drawn["layout"]["annotations"] = _spread(annotations, *drawn["layout"]["yaxis"]["range"])
    drawn["layout"]["yaxis"]["gridcolor"] = "--line"
    return drawn


def _runs(line: Sequence[WeekPoint]) -> list[list[int]]:
    """The places of the weeks that are shown, in runs without a gap."""
    runs: list[list[int]] = [[]]
    for place, point in enumerate(line):
        if point.ratings.share is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _bands(line: Sequence[WeekPoint]) -> list[dict[str, Any]]:
    bands = []
    for run in _runs(line):
        intervals = [interval for place in run if (interval := line[place].ratings.interval) is not None]
        bands.append(
            {
                "x": run + run[::-1],
                "y": [_per_cent(one.high) for one in intervals] + [_per_cent(one.low) for one in reversed(intervals)],
                "fill": "toself",
                "mode": "lines",
                "line": {"width": 0},
                "hoverinfo": "skip",
                "meta": {"dimension": line[0].dimension.value, "part": "band"},
            }
        )
    return bands


def _line(line: Sequence[WeekPoint], name: str, weeks: Sequence[date], language: str) -> dict[str, Any]:
    return {
        "x": list(range(len(line))),
        "y": [None if point.ratings.share is None else _per_cent(point.ratings.share) for point in line],
        "name": name,
        "mode": "lines+markers",
        "line": {"width": 2.5},
        "marker": {"size": 6},
        "connectgaps": False,
        "text": [
            _hover(point, name, week, language) if point.ratings.share is not None else ""
            for point, week in zip(line, weeks, strict=True)
        ],
        "hovertemplate": "%{text}<extra></extra>",
        "meta": {"dimension": line[0].dimension.value, "part": "line"},
    }


def _hover(point: WeekPoint, name: str, week: date, language: str) -> str:
    share, interval = point.ratings.share or 0.0, point.ratings.interval or (0.0, 0.0)
    low, high = (_share(end, language) for end in interval)
    numbers = f"{_share(share, language)} ({low} – {high}) · n = {point.ratings.n}"
    return _run(f"{name} · {format_date(week, language, 'short')} · {_digits(numbers, language)}", language)


def _label(line: Sequence[WeekPoint], name: str) -> list[dict[str, Any]]:
    """The dimension's name at the end of its line."""
    shown = [place for place, point in enumerate(line) if point.ratings.share is not None]
    if not shown:
        return []
    place = shown[-1]
    return [
        {
            "x": place,
            "y": _per_cent(line[place].ratings.share or 0.0),
            "text": name,
            "xanchor": "left",
            "xshift": 10,
            "showarrow": False,
            "font": {"color": f"--{line[0].dimension.value}", "size": 14},
        }
    ]


def _spread(labels: list[dict[str, Any]], low: float, high: float) -> list[dict[str, Any]]:
    """The labels moved up from each other where lines end close together."""
    gap = (high - low) * LEAST_LABEL_GAP
    labels = sorted(labels, key=lambda label: float(label["y"]))
    for below, above in pairwise(labels):
        above["y"] = max(above["y"], round(below["y"] + gap, 1))
    return labels


def _layout(weeks: Sequence[date], points: Sequence[WeekPoint], language: str) -> dict[str, Any]:
    low, high = _range(points)
    every = -(-len(weeks) // MOST_TICKS) or 1
    places = list(range(len(weeks) - 1, -1, -every))[::-1]
    steps = list(range(low, high + 1, TICK_STEP))
    return {
        "margin": {"l": 40, "r": 70, "t": 16, "b": 36},
        "showlegend": False,
        "hovermode": "closest",
        "xaxis": {
            "tickvals": places,
            "ticktext": [_run(format_date(weeks[place], language, "short"), language) for place in places],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {
            "range": [low, high],
            "tickvals": steps,
            "ticktext": [_run(_digits(_share(step / 100, language), language), language) for step in steps],
            "zeroline": False,
            "fixedrange": True,
        },
    }


def _range(points: Sequence[WeekPoint]) -> tuple[int, int]:
    """The axis in per cent: the tens around all intervals."""
    intervals = [point.ratings.interval for point in points if point.ratings.interval is not None]
    if not intervals:
        return 0, 100
    low = min(_per_cent(interval.low) for interval in intervals)
    high = max(_per_cent(interval.high) for interval in intervals)
    return int(low // TICK_STEP) * TICK_STEP, min(100, int(-(-high // TICK_STEP)) * TICK_STEP)


def _colour(traces: list[dict[str, Any]]) -> None:
    """Put the tokens in; they are set after Plotly's own check, which knows colours of CSS only."""
    for trace in traces:
        token = f"--{trace['meta']['dimension']}"
        if trace["meta"]["part"] == "band":
            trace["fillcolor"] = f"{token}/{BAND_OPACITY}"
        else:
            trace["line"]["color"] = trace["marker"]["color"] = token


def _per_cent(share: float) -> float:
    return round(share * 100, 1)


def _share(share: float, language: str) -> str:
    # As on the page: after the mark the sign is on the left of its digits, where a Persian reader expects it.
    return f"{LETTER_MARK}{share * 100:.0f}٪" if language == "fa" else f"{share:.0%}"


def _digits(text: str, language: str) -> str:
    return to_persian_digits(text) if language == "fa" else text


def _run(text: str, language: str) -> str:
    return f"{ISOLATE}{text}{END_ISOLATE}" if language == "fa" else text
