"""What the grouping doubted: which two may be one event, and where it is said. test_rounds.py settles one."""

from dataclasses import replace

import pytest
from conftest import article
from editions import edition, item, link

from monitor.model import Area, Choice, Doubt, JudgedStory, Kinship, Link, Story, Verdict
from monitor.reporting.documents.beside import beside
from monitor.reporting.edition.doubts import doubts
from monitor.reporting.edition.fates import Fate, Fated


def doubt_of(one: str, two: str, score: float = 0.27) -> Link:
    return Link(one=one, two=two, kinship=Kinship.REPORT, score=score, reason=f"both name {one} and {two}")


def missed(id: str, title: str) -> Fated:
    subject = article(id, title=title)
    verdict = Verdict(choice=Choice.BORDERLINE, score=4, area=Area.OWN, reason="Nearly.")
    story = JudgedStory(story=Story(id=id, articles=(subject,)), verdict=verdict, speaker=subject)
    return Fated(judged=story, fate=Fate.NEAR)


def of(story: str, *articles: str, **changes):
    return item(story, links=tuple(link(article=each) for each in articles), **changes)


ITEMS = (of("A", "a1", "a2"), of("B", "b1", heading="", decided=1), of("C", "c1", decided=1))
NEAR = (missed("n1", "Nearly in"), missed("m1", "Nearly too"))


@pytest.mark.parametrize(
    "doubtful, told",
    [
        pytest.param([], [], id="no doubt"),
        pytest.param([doubt_of("a1", "c1")], [("Heading A", "Heading C", "C")], id="two items"),
        pytest.param(
            [doubt_of("a2", "n1")], [("Heading A", "Nearly in", None)], id="an item and a near miss"
        ),
        pytest.param(
            [doubt_of("m1", "a1")], [("Heading A", "Nearly too", None)], id="the item is named first"
        ),
        pytest.param([doubt_of("n1", "m1")], [], id="two near misses"),
        pytest.param([doubt_of("b1", "c1")], [], id="two that the officer has had and left apart"),
        pytest.param([doubt_of("a1", "x1")], [], id="one that is in no item"),
        pytest.param([doubt_of("a1", "a2")], [], id="one item"),
        pytest.param(
            [doubt_of("c1", "n1", 0.3), doubt_of("a1", "c1"), doubt_of("a2", "c1", 0.25)],
            [("Heading C", "Nearly in", None), ("Heading A", "Heading C", "C")],
            id="the likeliest first, and once for each two",
        ),
    ],
)
def test_what_is_doubted(doubtful, told):
    found = doubts(ITEMS, NEAR, doubtful)
    assert [(each.heading, each.other, each.other_story) for each in found] == told


def test_an_item_without_a_heading_is_named_as_elsewhere_in_the_notes():
    (found,) = doubts(ITEMS, NEAR, [doubt_of("a1", "b1")])
    assert (found.heading, found.other) == ("Heading A", "First paragraph.")


def test_the_comments_say_it_but_for_an_item_that_she_left_so():
    between = Doubt(
        story="A", heading="Heading A", other="Heading C", other_story="C", reason="both name 733"
    )
    near = Doubt(story="C", heading="Heading C", other="Nearly in", other_story=None, reason="both name bins")
    made = replace(edition(*ITEMS), doubts=(between, near))
    said = [[line for line in beside(one, made) if "Perhaps" in line] for one in made.items]
    assert said == [
        ["Check before publishing: Perhaps one event with “Heading C”: both name 733."],
        [],
        [],
    ]
    new = replace(made, items=tuple(replace(one, decided=None) for one in ITEMS))
    assert beside(new.items[2], new)[-1] == (
        "Check before publishing: Perhaps one event with “Heading A”: both name 733. Perhaps one event with the "
        "near miss “Nearly in”: both name bins."
    )
