"""How much a story matters: each kind of ground, in a table of named situations with a small card."""

from datetime import timedelta

import pytest

from monitor.judging.classify import prepare
from monitor.judging.priority import COMING, HANDLED, Circumstances, Scales
from monitor.model import Area, Choice, JudgedStory, Story, Verdict
from monitor.settings import (
    Body,
    Council,
    Gazetteer,
    Part,
    Person,
    Priority,
    PriorityGround,
    Rules,
    Scope,
    Subject,
    Topic,
    Zone,
)
from tests.rules import NOW, article

CARD = Priority(
    grounds=(
        PriorityGround(
            name="against",
            says="a verdict against",
            points=5,
            phrases=("inadequate",),
            beside=("inspectorates",),
            instead="verdict",
            part=Part.CRITICAL,
        ),
        PriorityGround(
            name="verdict",
            says="a verdict",
            points=3,
            phrases=("inspected",),
            instead="verdict",
            part=Part.CRITICAL,
        ),
        PriorityGround(name="money", says="money lost", points=4, phrases=("wasted",), part=Part.FUNDING),
        PriorityGround(name="cuts", says="cuts", points=2, phrases=("cuts",), ours=True),
        PriorityGround(name="bold", says="in large letters", points=1, phrases=("ten",), where=Zone.HEADLINE),
        PriorityGround(
            name="week",
            says="an operation",
            points=2,
            phrases=("arrests",),
            where=Zone.ANYWHERE,
            part=Part.SUCCESSES,
            good_news=True,
        ),
        PriorityGround(name="advice", says="advice", points=-4, phrases=("lock your doors",)),
    ),
    scope=Scope(headline=2, local=-2, one_town=-3, one_town_led=-1, national=-4, national_here=-1),
    fresh=1,
    fresh_days=35,
    liked=1,
    subjects=(
        Subject(name="precept", phrases=("precept", "council tax")),
        Subject(name="custody", phrases=("custody",)),
    ),
)
RULES = Rules(
    topics=(
        Topic(id="finance", name="Money", strong=("budget",)),
        Topic(id="roads", name="Roads", strong=("speeding",)),
    ),
    bodies=(
        Body(name="force", names=("Vale Police",)),
        Body(name="commissioner", names=("commissioner",)),
        Body(name="leaders", names=("chief constable",)),
        Body(name="inspectorates", names=("HMICFRS",)),
    ),
    people=(Person(names=("Jo Holder",), office="commissioner", since=NOW.date()),),
    never=("Vale Police choir",),
    priority=CARD,
)
GAZETTEER = Gazetteer(
    area=("Vale",),
    councils=(
        Council(id="upton", name="Upton", county="Vale", unit="U", places=("Upton",)),
        Council(id="downton", name="Downton", county="Vale", unit="D", places=("Downton",)),
        Council(id="midton", name="Midton", county="Vale", unit="M", places=("Midton",)),
    ),
)


def story(*articles, area=Area.OWN, topics=("finance",)) -> JudgedStory:
    verdict = Verdict(choice=Choice.INCLUDE, score=9, area=area, topics=topics, reason="")
    return JudgedStory(story=Story(id="s", articles=articles), verdict=verdict, speaker=articles[0])


def said(one, now=Circumstances()):  # noqa: B008 - frozen
    weight = Scales(RULES, GAZETTEER, now).weigh(one)
    assert weight.points == sum(ground.points for ground in weight.grounds)
    return [f"{ground.points:+d} {ground.says}" for ground in weight.grounds]


HEADLINE = "+2 the force, its commissioner or the area in the headline"


