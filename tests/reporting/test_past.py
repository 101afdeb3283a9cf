"""What holds after several documents, and what becomes of stories when the grouping changes under them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from conftest import NOW, article
from editions import WEEK, edition, item, link

from monitor.model import (
    Area,
    Choice,
    Decision,
    Dropped,
    JudgedStory,
    Learned,
    Said,
    Source,
    Story,
    Verdict,
    Weight,
)
from monitor.reporting.edition.fates import Fate, fated
from monitor.reporting.edition.past import Past, look_back, standing
from monitor.reporting.edition.shortlist import Candidate, shortlist
from monitor.settings import ReportSize


def decision(said: str, *articles: str, story: str | None = None, **changes) -> Decision:
    values = {"edition": 1, "story": story or f"story of {articles[0]}", "drafted": f"Heading {articles[0]}"}
    return Decision(said=Said(said), articles=articles, **{**values, **changes})


def document(number: int, *decisions: Decision) -> Learned:
    return Learned(
        edition=number,
        learned=NOW,
        digest="d",
        decisions=tuple(replace(each, edition=number) for each in decisions),
    )


def held(*documents: Learned) -> list[tuple]:
    return [(each.said.value, each.articles[0], each.heading) for each in standing(documents)]


@pytest.mark.parametrize(
    "documents, what_holds",
    [
        pytest.param([], [], id="nothing"),
        pytest.param(
            [document(1, decision("kept", "b"), decision("kept", "a"), decision("dropped", "c"))],
            [("kept", "b", None), ("kept", "a", None), ("dropped", "c", None)],
            id="one document, in its order",
        ),
        pytest.param(
            [
                document(1, decision("kept", "a", heading="Hers"), decision("dropped", "b")),
                document(2, decision("kept", "a")),
            ],
            [("kept", "a", "Hers"), ("dropped", "b", None)],
            id="left alone later: as it was decided before",
        ),
        pytest.param(
            [
                document(2, decision("kept", "a", heading="Later")),
                document(1, decision("kept", "a", heading="Hers")),
            ],
            [("kept", "a", "Later")],
            id="the later edition wins, whenever it was learned",
        ),
        pytest.param(
            [document(1, decision("dropped", "a")), document(2, decision("kept", "a"))],
            [("kept", "a", None)],
            id="taken back in",
        ),
        pytest.param(
            [document(1, decision("kept", "a", heading="Hers")), document(2, decision("dropped", "a"))],
            [("dropped", "a", "Hers")],
            id="dropped later: what was said of it before stays with it",
        ),
        pytest.param(
            [
                document(1, decision("kept", "a", story="one")),
                document(2, decision("dropped", "b", "a", story="other")),
            ],
            [("dropped", "b", None)],
            id="a story with another lead is the same story",
        ),
        pytest.param(
            [
                document(1, decision("added", "own", story="own_1", excerpt=("Hers.",))),
                document(2, decision("kept", "own", story="own_1")),
            ],
            [("added", "own", None)],
            id="her own stays her own",
        ),
        pytest.param(
            [
                document(1, decision("kept", "a"), decision("kept", "b")),
                document(2, decision("kept", "b"), decision("kept", "c")),
            ],
            [("kept", "b", None), ("kept", "c", None), ("kept", "a", None)],
            id="the last document's order, then what only earlier ones decided",
        ),
    ],
)
def test_what_holds_after(documents, what_holds):
    assert held(*documents) == what_holds


def test_her_own_item_keeps_its_words_when_a_later_draft_is_left_alone():
    first = document(
        1, decision("added", "own", excerpt=("Hers.",), note=("Hers.",), links=(link(article="own"),))
    )
    (holds,) = standing([first, document(2, decision("kept", "own"))])
    assert (holds.excerpt, holds.note, [each.article for each in holds.links]) == (
        ("Hers.",),
        ("Hers.",),
        ["own"],
    )


# ── fates ───────────────────────────────────────────────────────────────────────────────────────────────────────


def judged(*names: str, choice=Choice.INCLUDE, **of_articles) -> JudgedStory:
    articles = tuple(article(name, **of_articles) for name in names)
    verdict = Verdict(choice=choice, score=5, area=Area.OWN, reason="Because.")
    return JudgedStory(story=Story(id=names[0], articles=articles), verdict=verdict, speaker=articles[0])


def fates(stories, past: Past) -> list[tuple]:
    return sorted((sorted(one.articles), one.fate.value) for one in fated(stories, past, WEEK))


def held_by(*decisions: Decision) -> Past:
    return Past(decisions=decisions)


@pytest.mark.parametrize(
    "stories, past, expected",
    [
        pytest.param([judged("a", choice=Choice.EXCLUDE)], held_by(decision("kept", "a")), [(["a"], "in")], id="kept though the rules say no"),
        pytest.param([judged("a")], held_by(decision("dropped", "a")), [(["a"], "dropped")], id="dropped though they say yes"),
        pytest.param([judged("new", "a")], held_by(decision("dropped", "a")), [(["a", "new"], "dropped")], id="dropped, under another lead and grown"),
        pytest.param([judged("a"), judged("b")], held_by(decision("kept", "a", "b")), [(["a", "b"], "in")], id="one item, now two stories: one again"),
        pytest.param([judged("a"), judged("b")], held_by(decision("dropped", "a", "b")), [(["a", "b"], "dropped")], id="one dropped item, now two stories: one again"),
        pytest.param([judged("a", "b", "c")], held_by(decision("kept", "a"), decision("kept", "b")), [(["a", "c"], "in"), (["b"], "in")], id="two kept items, now one story: two again"),
        pytest.param([judged("a", "b", "c")], held_by(decision("kept", "b"), decision("dropped", "a")), [(["a"], "dropped"), (["b", "c"], "in")], id="one kept and one dropped, now one story"),
        pytest.param([judged("a", "b")], held_by(), [(["a", "b"], "in")], id="undecided: as the rules choose"),
    ],
)  # fmt: skip
def test_what_becomes_of(stories, past, expected):
    assert fates(stories, past) == expected


def test_a_part_of_a_story_is_judged_by_its_own_articles_alone():
    past = held_by(decision("kept", "a"), decision("added", "b"))
    found = fated([judged("a", "b")], past, WEEK, lambda story: _out(judged(*(x.id for x in story.articles))))
    assert [one.judged.verdict.reason for one in found] == ["Alone: a.", "Alone: b."]
    whole = fated([judged("a"), judged("b")], past, WEEK, lambda story: _out(judged("never asked")))
    assert [one.judged.verdict.reason for one in whole] == ["Because.", "Because."]


def _out(one: JudgedStory) -> JudgedStory:
    return replace(one, verdict=replace(one.verdict, reason=f"Alone: {one.story.id}."))


def test_a_story_of_another_window_only_helps_to_recognise():
    before = judged("old", first_seen=WEEK.since)
    outside = judged("older", first_seen=WEEK.since.replace(year=2020))
    assert fates([before, outside], Past()) == [(["old"], Fate.IN.value)]


# ── looking back ────────────────────────────────────────────────────────────────────────────────────────────────


def issued(**changes):
    return edition(
        item("one", heading="One", links=(link(article="a"),)),
        item("two", heading="Two", links=(link(article="b"),)),
        **{"number": 3, **changes},
    )


def test_reported_is_what_was_issued_as_she_left_it():
    said = document(
        3,
        decision("kept", "b", story="two", heading="Two, as she calls it"),
        decision("added", "own", drafted="Her own"),
        decision("dropped", "a", story="one"),
    )
    past = look_back([], [issued()], [said])
    assert [(one.heading, one.day, set(one.articles)) for one in past.reported] == [
        ("Two, as she calls it", date(2026, 11, 27), {"b"}),
        ("Her own", date(2026, 11, 27), {"own"}),
    ]
    assert [(one.said, one.articles) for one in past.decisions] == [(Said.DROPPED, ("a",))]


def test_what_an_issued_report_left_out_stays_out():
    gone = Dropped(heading="Gone", edition=2, links=(link(article="z"),))
    past = look_back([], [issued(dropped=(gone,))], [])
    assert [(one.said, one.articles, one.drafted) for one in past.decisions] == [
        (Said.DROPPED, ("z",), "Gone")
    ]


def test_the_first_draft_of_an_item_is_found_by_any_of_its_articles():
    first, second = (
        issued(number=1),
        edition(item("one", links=(link(article="a"), link(article="new"))), number=2),
    )
    past = look_back([first, second], [], [])
    assert (past.first("other", ["new", "a"])[0], past.last("other", ["a"])[0]) == (1, 2)
    assert past.first("other", ["strange"]) is None
    assert past.previous == 2


# ── words without a document ────────────────────────────────────────────────────────────────────────────────────


def word(number: int, minute: int, *decisions: Decision, source=Source.WORD, edition=None) -> Learned:
    return Learned(
        edition=number if edition is None else edition,
        learned=NOW + timedelta(minutes=minute),
        digest="w",
        decisions=decisions,
        source=source,
        newest=number,
    )


EDITED = document(1, decision("kept", "a", heading="Hers"), decision("kept", "b"))


@pytest.mark.parametrize(
    "documents, what_holds",
    [
        pytest.param([EDITED, word(1, 1, decision("dropped", "a"))], [("kept", "b", None), ("dropped", "a", "Hers")], id="a word drops what was kept"),
        pytest.param([word(1, -1, decision("dropped", "a")), EDITED], [("kept", "a", "Hers"), ("kept", "b", None)], id="a document that came later has the last word"),
        pytest.param([EDITED, word(1, 1, decision("dropped", "a")), word(1, 2, decision("taken", "a"))], [("taken", "a", "Hers"), ("kept", "b", None)], id="taken back, with what was made of it"),
        pytest.param([EDITED, word(1, 1, decision("taken", "b"))], [("kept", "a", "Hers"), ("kept", "b", None)], id="taken, and in the report already: as it was left, where it stood"),
        pytest.param([EDITED, word(1, 1, decision("taken", "c"))], [("kept", "a", "Hers"), ("kept", "b", None), ("taken", "c", None)], id="taken: it changes no order"),
        pytest.param([document(2, decision("dropped", "c")), word(2, 1, decision("taken", "c"), source=Source.NOTES, edition=1)], [("taken", "c", None)], id="a tick in older notes counts from when it was learned"),
        pytest.param([word(1, 5, decision("taken", "c")), document(2, decision("dropped", "c"))], [("dropped", "c", None)], id="a later draft's document, whenever it was learned"),
    ],
)  # fmt: skip
def test_what_holds_after_words(documents, what_holds):
    assert held(*documents) == what_holds


def test_what_she_took_by_a_tick_stands_where_its_part_of_the_report_is():
    def candidate(name, part, points, **changes):
        weight = Weight(points=points, part=part)
        return Candidate(
            story=name, heading=name, weight=weight, topic="", length=1, published=NOW, **changes
        )

    kept = candidate("kept", "successes", 1, is_decided=True)
    ticked = candidate("ticked", "successes", 9, is_decided=True, is_placed=False)
    new, weightier = candidate("new", "critical", 5), candidate("weightier", "successes", 12)
    chosen = shortlist([kept, ticked, new, weightier], ReportSize(items=4, good_news=0))
    assert chosen.report == ("kept", "new", "weightier", "ticked")
    assert shortlist([kept, ticked, new], ReportSize(items=2, good_news=0)).report == ("kept", "ticked")
