"""What an article says by itself is worked out once for many panels, and each panel sees what it would see alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.forces import forces, panel_of
from monitor.judging.grounds import Grounds
from monitor.judging.group import grouped
from monitor.judging.sketch import _DAY, Outlines, Sketcher, _days
from tests.rules import article, default_gazetteer, default_rules

COUNTED = article(
    "Kent Police close 12 counters in Reading",
    "On 9 February Kent Police and Thames Valley Police closed 12 counters in Reading and Maidstone, said Helena Roberts.",
    "Matthew Barber spent £7.72 million on it, or 52 per cent of the budget of 2026.",
    id="counted",
    feed="https://nation.example/feed",
)


@pytest.fixture(scope="module")
def panels():
    """What the Thames Valley's and Kent's go by."""
    rules, gazetteer = default_rules(), default_gazetteer()
    kent = next(force for force in forces() if force.id == "kent")
    other_rules, other_gazetteer = panel_of(kent, rules, gazetteer)
    return (gazetteer, rules), (other_gazetteer, other_rules)


def made(monkeypatch, outlines):
    """The ids of the articles that are gone through, as they are."""
    ids, make = [], outlines._made
    monkeypatch.setattr(outlines, "_made", lambda one: [ids.append(one.id), make(one)][1])
    return ids


def test_each_panel_sees_an_article_as_it_would_alone(panels):
    outlines = Outlines(lambda feed: True)
    seen = [Sketcher(Grounds(*panel), outlines).sketch(COUNTED) for panel in panels]
    single = [Sketcher(Grounds(*panel)).sketch(COUNTED) for panel in panels]
    assert seen == single
    assert [(one.places, one.opening_places) for one in seen] == [
        (one.places, one.opening_places) for one in single
    ]
    ours, theirs = seen
    assert "ours" in ours.opening_places and "elsewhere kent" in ours.opening_places
    assert ours.opening_places != theirs.opening_places
    assert (ours.shares, ours.sums) == ({"%52"}, {"£7720000"})


def test_an_article_is_gone_through_once_for_all(panels, monkeypatch):
    outlines = Outlines(lambda feed: feed == COUNTED.feed)
    ids = made(monkeypatch, outlines)
    own = replace(COUNTED, id="own", feed="https://kent.example/feed")
    for gazetteer, rules in panels:
        grouped([COUNTED, own], gazetteer, rules, outlines)
    assert sorted(ids) == ["counted", "own", "own"]  # of a feed that nobody else reads nothing is kept


@pytest.mark.parametrize("change", [{"title": "Another"}, {"paragraphs": ("Without its boilerplate.",)}])
def test_an_article_with_another_text_is_gone_through_again(panels, monkeypatch, change):
    outlines = Outlines(lambda feed: True)
    ids = made(monkeypatch, outlines)
    other = replace(COUNTED, **change)
    sketches = [Sketcher(Grounds(*panels[0]), outlines).sketch(one) for one in (COUNTED, other, other)]
    assert ids == ["counted", "counted"]
    assert sketches[1] == sketches[2] == Sketcher(Grounds(*panels[0])).sketch(other) != sketches[0]


PIECES = ("march 1", "12 march", "2nd may", "may", "march", "9", " ", " 13 ", "st", "\n", "\n\n", ", ", "x")


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_days_are_those_of_the_whole_text(small):
    """It is gone through a line at a time, and only where a month is named."""
    whole = {f"{day or other_day} {month or other}" for day, month, other, other_day in _DAY.findall(small)}
    assert set(_days(small)) == whole