@pytest.mark.parametrize(
    "title, paragraphs, grounds",
    [
        pytest.param("Vale Police meet", ["Nothing."], [HEADLINE], id="the force in the headline"),
        pytest.param(
            "Vale Police choir sings", ["Vale Police meet."], [], id="not in a longer name that cancels it"
        ),
        pytest.param(
            "A meeting", ["Nothing."], ["-2 neither force nor area in its opening"], id="nothing of ours"
        ),
        pytest.param("A meeting", ["Jo Holder spoke."], [], id="the commissioner by name is ours"),
        pytest.param(
            "HMICFRS on Vale Police",
            ["It is inadequate."],
            ["+5 a verdict against (“inadequate”)", HEADLINE],
            id="a ground beside its body",
        ),
        pytest.param("Vale Police", ["They are inadequate."], [HEADLINE], id="without its body it is none"),
        pytest.param(
            "HMICFRS inspected Vale Police",
            ["It is inadequate."],
            ["+5 a verdict against (“inadequate”)", HEADLINE],
            id="of two that stand for each other the first",
        ),
        pytest.param(
            "Vale Police",
            ["One.", "Two.", "Money was wasted."],
            [HEADLINE],
            id="beyond the opening it is none",
        ),
        pytest.param(
            "Vale Police",
            ["One.", "Two.", "Ten arrests."],
            [HEADLINE, "+2 an operation (“arrests”)"],
            id="but anywhere",
        ),
        pytest.param(
            "Town cuts",
            ["Upton and Downton and Midton."],
            ["-2 neither force nor area in its opening"],
            id="ours",
        ),
        pytest.param(
            "Ten of Vale Police", ["x"], [HEADLINE, "+1 in large letters (“Ten”)"], id="in the headline alone"
        ),
        pytest.param("Vale Police", ["It was ten."], [HEADLINE], id="and not below"),
        pytest.param(
            "Vale Police", ["Lock your doors."], ["-4 advice (“Lock your doors”)", HEADLINE], id="what sinks"
        ),
        pytest.param("Upton meets Vale Police", ["x"], ["-3 one town or district", HEADLINE], id="one town"),
        pytest.param(
            "Upton meets commissioner",
            ["x"],
            [HEADLINE, "-1 one town or district, where the commissioner leads"],
            id="where the commissioner leads",
        ),
        pytest.param("Upton meets Vale Police", ["All the Vale."], [HEADLINE], id="the area is named too"),
        pytest.param(
            "Upton meets Vale Police",
            ["Downton too.", "x", "Midton."],
            [HEADLINE],
            id="three towns are no single one",
        ),
    ],
)
def test_a_story_has_its_grounds(title, paragraphs, grounds):
    assert sorted(said(story(article(title, *paragraphs)))) == sorted(grounds)


def test_what_raises_may_be_said_by_any_report_and_what_sinks_by_the_speaker_alone():
    other = article("Money wasted", "Lock your doors, says Vale Police.", id="b")
    assert "+4 money lost (“wasted”)" in said(story(article("Vale Police", "x"), other))
    assert not any("advice" in ground for ground in said(story(article("Vale Police", "x"), other)))


@pytest.mark.parametrize(
    "text, ground",
    [
        ("A law of the land.", "-4 national, and nothing of it is said of the force"),
        ("A law, and Vale Police.", "-1 a national story that names the force"),
    ],
)
def test_a_national_story_wants_a_consequence_here(text, ground):
    assert said(story(article("A law", text), area=Area.NATIONAL)) == [ground]


@pytest.mark.parametrize(
    "now, grounds",
    [
        pytest.param(
            Circumstances(coming=("finance",)),
            [f"{COMING:+d} on the panel’s coming agenda (“Money”)"],
            id="topic",
        ),
        pytest.param(Circumstances(coming=("roads",)), [], id="another topic"),
        pytest.param(
            Circumstances(coming=("new plan",)),
            [f"{COMING:+d} on the panel’s coming agenda (“New plan”)"],
            id="phrase",
        ),
        pytest.param(
            Circumstances(handled=("new plan",)),
            [f"{HANDLED:+d} the panel has just dealt with it (“New plan”)"],
            id="handled",
        ),
        pytest.param(
            Circumstances(until=NOW + timedelta(days=34)), ["+1 new in the last 35 days"], id="fresh"
        ),
        pytest.param(Circumstances(until=NOW + timedelta(days=36)), [], id="no longer fresh"),
        pytest.param(
            Circumstances(liked=frozenset({"finance"})), ["+1 you kept others on Money"], id="liked"
        ),
    ],
)
def test_circumstances(now, grounds):
    assert sorted(said(story(article("New plan of Vale Police", "x")), now)) == sorted([HEADLINE, *grounds])


def test_part_subject_and_good_news():
    weight = Scales(RULES, GAZETTEER).weigh(
        story(
            article(
                "Precept wasted by Vale Police", "The precept, custody: HMICFRS inspected.", "Ten arrests."
            )
        )
    )
    assert (weight.part, weight.subject, weight.good_news) == ("funding", "precept", "week")


def test_the_weightiest_ground_comes_first():
    assert said(story(article("Vale Police cuts", "Money wasted."))) == [
        "+4 money lost (“wasted”)",
        "+2 cuts (“cuts”)",
        HEADLINE,
    ]


def test_it_weighs_what_the_judge_let_in():
    one = article("Vale Police", "x")
    verdict = prepare(RULES, GAZETTEER).verdict(one)
    judged = JudgedStory(story=Story(id="s", articles=(one,)), verdict=verdict, speaker=one)
    assert HEADLINE in said(judged)
