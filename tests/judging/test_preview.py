"""Other rules tried on stored stories: judging only what a change touches says what judging everything says."""

import random
from dataclasses import replace
from functools import cache

import pytest

from monitor.judging.backtest import backtest
from monitor.judging.classify import Judge
from monitor.judging.group import group
from monitor.judging.labelled import read_labelled
from monitor.judging.preview.difference import difference, needed_words, said_of, touches
from monitor.judging.preview.labels import figures_by
from monitor.judging.preview.regrouping import same_stories
from monitor.judging.preview.turning import Ground, compared, flips, marked, shown, turned_members
from monitor.model import Choice, Window
from monitor.settings import Gazetteer, Thresholds
from tests.rules import NOW, THAMES_VALLEY, article, default_gazetteer, default_rules
from tests.where import ROOT


@cache
def rules_to_change():
    """The default rules, cut down: compiled in a moment, and with little beside a phrase that would hold its stories."""
    rules = default_rules()
    return replace(
        rules,
        topics=tuple(
            replace(one, strong=one.strong[:8], weak=one.weak[:4], never=one.never[:3])
            for one in rules.topics
        ),
        raises=tuple(replace(one, phrases=one.phrases[:12]) for one in rules.raises),
        sinks=tuple(replace(one, phrases=one.phrases[:8]) for one in rules.sinks),
        never=rules.never[:8],
    )


@cache
def places():
    """Of the area alone."""
    return replace(default_gazetteer(), elsewhere=default_gazetteer().elsewhere[:20])


@cache
def labelled():
    path = ROOT / "tests" / "quality" / "tuning.jsonl"
    return read_labelled(path.name, path.read_text("utf-8").splitlines(), THAMES_VALLEY)


@pytest.fixture(scope="module")
def stories():
    """Labelled stories as articles, and a few texts with signs that texts of the web have."""
    told = [one.article for one in labelled()[::2]]
    odd = [
        article(
            "Ｐｏｌｉｃｅ and crime com\u00admissioner", "The ﬁnal budget of Thames Valley Police.", id="odd1"
        ),
        article("CAFÉ owner meets the PCC", "Cafe\u0301 owners want patrols. It's £1,200.", id="odd2"),
        article("Headline of the police alone, up 12 per cent", id="odd3"),
    ]
    return [replace(one, first_seen=NOW) for one in (*told, *odd)]


@pytest.fixture(scope="module")
def in_force():
    return Judge(rules_to_change(), places())


@pytest.fixture(scope="module")
def ground(stories, in_force):
    found = group(stories, places(), rules_to_change())
    return Ground(
        window=Window(since=None, until=NOW),
        articles=len(stories),
        textless=1,
        stories=tuple(tuple(one.id for one in story.articles) for story in found),
        included=frozenset(one.id for one in stories if in_force.verdict(one).choice is Choice.INCLUDE),
    )


def changed_by_chance(chance, stories):
    """The default rules with one to four changes, each of a random kind."""
    rules = rules_to_change()
    for _ in range(chance.randint(2, 6)):
        rules = chance.choice(KINDS)(chance, rules, stories)
    return rules


def words_of_a_story(chance, stories):
    text = chance.choice(stories).title.split()
    start = chance.randrange(max(1, len(text) - 1))
    return " ".join(text[start : start + chance.randint(1, 2)]) or "police"


def _one_of(chance, those, change):
    place = chance.randrange(len(those))
    return (*those[:place], change(those[place]), *those[place + 1 :])


def adds_strong(chance, rules, stories):
    new = words_of_a_story(chance, stories)
    return replace(
        rules, topics=_one_of(chance, rules.topics, lambda one: replace(one, strong=(*one.strong, new)))
    )


def drops_strong(chance, rules, _stories):
    return replace(
        rules,
        topics=_one_of(
            chance, rules.topics, lambda one: replace(one, strong=one.strong[chance.randint(0, 1) :])
        ),
    )


def adds_never(chance, rules, stories):
    new = words_of_a_story(chance, stories)
    return replace(
        rules, topics=_one_of(chance, rules.topics, lambda one: replace(one, never=(*one.never, new)))
    )


def adds_weak(chance, rules, stories):
    new = words_of_a_story(chance, stories)
    return replace(
        rules, topics=_one_of(chance, rules.topics, lambda one: replace(one, weak=(*one.weak, new)))
    )


