"""Many panels judged at once: each verdict is what the panel's own judge says."""

import random
from dataclasses import replace
from functools import cache

import pytest

from benchmarks.forces import forces, panel_of
from monitor.config.places_file import read_places
from monitor.config.topics_file import read_topics
from monitor.config.yamlfile import Loaded
from monitor.judging.bench import Bench, Panel
from monitor.judging.classify import Judge
from monitor.judging.labelled import read_labelled
from monitor.judging.roster import rosters
from monitor.model import Choice
from monitor.settings import FieldWeights, Thresholds
from tests.rules import THAMES_VALLEY, article, default_gazetteer, default_rules
from tests.where import ROOT

NEVER = (
    "Thames Valley Police and",
    "Thames Valley Police are",
    "Thames Valley Police has",
    "the police force",
)
GENERATED = ("Kent Police", "Surrey Police", "Wiltshire Police")


@cache
def panels():
    """The default, the example, and made-up ones: of them one that weighs otherwise, one that lists its phrases the
    other way round, and one that weighs titles otherwise."""
    rules, places = default_rules(), default_gazetteer()
    kent, surrey, wiltshire = (
        panel_of(force, rules, places) for force in forces() if force.name in GENERATED
    )
    strict = replace(rules.thresholds, policing=6, include=8)
    backwards = replace(
        wiltshire[0],
        topics=tuple(replace(one, strong=one.strong[::-1]) for one in wiltshire[0].topics[::-1]),
        raises=wiltshire[0].raises[::-1],
    )
    loud = replace(rules, fields=FieldWeights(title=5, lead=2, body=1, alone=7))
    return (
        (rules, places),
        hampshire(),
        kent,
        (replace(surrey[0], thresholds=strict), surrey[1]),
        (backwards, replace(wiltshire[1], elsewhere=wiltshire[1].elsewhere[::-1])),
        (loud, places),
        (replace(rules, unsunk=3, sunk_below=1, never=(*rules.never, *NEVER)), places),
    )


@cache
def hampshire():
    rules, places = (
        read(ROOT / "examples" / "hampshire" / name)
        for read, name in ((read_topics, "topics.yaml"), (read_places, "places.yaml"))
    )
    assert isinstance(rules, Loaded) and isinstance(places, Loaded)
    return rules.value, places.value


@cache
def labelled():
    found = []
    for path in sorted((ROOT / "tests" / "quality").glob("*.jsonl")):
        if path.name not in ("cautions.jsonl", "report_items.jsonl"):
            lines = path.read_text("utf-8").splitlines()
            found += [one.article for one in read_labelled(path.name, lines, THAMES_VALLEY)]
    return found


@pytest.fixture(scope="module")
def bench():
    return Bench([Panel(*panel) for panel in panels()])


@pytest.fixture(scope="module")
def judges():
    return [Judge(*panel) for panel in panels()]


@pytest.fixture(scope="module")
def stories():
    """Labelled stories, and the same told of other places, and as headlines alone."""
    chance = random.Random(43)
    kent, surrey = (force for force in forces() if force.name in GENERATED[:2])
    found = list(labelled()[::3])
    for one in labelled()[1::6]:
        there = chance.choice((kent, surrey))
        found.append(_told_of(one, there, chance.choice(there.towns)))
    found += [replace(one, paragraphs=()) for one in labelled()[2::9]]
    return found


def _told_of(one, force, town):
    def told(text):
        for name, other in (
            ("Thames Valley Police", force.name),
            ("Thames Valley", force.counties[0]),
            ("Reading", town),
            ("Oxford", force.towns[-1]),
        ):
            text = text.replace(name, other)
        return text

    paragraphs = tuple(map(told, one.paragraphs))
    return replace(one, title=told(one.title), paragraphs=paragraphs, outlet=told(one.outlet))


@pytest.mark.slow
def test_every_verdict_is_that_of_the_panel_alone(bench, judges, stories):
    chosen = set()
    for one in stories:
        verdicts = tuple(bench.in_brief(seat, one) for seat in range(len(judges)))
        assert verdicts == tuple(judge.in_brief(one) for judge in judges), one.title
        chosen |= {(seat, verdict.choice) for seat, verdict in enumerate(verdicts)}
    assert {seat for seat, choice in chosen if choice is Choice.INCLUDE} == set(range(len(judges)))
    assert {choice for _, choice in chosen} == set(Choice)


