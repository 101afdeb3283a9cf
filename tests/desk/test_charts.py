"""Values become the lines of a chart."""

import re
from datetime import date

import pytest

from monitor.desk.charts import bar, columns, days_found, percent, weeks, weeks_found

FIRST = date(2026, 11, 2)


def heights(chart) -> list[float]:
    """Of its columns, from the left."""
    return [float(tall) for tall in re.findall(r"v-([0-9.]+)h", chart.bars)]


@pytest.mark.parametrize(
    "values, tall",
    [
        pytest.param([], [], id="nothing"),
        pytest.param([0, 0, 0], [1, 1, 1], id="zeros are drawn, to the end"),
        pytest.param([31, 0, 0], [31, 1, 1], id="a line does not end with the last hit"),
        pytest.param([10, 5], [31, 15.5], id="from zero: half is half as tall"),
        pytest.param([1000, 1], [31, 2.5], id="one of a thousand is seen to be more than none"),
        pytest.param([None, 4, None], [31], id="what was not counted has no column"),
        pytest.param([None, None], [], id="never counted"),
    ],
)
def test_columns_stand_on_zero(values, tall):
    assert heights(columns(values, "t", small=True)) == tall


@pytest.mark.parametrize(
    "values, is_hatched", [([1, 2], False), ([0, 0], False), ([1, None], True), ([None], True)]
)
def test_what_was_not_counted_is_hatched_and_no_zero(values, is_hatched):
    assert bool(columns(values, "t", small=True).hatched) is is_hatched


def test_the_hatching_stays_where_nothing_was_counted():
    chart = columns([1, None, None, 1], "t", small=True)  # 56 units each
    numbers = [float(x) for x in re.findall(r"[ML]([0-9.]+) ", chart.hatched)]
    heights_of = [float(y) for y in re.findall(r"[ML][0-9.]+ ([0-9.]+)", chart.hatched)]
    assert min(numbers) >= 56 and max(numbers) <= 168 and 0 <= min(heights_of) <= max(heights_of) <= 31


@pytest.mark.parametrize("count", [1, 4, 12, 26, 52, 56, 200])
def test_labels_have_room(count):
    labels = [f"{number % 28 + 1} Nov" for number in range(count)]
    chart = columns([1] * count, "t", labels=labels)
    beneath = [label for label in chart.labels if label.anchor == "middle"]
    assert beneath and beneath[0].text == "1 Nov"
    for one, other in zip(beneath, beneath[1:], strict=False):
        assert other.x - one.x >= len("28 Nov") * 6.2
    assert [label.text for label in chart.labels if label.anchor == "end"] == ["0", "1"]


@pytest.mark.parametrize(
    "value, most, inside, length, within",
    [
        (10, 10, None, 100, None),
        (5, 10, 1, 50, 10),
        (0, 10, 0, 0, 0),
        (1, 1000, None, 1, None),
        (0, 0, None, 0, None),
    ],
)
def test_a_lying_bar(value, most, inside, length, within):
    found = bar(value, most, "t", inside)
    assert (found.length, found.inside) == (length, within)


@pytest.mark.parametrize(
    "part, of, says",
    [(1, 8, "12 %"), (1, 1000, "under 1 %"), (0, 5, "0 %"), (5, 5, "100 %"), (0, 0, "–"), (3, 0, "–")],
)
def test_a_share(part, of, says):
    assert percent(part, of) == says


@pytest.mark.parametrize(
    "values, says",
    [
        pytest.param(
            [2, 0, 4],
            "Alpha: 6 new articles from 2 Nov to 4 Nov 2026, 2.0 a day; the most, 4, on 4 Nov.",
            id="sum, mean, most",
        ),
        pytest.param(
            [1, None],
            "Alpha: 1 new article from 2 Nov to 3 Nov 2026, 1.0 a day; the most, 1, on 2 Nov; "
            "not read on 1 day, which is hatched.",
            id="the mean is of the days on which it was read",
        ),
        pytest.param([None, None], "Alpha: not read on any day from 2 Nov to 3 Nov 2026.", id="never read"),
        pytest.param([0, 0], "Alpha: 0 new articles from 2 Nov to 3 Nov 2026, 0.0 a day.", id="nothing came"),
        pytest.param(
            [5, *[0] * 8],
            "Alpha: 5 new articles from 2 Nov to 10 Nov 2026, 0.6 a day; the most, 5, on 2 Nov; none since 2 Nov.",
            id="it has fallen silent",
        ),
    ],
)
def test_the_finding_of_a_chart_of_days(values, says):
    assert days_found("Alpha", values, FIRST) == says


def test_the_finding_of_a_chart_of_weeks():
    starts = [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]
    assert weeks_found("Precept", [3, None, 5], starts, 100, 4) == (
        "Precept: 8 articles in 3 weeks from 2 Nov, 8 % of 100; 4 in as many days before; "
        "the most, 5, in the week of 16 Nov; nothing was read in 1 week, hatched."
    )
    assert weeks_found("Precept", [0, 0, 0], starts, 0, 0) == (
        "Precept: 0 articles in 3 weeks from 2 Nov; 0 in as many days before."
    )


def test_days_as_weeks():
    assert weeks([1, None, 2, 3, None, None], 3) == (3, 3)
    assert weeks([None, None, 1, 0], 2) == (None, 1)