def changes_cue(chance, rules, stories):
    new = (words_of_a_story(chance, stories),)
    side = chance.choice(("raises", "sinks"))
    those = _one_of(chance, getattr(rules, side), lambda one: replace(one, phrases=(*one.phrases[1:], *new)))
    return replace(rules, **{side: those})


def changes_points(chance, rules, _stories):
    side = chance.choice(("raises", "sinks"))
    sign = 1 if side == "raises" else -1
    points, most = sign * chance.randint(1, 6), chance.randint(1, 3)
    return replace(
        rules,
        **{side: _one_of(chance, getattr(rules, side), lambda one: replace(one, points=points, most=most))},
    )


def changes_body(chance, rules, stories):
    new = words_of_a_story(chance, stories)
    points = chance.randint(0, 5)
    return replace(
        rules,
        bodies=_one_of(
            chance, rules.bodies, lambda one: replace(one, names=(*one.names[1:], new), points=points)
        ),
    )


def cancels_bodies(chance, rules, stories):
    return replace(rules, never=(*rules.never[1:], words_of_a_story(chance, stories)))


def renames_topic(chance, rules, _stories):
    return replace(rules, topics=_one_of(chance, rules.topics, lambda one: replace(one, id=f"{one.id}-2")))


def forgets_somebody(_chance, rules, _stories):
    return replace(rules, people=rules.people[1:])


KINDS = (
    adds_strong, drops_strong, adds_never, adds_weak, changes_cue, changes_points, changes_body, cancels_bodies,
    renames_topic, forgets_somebody,
)  # fmt: skip


@pytest.mark.slow
def test_what_a_change_does_not_touch_is_judged_alike_by_both(stories, in_force, ground):
    """For changes of every kind, by chance; and enough of them change something, or this would hold of nothing."""
    by_ids, turned = {one.id: one for one in stories}, 0
    for seed in range(8):
        rules = changed_by_chance(random.Random(seed), stories)
        after, found = Judge(rules, places()), difference(rules_to_change(), rules)
        touched = touches(found)
        some = [one for one in stories if touched(one)]
        left = [one for one in stories if one not in some]
        assert [one.id for one in left if in_force.verdict(one) != after.verdict(one)] == [], seed
        flipped = flips(some, before=in_force, after=after.in_brief)
        partly = compared(ground, flipped, by_ids, before=in_force, after=after)
        assert partly == backtest(stories, places(), before=in_force, after=after), seed
        assert flips(some, before=in_force, after=after.in_brief, included=ground.included) == flipped
        turned += len(flipped.ids)
    assert turned > 4


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            dict(thresholds=Thresholds(include=9, borderline=3, national=9, policing=4)),
            "thresholds weigh every hit",
        ),
        (dict(unsunk=1, sunk_below=2), "unsunk and sunk_below weigh every hit"),
        (
            dict(topics=rules_to_change().topics[::-1]),
            "phrases stand in another order, by which ties are broken",
        ),
    ],
)
def test_what_weighs_every_hit_touches_every_article(change, why):
    found = difference(rules_to_change(), replace(rules_to_change(), **change))
    assert found.all_because == why and touches(found)(article("Of nothing"))


def test_what_decides_no_verdict_touches_none():
    rules = rules_to_change()
    named = replace(rules, topics=tuple(replace(one, name="Other") for one in rules.topics), digest="other")
    assert difference(rules, named).is_nothing
    assert difference(rules, replace(rules, priority=replace(rules.priority, fresh=9))).is_nothing


def test_an_outlet_that_a_changed_phrase_names_is_touched():
    rules = rules_to_change()
    other = replace(
        rules, bodies=tuple(replace(one, names=(*one.names, "Kennet Gazette")) for one in rules.bodies)
    )
    touched = touches(difference(rules, other))
    assert touched(article("Of nothing", outlet="Kennet Gazette")) and not touched(article("Of nothing"))


@pytest.mark.parametrize(
    ("phrases", "words"),
    [
        (["speed camera*"], ("camera",)),
        (["fixed penalty ~5 cuts", "<large> officers"], ("penalty", "officers")),
        (["<money>"], None),
        (["PCC"], ("pcc",)),
        (["crime", "<number>"], None),
    ],
)
def test_a_phrase_needs_a_word(phrases, words):
    assert needed_words(phrases) == words


