"""Other rules over stored articles, and what each phrase did in them."""

from dataclasses import replace

from monitor.judging.backtest import backtest
from monitor.judging.classify import prepare
from monitor.judging.usage import usage
from monitor.settings import Body, Cue, Gazetteer, Rules, Thresholds, Topic
from tests.rules import article

GAZETTEER = Gazetteer(area=("Berkshire",), elsewhere=("Kent",))
RULES = Rules(
    topics=(Topic(id="roads", name="Roads", strong=("speeding", "road rage"), never=("speeding up",)),),
    raises=(Cue(name="figures", points=2, most=2, phrases=("per cent", "on the rise")),),
    sinks=(Cue(name="court", points=-3, most=2, phrases=("jailed",)),),
    bodies=(Body(name="force", names=("Vale Police",), points=2),),
    thresholds=Thresholds(include=4, borderline=2, national=5, policing=2),
)
FIGURES = article("Vale Police: speeding up by ten per cent in Berkshire", "Ten per cent more.", id="a")
JAILED = article(
    "Vale Police driver jailed for speeding in Berkshire", "Jailed for long.", id="b", outlet="B"
)
LAMBS = article("Lambs on the rise in Berkshire", "Many lambs.", id="c", outlet="C")


def judges(after: Rules):
    return {"before": prepare(RULES, GAZETTEER), "after": prepare(after, GAZETTEER)}


def test_the_same_rules_turn_nothing():
    found = backtest([FIGURES, JAILED, LAMBS], GAZETTEER, **judges(RULES))
    assert (found.articles, found.stories, found.kept, found.gained, found.lost) == (3, 3, 1, (), ())
    assert list(found.lines()) == ["3 stories from 3 articles: 1 in as before, 0 gained, 0 lost."]


def test_what_other_rules_gain_and_lose_with_the_reasons():
    found = backtest(
        [FIGURES, JAILED, LAMBS],
        GAZETTEER,
        **judges(
            replace(RULES, sinks=(), raises=(Cue(name="court", points=2, most=2, phrases=("jailed",)),))
        ),
    )
    assert [turned.story for turned in found.gained] == ["b"]
    assert [turned.story for turned in found.lost] == ["a"]
    (gained,) = found.as_record()["gained"]
    assert (gained["title"], gained["before"]["decision"], gained["after"]["decision"]) == (
        JAILED.title,
        "exclude",
        "include",
    )
    shown = list(found.lines())
    assert shown[0] == f"Gained: B: {JAILED.title}"
    assert "jailed" in shown[2] and shown[-1].endswith("0 in as before, 1 gained, 1 lost.")


def test_a_cancelled_hit_is_none():
    found = usage([replace(FIGURES, id=f"a{number}") for number in range(3)], RULES, GAZETTEER)
    assert ("topic roads", ("speeding", "road rage")) in found.idle


def test_usage_lists_what_never_hit_and_what_only_misled():
    lambs = [replace(LAMBS, id=f"c{number}") for number in range(3)]
    found = usage([FIGURES, JAILED, *lambs], RULES, GAZETTEER)
    assert found.idle == (("topic roads", ("road rage",)),)
    assert found.misleading == (("cue raise figures", ("on the rise",)),)
    assert list(found.lines()) == [
        "Phrases of topics.yaml in 5 stored articles:",
        "Never hit: 1",
        "  topic roads: road rage",
        "Hit 3 articles and more, all of them left out: 1",
        "  cue raise figures: on the rise",
    ]
