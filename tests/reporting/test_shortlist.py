"""The twelve: what has room, in which order, and why the others have none."""

import pytest
from conftest import NOW
from editions import item
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Decision, Ground, Said, Weight
from monitor.reporting.edition.arrange import Decided, say_order
from monitor.reporting.edition.shortlist import Candidate, shortlist
from monitor.settings import Part, ReportSize

THREE = ReportSize(items=3, per_topic=2, good_news=0)


def story(name, points, *, topic="", subject="", good="", part="", length=100, decided=False, grounds=()):
    return Candidate(
        story=name,
        heading=name.upper(),
        weight=Weight(points=points, grounds=grounds, part=part, subject=subject, good_news=good),
        topic=topic,
        length=length,
        published=NOW,
        is_decided=decided,
    )


@pytest.mark.parametrize(
    "size, candidates, report, further",
    [
        pytest.param(THREE, [], "", "", id="nothing"),
        pytest.param(THREE, [story("a", 1), story("b", 2)], "b a", "", id="fewer than there is room for"),
        pytest.param(
            THREE, [story("a", 1), story("b", 2), story("c", 3), story("d", 4)], "d c b", "a", id="by points"
        ),
        pytest.param(
            THREE,
            [story("a", 1), story("b", 1, length=200), story("c", 3), story("d", 4)],
            "d c b",
            "a",
            id="the fuller of equals",
        ),
        pytest.param(
            THREE,
            [story("a", 9, topic="t"), story("b", 8, topic="t"), story("c", 7, topic="t"), story("d", 1)],
            "a b d",
            "c",
            id="two of a topic",
        ),
        pytest.param(
            THREE,
            [
                story("a", 9, subject="precept"),
                story("b", 8, subject="precept"),
                story("c", 1),
                story("d", 0),
            ],
            "a c d",
            "b",
            id="one of a subject",
        ),
        pytest.param(
            ReportSize(items=2, per_topic=2, good_news=1),
            [story("a", 9), story("b", 8), story("g", 1, good="week")],
            "a g",
            "b",
            id="a place for good news",
        ),
        pytest.param(
            ReportSize(items=3, per_topic=2, good_news=2),
            [story("a", 9), story("b", 8), story("g", 2, good="week"), story("h", 1, good="week")],
            "a b g",
            "h",
            id="one of each kind",
        ),
        pytest.param(
            ReportSize(items=2, per_topic=2, good_news=1),
            [story("a", 9), story("b", 8), story("g", 0, good="week")],
            "a b",
            "g",
            id="what counts for nothing is no good news",
        ),
        pytest.param(
            ReportSize(items=2, per_topic=2, good_news=1),
            [story("a", 9, good="week"), story("b", 8), story("g", 1, good="week")],
            "a b",
            "g",
            id="good news that came in by its points",
        ),
        pytest.param(
            THREE,
            [story("k", -5, decided=True), story("a", 9), story("b", 8), story("c", 7)],
            "k a b",
            "c",
            id="what the officer kept has its place",
        ),
        pytest.param(
            THREE,
            [
                story("k", 0, topic="t", decided=True),
                story("l", 0, topic="t", decided=True),
                story("a", 9, topic="t"),
            ],
            "k l",
            "a",
            id="and counts against the limits",
        ),
        pytest.param(
            ReportSize(items=1, per_topic=1, good_news=2),
            [story("k", 0, decided=True), story("l", 0, decided=True), story("g", 9, good="week")],
            "k l",
            "g",
            id="the officer's choice may be more than fits",
        ),
        pytest.param(
            ReportSize(items=None),
            [story("a", 1), story("b", 2), story("c", 0)],
            "a b c",
            "",
            id="all, as they come",
        ),
        pytest.param(
            THREE,
            [story("g", 9, part="successes"), story("f", 1, part="figures"), story("c", 2, part="critical")],
            "c f g",
            "",
            id="in the order of the real reports",
        ),
    ],
)
def test_what_has_room(size, candidates, report, further):
    found = shortlist(candidates, size)
    assert (" ".join(found.report), " ".join(found.further)) == (report, further)