def test_changes_are_said_in_words():
    rules = rules_to_change()
    topic = rules.topics[0]
    other = replace(
        rules,
        topics=(replace(topic, strong=("new phrase", *topic.strong[1:])), *rules.topics[1:]),
        never=("a never",),
    )
    said = list(said_of(difference(rules, other).phrases))
    assert f"added “new phrase” (strong of topic {topic.id})" in said
    assert f"removed “{topic.strong[0]}” (strong of topic {topic.id})" in said
    assert "added “a never” (never, for all bodies and cues)" in said


def test_a_lost_story_says_what_still_holds_it_and_where_the_words_stand():
    rules = rules_to_change()
    cue = next(one for one in rules.raises if one.phrases)
    other = replace(
        rules,
        raises=tuple(replace(one, phrases=one.phrases[1:]) if one is cue else one for one in rules.raises),
    )
    words = cue.phrases[0].replace("<large>", "250").replace("<number>", "12").replace("*", "")
    one = article(
        "Thames Valley Police figures", f"Thames Valley Police told of {words}.", "Then it rained.", id="x"
    )
    gazetteer, found = places(), difference(rules, other)
    before, after = Judge(rules, gazetteer), Judge(other, gazetteer)
    ground = Ground(
        window=Window(since=None, until=NOW),
        articles=1,
        textless=0,
        stories=(("x",),),
        included=frozenset(["x"]),
    )
    result = compared(
        ground, flips([one], before=before, after=after.in_brief), {"x": one}, before=before, after=after
    )
    told = shown((*result.lost, *result.gained)[0], found) if result.lost or result.gained else None
    assert [mark.text[start:end] for mark in marked(one, [cue.phrases[0]]) for start, end in mark.spans] == [
        words,
        words,
    ]
    if told:
        assert told.by and told.counted and all("Then it rained" not in mark.text for mark in told.marks)


def test_a_story_is_turned_once_whatever_its_reports():
    ground = Ground(
        window=Window(since=None, until=NOW), articles=5, textless=0,
        stories=(("a", "b"), ("c",), ("d", "e")), included=frozenset("abd"),
    )  # fmt: skip
    found = flips([], before=None, after=None)
    assert turned_members(ground, found) == ((), 2)
    lost_one = replace(found, out=frozenset("a"))
    assert turned_members(ground, lost_one) == ((), 2)  # another report holds it
    lost_both = replace(found, out=frozenset("ab"), into=frozenset("c"))
    assert turned_members(ground, lost_both) == ((("a", "b"), ("c",)), 1)


def test_words_that_no_article_has_put_nothing_together_otherwise(stories):
    rules, gazetteer = rules_to_change(), places()
    topic = rules.topics[0]

    def with_strong(*phrases):
        return replace(rules, topics=(replace(topic, strong=(*topic.strong, *phrases)), *rules.topics[1:]))

    assert same_stories(stories, gazetteer, rules, with_strong("xylophone quango"))
    assert not same_stories(stories, gazetteer, rules, with_strong("figure 57"))
    assert not same_stories(
        [article("Of Zebedee", "A man named Zebedee.")], gazetteer, rules, with_strong("zebedee")
    )


@pytest.mark.parametrize("seed", range(6))
def test_what_is_put_together_alike_for_certain_is(seed, stories):
    rules, gazetteer = changed_by_chance(random.Random(seed), stories), places()
    if same_stories(stories, gazetteer, rules_to_change(), rules):
        assert group(stories, gazetteer, rules_to_change()) == group(stories, gazetteer, rules)


def test_labelled_stories_are_counted_before_and_after(in_force):
    rules = replace(
        rules_to_change(), thresholds=Thresholds(include=50, borderline=3, national=50, policing=4)
    )
    after, told = Judge(rules, places()), labelled()[:60]
    found = figures_by("some", told, difference(rules_to_change(), rules), before=in_force, after=after)
    assert found.after.recall.right == 0 and found.before.recall.right > 5
    assert len(found.changed) == found.before.precision.of
    assert {one.is_right for one in found.changed} <= {True, False} and found.stories == 60


def test_nothing_changed_is_no_difference():
    assert difference(rules_to_change(), rules_to_change()).is_nothing
    assert not touches(difference(rules_to_change(), rules_to_change()))(article("Thames Valley Police"))
    assert difference(rules_to_change(), rules_to_change()).words == () and Gazetteer()
