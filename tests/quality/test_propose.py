"""The tool that proposes points: it looks at every number that weighs, and tells a gain from none."""

from datetime import date

from monitor.judging.labelled import LabelledStory
from monitor.model import Area, Choice
from monitor.settings import Body, Cue, Gazetteer, Rules, Thresholds
from tests.quality.propose import numbers, proposals, wrong

RULES = Rules(
    raises=(Cue(name="figures", points=1, most=2, phrases=("per cent",)),),
    sinks=(Cue(name="court", points=-3, most=2, phrases=("jailed",), case=True),),
    bodies=(Body(name="force", names=("Vale Police",), points=2),),
    sunk_below=2,
    thresholds=Thresholds(include=5, borderline=3, national=8, policing=1),
)
GAZETTEER = Gazetteer(area=("Vale",))


def story(title: str, text: str, decision: Choice) -> LabelledStory:
    return LabelledStory(
        id=title,
        url="https://a.example/",
        outlet="A",
        published=date(2026, 1, 5),
        title=title,
        text=text,
        area=Area.OWN,
        decision=decision,
        topics=(),
        story=title,
        why="",
    )


STORIES = (
    story("Crime falls in Vale", "Vale Police: by nine per cent.", Choice.INCLUDE),
    story("Man is jailed", "Vale Police of the Vale say so.", Choice.EXCLUDE),
    story("Vale Police sing", "It is said in the Vale.", Choice.BORDERLINE),
)


def test_every_number_that_weighs_is_looked_at():
    assert [(one.name, one.value) for one in numbers(RULES)] == [
        ("thresholds.include", 5),
        ("thresholds.national", 8),
        ("thresholds.policing", 1),
        ("unsunk", 0),
        ("sunk_below", 2),
        ("named.force", 2),
        ("cues.raise.figures", 1),
        ("cues.sink.court", 3),
    ]


def test_each_proposal_is_the_rules_with_that_one_number():
    for number in numbers(RULES):
        changed = number.change(RULES, number.value + 1)
        assert [one.value for one in numbers(changed)] == [
            one.value + (one.name == number.name) for one in numbers(RULES)
        ]


def test_a_gain_is_told_from_none():
    assert wrong(RULES, GAZETTEER, STORIES) == (1, 0)
    found = {
        (one.number.name, one.value): (one.missed, one.let_in) for one in proposals(RULES, GAZETTEER, STORIES)
    }
    assert found["cues.raise.figures", 2] == (1, 0)  # four points, and five are needed
    assert found["thresholds.include", 4] == (1, 0)
    three = next(iter(numbers(RULES))).change(RULES, 3)
    assert {(one.number.name, one.value, one.wrong) for one in proposals(three, GAZETTEER, STORIES)} >= {
        ("cues.raise.figures", 2, 0),
        ("cues.raise.figures", 0, 1),
    }
    assert min(value for _, value in found) == 0
