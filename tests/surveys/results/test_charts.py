"""The trend figure."""

from __future__ import annotations

import json
from datetime import date
from datetime import timedelta

import pytest

from surveys.questionnaires.document import Dimension
from surveys.results.charts import trend_figure
from surveys.results.queries import WeekPoint
from surveys.results.ratings import RatingCounts

FIRST = date(2025, 10, 4)
NAMES = {Dimension.PRICE: "قیمت", Dimension.SERVICE: "برخورد"}
MANY = RatingCounts((10, 10, 20, 40, 20))


def points(prices, services=None):
    return [
        WeekPoint(FIRST + timedelta(days=7 * place), dimension, ratings)
        for place, pair in enumerate(zip(prices, services or prices, strict=True))
        for dimension, ratings in zip(NAMES, pair, strict=True)
    ]


def parts(figure, part, dimension="price"):
    return [trace for trace in figure["data"] if trace["meta"] == {"part": part, "dimension": dimension}]


def test_a_line_has_the_shares_and_its_band_the_intervals():
    figure = trend_figure(points([MANY, MANY, MANY]), NAMES, "fa")

    (line,), (band,) = parts(figure, "line"), parts(figure, "band")
    assert (line["x"], line["y"], line["name"]) == ([0, 1, 2], [60.0, 60.0, 60.0], "قیمت")
    assert band["x"] == [0, 1, 2, 2, 1, 0]
    assert band["y"] == [69.1, 69.1, 69.1, 50.2, 50.2, 50.2]
    assert figure["layout"]["yaxis"]["range"] == [50, 70]


def test_a_week_too_small_to_show_leaves_a_gap():
    figure = trend_figure(points([MANY, RatingCounts((0, 0, 0, 0, 4)), MANY]), NAMES, "fa")

    (line,) = parts(figure, "line")
    assert line["y"] == [60.0, None, 60.0]
    assert line["text"][1] == ""
    assert not line["connectgaps"]
    assert [band["x"] for band in parts(figure, "band")] == [[0, 0], [2, 2]]


def test_ticks_are_jalali_isolated_right_to_left_runs_in_persian():
    ticks = trend_figure(points([MANY] * 3), NAMES, "fa")["layout"]

    assert ticks["xaxis"]["ticktext"] == ["\u2067۱۲ مهر\u2069", "\u2067۱۹ مهر\u2069", "\u2067۲۶ مهر\u2069"]
    assert ticks["yaxis"]["ticktext"] == ["\u2067\u061c۵۰٪\u2069", "\u2067\u061c۶۰٪\u2069", "\u2067\u061c۷۰٪\u2069"]


def test_ticks_are_plain_in_english():
    ticks = trend_figure(points([MANY] * 2), NAMES, "en")["layout"]

    assert ticks["xaxis"]["ticktext"] == ["4 Oct", "11 Oct"]
    assert ticks["yaxis"]["ticktext"] == ["50%", "60%", "70%"]


def test_many_weeks_have_few_ticks_and_the_last_is_one_of_them():
    places = trend_figure(points([MANY] * 30), NAMES, "fa")["layout"]["xaxis"]["tickvals"]

    assert len(places) <= 7
    assert places[-1] == 29


def test_colours_are_tokens_and_the_figure_is_plain_json():
    figure = trend_figure(points([MANY, MANY]), NAMES, "fa")

    (line,), (band,) = parts(figure, "line", "service"), parts(figure, "band", "service")
    assert (line["line"]["color"], line["marker"]["color"]) == ("--service", "--service")
    assert band["fillcolor"] == "--service/.13"
    assert json.loads(json.dumps(figure)) == figure
    assert "template" not in figure["layout"]


def test_names_at_the_ends_of_close_lines_do_not_overlap():
    labels = trend_figure(points([MANY] * 2), NAMES, "fa")["layout"]["annotations"]

    assert [label["text"] for label in labels] == ["قیمت", "برخورد"]
    assert labels[1]["y"] - labels[0]["y"] == pytest.approx(1.4)


def test_without_anything_to_show_the_axis_is_the_whole_scale():
    figure = trend_figure(points([RatingCounts()]), NAMES, "fa")

    assert figure["layout"]["yaxis"]["range"] == [0, 100]
    assert figure["layout"]["annotations"] == []
    assert trend_figure([], NAMES, "fa")["layout"]["xaxis"]["tickvals"] == []