@pytest.mark.slow
def test_with_all_its_evidence_too(bench, judges, stories):
    for one in stories[::6]:
        for seat, judge in enumerate(judges):
            assert bench.seat(seat).verdict(one) == judge.verdict(one), (seat, one.title)


def test_an_article_is_read_once_for_all_who_read_its_feed(monkeypatch):
    rules, places = default_rules(), default_gazetteer()
    read = []
    bench = Bench([Panel(rules, places, feeds) for feeds in (None, frozenset({"a"}), frozenset({"b"}))])
    hits = bench._rows[0]._matcher.hits
    monkeypatch.setattr(
        bench._rows[0]._matcher, "hits", lambda *asked: [read.append(asked[0]), hits(*asked)][1]
    )
    of_a = article(
        "Police commissioner meets residents", "Thames Valley Police said so.", feed="a", outlet="A"
    )
    verdicts = [bench.seat(seat).in_brief(of_a) for seat in (0, 1, 0, 1)]
    assert len([text for text in read if "residents" in text]) == 1
    assert {verdict.reason for verdict in verdicts} == {Judge(rules, places).in_brief(of_a).reason}
    # One whose feeds do not list it may know it by another feed's entry: it is judged then.
    assert bench.seat(2).in_brief(of_a) == verdicts[0]
    assert len([text for text in read if "residents" in text]) == 2


def test_what_a_verdict_hangs_on_makes_an_article_another(bench, judges):
    first = article(
        "Police commissioner meets residents", "Thames Valley Police said so.", "A box.", outlet="A"
    )
    told = set()
    for change in (
        {},
        {"title": "Residents meet"},
        {"paragraphs": ("Police of Ontario said so.",)},
        {"outlet": "Reading Chronicle", "paragraphs": ("The police commissioner said so.",)},
        {"paragraphs": ("Jason Hogg spoke of the police precept.",)},
        {
            "paragraphs": ("Jason Hogg spoke of the police precept.",),
            "published": first.published.replace(year=2005),
        },
    ):
        one = replace(first, **change)
        assert bench.seat(0).in_brief(one) == judges[0].in_brief(one), change
        told.add(judges[0].in_brief(one).reason)
    assert len(told) > 3


def test_what_speaks_of_no_policing_is_read_no_further(bench, monkeypatch):
    def reads_on(*_):
        pytest.fail("the whole text was sought through")

    for row in bench._rows:
        monkeypatch.setattr(row, "_told", reads_on)
    one = article("A fete in the park", "There was cake.", "Police came.", outlet="Kent News")
    verdicts = [bench.in_brief(seat, one) for seat in range(len(panels()))]
    assert {verdict.choice for verdict in verdicts} == {Choice.EXCLUDE}
    assert len({verdict.area for verdict in verdicts}) > 1


SAME = ("anti-social behaviour", "anti social behaviour")


@pytest.mark.parametrize(
    ("what", "change", "lists"),
    [
        ("the same rules", {}, 1),
        (
            "thresholds are asked afterwards",
            {"thresholds": Thresholds(include=1, borderline=1, national=1, policing=1)},
            1,
        ),
        ("what titles weigh", {"fields": FieldWeights(title=9)}, 2),
        ("phrases of other words in another order", {"never": ("two", "one")}, 1),
        ("phrases of the same words in another order", {"never": SAME[::-1]}, 2),
        ("near phrases in another order", {"never": ("b ~3 c", "a ~3 b")}, 2),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_whose_phrases_are_sought_together(what, change, lists):
    first = replace(default_rules(), topics=(), never=("one", "two", *SAME, "a ~3 b", "b ~3 c"))
    other = replace(first, **change)
    found = rosters([Judge(rules, default_gazetteer()) for rules in (first, other)])
    assert len(found) == lists, what
    assert sorted(panel for one in found for panel in one.panels) == [0, 1]
