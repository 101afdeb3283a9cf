"""What is taken and struck again and again becomes a suggested change of the priority card, with what it would have done."""

from dataclasses import replace

import pytest
from conftest import NOW
from editions import edition, item, link

from monitor.model import Decision, Ground, Learned, Said
from monitor.reporting.learning.card import card_changes, may_change
from monitor.settings import Priority, PriorityGround, ReportSize

FIGURES, VICTIMS, ROUTINE = "figures", "help for victims", "advice or an event"
CARD = Priority(
    grounds=tuple(
        PriorityGround(name=says, says=says, points=points, phrases=("x",))
        for says, points in ((FIGURES, 3), (VICTIMS, 2), (ROUTINE, 4))
    )
)
POINTS = {ground.says: ground.points for ground in CARD.grounds}
SIZE = ReportSize(items=2, per_topic=9, good_news=0)


def story(name: str, *says: str, topic: str = "", **changes):
    grounds = tuple(Ground(points=POINTS[one], says=f"{one} (“word”)") for one in says)
    return item(
        name,
        links=(link(article=f"of {name}"),),
        why=grounds,
        points=sum(ground.points for ground in grounds),
        topics=(topic,) if topic else (),
        **changes,
    )


def week(number: int, first=FIGURES, second=FIGURES, further=VICTIMS, **changes):
    """A draft of two items, and one further story."""
    made = edition(story(f"a{number}", first, **changes), story(f"b{number}", second), number=number)
    return replace(made, further=(story(f"c{number}", further),))


def said(number: int, **of_stories: str) -> Learned:
    decisions = tuple(
        Decision(said=Said(word), edition=number, story=name, drafted=name, articles=(f"of {name}",))
        for name, word in of_stories.items()
    )
    return Learned(edition=number, learned=NOW, digest="d", decisions=decisions)


def taken(number: int) -> Learned:
    return said(number, **{f"a{number}": "kept", f"c{number}": "taken"})


def suggested(editions, learned, size=SIZE, topics=None) -> list[str]:
    return [str(one) for one in card_changes(editions, learned, CARD, topics or {}, size)]


WEEKS = [week(number) for number in (1, 2, 3)]
TAKEN = [taken(number) for number in (1, 2, 3)]


@pytest.mark.parametrize(
    "editions, learned, told",
    [
        pytest.param(WEEKS, [], [], id="nothing was said"),
        pytest.param(
            WEEKS,
            TAKEN,
            ["“help for victims” adds 2; with 4, of the 6 stories that you kept in the last 3 drafts that you edited 6 would have been in the report instead of 3."],
            id="taken in three drafts",
        ),
        pytest.param(WEEKS[:2], TAKEN[:2], [], id="in two drafts: that is chance"),
        pytest.param(
            WEEKS,
            [*TAKEN[:2], said(3, a3="kept", c3="dropped")],
            [],
            id="twice, and once the other way",
        ),
        pytest.param(
            [week(number, first=ROUTINE) for number in (1, 2, 3)],
            [said(number, **{f"a{number}": "dropped", f"b{number}": "kept", f"c{number}": "taken"}) for number in (1, 2, 3)],
            ["“advice or an event” adds 4; with 1, of the 6 stories that you kept in the last 3 drafts that you edited 6 would have been in the report instead of 3, and of the 3 that you struck 0 instead of 3."],
            id="struck in three drafts",
        ),
        pytest.param(
            [week(number, further=ROUTINE) for number in (1, 2, 3)],
            [said(number, **{f"a{number}": "kept"}) for number in (1, 2, 3)],
            [],
            id="kept ones say nothing by themselves",
        ),
        pytest.param(
            [replace(WEEKS[0], number=number) for number in (1, 2, 3)],
            [replace(TAKEN[0], edition=number) for number in (1, 2, 3)],
            [],
            id="one story in three drafts is one story",
        ),
        pytest.param(
            [replace(one, items=tuple(replace(each, decided=1) for each in one.items)) for one in WEEKS],
            TAKEN,
            [],
            id="no change would have made room: not told",
        ),
    ],
)  # fmt: skip
def test_it_is_suggested(editions, learned, told):
    assert suggested(editions, learned) == told


def test_a_topic_without_a_ground_is_suggested_one():
    made = [
        replace(
            one, further=tuple(replace(each, why=(), points=2, topics=("roads",)) for each in one.further)
        )
        for one in WEEKS
    ]
    assert suggested(made, TAKEN, topics={"roads": "Speeding"}) == [
        "No ground speaks for the topic “Speeding”; with one that adds 2, of the 6 stories that you kept in the last 3 "
        "drafts that you edited 6 would have been in the report instead of 3."
    ]


def test_a_report_of_everything_has_no_use_for_it():
    assert suggested(WEEKS, TAKEN, ReportSize(items=None)) == []


def test_it_is_asked_only_where_enough_was_said():
    assert [may_change(TAKEN[:count]) for count in (0, 2, 3)] == [False, False, True]
    assert not may_change([said(1, a1="kept", b1="kept", c1="added")])


def test_the_card_stays_as_it_is():
    before = repr(CARD)
    suggested(WEEKS, TAKEN)
    assert repr(CARD) == before