@pytest.mark.parametrize(
    "candidates, why",
    [
        pytest.param(
            [story("a", 9, subject="s"), story("b", 8, subject="s")],
            "the report has one story on a subject, and before it of the same subject: “A”",
            id="subject",
        ),
        pytest.param(
            [story("a", 9, topic="t"), story("c", 9, topic="t"), story("b", 8, topic="t")],
            "before it of the same topic: “A”, “C”",
            id="topic",
        ),
        pytest.param(
            [
                story("a", 9),
                story("c", 9),
                story("d", 5, grounds=(Ground(points=5, says="a verdict (“bad”)"),)),
                story("b", 4),
            ],
            "1 point fewer than “D”, the last that came in by its points; what counts there and not here: a verdict (“bad”)",
            id="points",
        ),
        pytest.param(
            [story("a", 9), story("c", 9), story("d", 5), story("b", 5, length=1)],
            "no place is left: as many stories weigh as much, and “D” is the fuller or stands for good news",
            id="a place",
        ),
    ],
)
def test_why_a_story_has_no_place(candidates, why):
    assert shortlist(candidates, THREE).outside["b"] == why


def decided(said, **changes):
    decision = Decision(said=Said(said), edition=1, story="s", drafted="S", articles=("s",), **changes)
    return Decided(item("s", decided=1), decision)


BY_RULES, TAKEN, HEADING = (
    Decided(item("r"), None),
    decided("taken"),
    decided("kept", heading="Hers", placed=False),
)
PLACED, MOVED = decided("kept", placed=True), decided("taken", moved=True)
PARTS = "part by part (critical reports, figures, services, money, announcements, successes), and within a part by points."


@pytest.mark.parametrize(
    "items, size, says",
    [
        pytest.param([], THREE, "", id="no item"),
        pytest.param([BY_RULES], THREE, "", id="one has no order"),
        pytest.param([BY_RULES] * 3, THREE, f"The order: {PARTS}", id="by the rules"),
        pytest.param(
            [BY_RULES, TAKEN, HEADING], THREE, f"The order: {PARTS}", id="a word that gives no place"
        ),
        pytest.param(
            [PLACED, MOVED], THREE, "The order is the officer’s own.", id="all have been given theirs"
        ),
        pytest.param(
            [PLACED, BY_RULES],
            THREE,
            f"The first story stands where the officer put it; the others follow {PARTS}",
            id="one was moved",
        ),
        pytest.param(
            [PLACED, MOVED, BY_RULES],
            THREE,
            f"The first 2 stories stand in the officer’s own order; the others follow {PARTS}",
            id="new ones behind hers",
        ),
        pytest.param(
            [BY_RULES] * 2,
            ReportSize(items=None),
            "The order: the panel’s area first, then by score, with the stories of one topic together.",
            id="a report that holds all",
        ),
    ],
)
def test_the_order_is_said(items, size, says):
    assert say_order(items, size) == says


def test_the_parts_are_said_in_their_order():
    said = ["critical", "figures", "services", "money", "announcements", "successes"]
    assert [part.value.replace("funding", "money") for part in Part] == said


candidates = st.lists(
    st.builds(
        story,
        st.text("abcdefgh", min_size=6, max_size=6),
        st.integers(-9, 20),
        topic=st.sampled_from(["", "t", "u", "v"]),
        subject=st.sampled_from(["", "", "s", "r"]),
        good=st.sampled_from(["", "", "week", "help"]),
        part=st.sampled_from(["", "critical", "successes"]),
    ),
    max_size=30,
    unique_by=lambda one: one.story,
)


@given(candidates, st.integers(1, 12), st.randoms())
@pytest.mark.slow
def test_it_is_a_partition_and_blind_to_order(stories, items, random):
    size = ReportSize(items=items)
    found = shortlist(stories, size)
    assert sorted((*found.report, *found.further)) == sorted(one.story for one in stories)
    assert len(found.report) <= items and set(found.outside) == set(found.further)
    mixed = random.sample(stories, len(stories))
    assert shortlist(mixed, size) == found


@given(candidates)
def test_no_limit_is_broken(stories):
    by_name = {one.story: one for one in stories}
    chosen = [by_name[name] for name in shortlist(stories, ReportSize()).report]
    for limit, of in ((2, lambda one: one.topic), (1, lambda one: one.weight.subject)):
        named = [of(one) for one in chosen if of(one)]
        assert all(named.count(name) <= limit for name in named)
