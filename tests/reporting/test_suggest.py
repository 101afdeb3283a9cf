"""Drops for one reason become a suggestion with its figures; the rules themselves stay as they are."""

from dataclasses import replace

import pytest
from conftest import NOW, article

from monitor.judging.classify import prepare
from monitor.judging.without import effect, without
from monitor.model import Area, Choice, Decision, Evidence, Field, Learned, Said, Verdict
from monitor.pipeline.learn import Suggestion
from monitor.reporting.learning.suggest import may_suggest, repeated
from monitor.settings import Body, Cue, Gazetteer, Rules, Thresholds, Topic


def verdict(*phrases: str) -> Verdict:
    evidence = tuple(
        Evidence(rule="cue raise action", phrase=phrase, field=Field.BODY, start=0, end=1, points=2)
        for phrase in phrases
    )
    return Verdict(choice=Choice.INCLUDE, score=9, area=Area.OWN, reason="Because.", evidence=evidence)


def decided(said: str, *names: str) -> tuple[Decision, ...]:
    return tuple(
        Decision(said=Said(said), edition=1, story=name, drafted=f"Heading {name}", articles=(name,))
        for name in names
    )


def learned(*decisions: Decision, edition: int = 1) -> Learned:
    return Learned(edition=edition, learned=NOW, digest="d", decisions=decisions)


WATCH, FIGURES, FORCE = "Community Speedwatch", "per cent", "Thames Valley Police"


def named(documents, verdicts) -> list[tuple[str, int]]:
    return [(one.phrase, len(one.stories)) for one in repeated(documents, verdicts)]


SIX = "abcdef"


@pytest.mark.parametrize(
    "documents, verdicts, suggested",
    [
        pytest.param([learned(*decided("dropped", *SIX))], {name: verdict(WATCH) for name in SIX}, [(WATCH, 6)], id="six of six"),
        pytest.param([learned(*decided("dropped", *"abc"))], {name: verdict(WATCH) for name in SIX}, [], id="three are too few"),
        pytest.param([learned(*decided("dropped", *"abcde"), *decided("kept", "f"))], {name: verdict(WATCH) for name in SIX}, [], id="one was kept"),
        pytest.param([learned(*decided("dropped", *"abcd"), *decided("kept", "f"))], {name: verdict(WATCH, FORCE) for name in "abcd"} | {"f": verdict(FORCE)}, [(WATCH, 4)], id="a phrase that kept ones have too is no reason"),
        pytest.param([learned(*decided("dropped", *"abcd"))], {name: verdict(WATCH, FIGURES) for name in "abcd"}, [(WATCH, 4)], id="two phrases of the same stories are one reason"),
        pytest.param([learned(*decided("dropped", *"ab")), learned(*decided("dropped", *"cd"), edition=2)], {name: verdict(WATCH) for name in SIX}, [(WATCH, 4)], id="over several documents"),
        pytest.param([learned(*decided("dropped", *"abcd")), learned(*decided("kept", "d"), edition=2)], {name: verdict(WATCH) for name in SIX}, [], id="taken back in later"),
        pytest.param([learned(*decided("dropped", *SIX))], {}, [], id="no longer stored"),
    ],
)  # fmt: skip
def test_it_is_suggested(documents, verdicts, suggested):
    assert named(documents, verdicts) == suggested


def test_nothing_is_judged_where_too_little_was_dropped():
    assert not may_suggest([learned(*decided("dropped", *"abc"))])
    assert may_suggest([learned(*decided("dropped", *"abcd"))])


def test_a_suggestion_reads():
    one = Suggestion(rule="cue raise action", phrase=WATCH, dropped=6, gained=0, lost=8, lost_dropped=6)
    assert str(one) == (
        "Dropped 6 of 6 with ‘Community Speedwatch’ (cue raise action). Without that phrase the stored articles would "
        "lose 8 articles, 6 of them of stories that you dropped and 2 of others, and gain 0."
    )


# ── the rules without a phrase ──────────────────────────────────────────────────────────────────────────────────

RULES = Rules(
    topics=(Topic(id="roads", name="Roads", strong=(WATCH, "speed camera*"), weak=("speeding",)),),
    raises=(Cue(name="action", points=4, most=2, phrases=(WATCH, "campaign")),),
    sinks=(Cue(name="case", points=-6, most=2, phrases=("jailed",)),),
    bodies=(Body(name="force", names=(FORCE,), points=2),),
    thresholds=Thresholds(include=6, borderline=3, national=8, policing=2),
)
NOWHERE = Gazetteer()


def told(name: str, text: str):
    return article(name, title="Headline", paragraphs=(text,))


@pytest.mark.parametrize(
    "rule, phrase, gained, lost",
    [
        ("cue raise action", WATCH, (), ("watch",)),
        ("cue raise action", "campaign", (), ("campaign",)),
        ("cue sink case", "jailed", ("jailed",), ()),
        ("topic roads", WATCH, (), ()),
        ("cue raise action", "no such phrase", (), ()),
    ],
)
def test_leaving_a_phrase_out_would_change(rule, phrase, gained, lost):
    articles = [
        told("watch", f"{FORCE} praised {WATCH} volunteers."),
        told("campaign", f"{FORCE} began a campaign."),
        told("jailed", f"{FORCE} said {WATCH} and a campaign saw a man jailed."),
        told("other", "The fete raised £412."),
    ]
    found = effect(articles, RULES, NOWHERE, rule, phrase)
    assert (found.gained, found.lost) == (gained, lost)


@pytest.mark.parametrize(
    "rule, phrase", [("topic roads", WATCH), ("topic roads", "speeding"), ("cue raise action", WATCH), ("cue sink case", "jailed"), ("body force", FORCE)]
)  # fmt: skip
def test_only_that_phrase_of_that_rule_goes(rule, phrase):
    less = without(RULES, rule, phrase)
    assert less != RULES
    everything = [
        RULES.topics[0].strong,
        RULES.topics[0].weak,
        RULES.raises[0].phrases,
        RULES.sinks[0].phrases,
        RULES.bodies[0].names,
    ]
    remaining = [
        less.topics[0].strong,
        less.topics[0].weak,
        less.raises[0].phrases,
        less.sinks[0].phrases,
        less.bodies[0].names,
    ]
    assert sum(map(len, everything)) - sum(map(len, remaining)) == 1
    assert (
        replace(less, topics=RULES.topics, raises=RULES.raises, sinks=RULES.sinks, bodies=RULES.bodies)
        == RULES
    )
    assert prepare(less, NOWHERE)
