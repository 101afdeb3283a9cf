"""From stories with verdicts to an edition: who speaks, what goes in, in which order, and what is quoted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from conftest import NOW, article
from editions import HOSTILE, WEEK, edition, health, link, printed
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.lengths import CUT, LONGEST_QUOTED
from monitor.model import (
    Area,
    Choice,
    Decision,
    JudgedStory,
    JudgedWindow,
    Kinship,
    Link,
    Said,
    Story,
    TextFrom,
    Verdict,
)
from monitor.reporting.edition.assemble import assemble, speaker
from monitor.reporting.edition.past import Past, Reported
from monitor.reporting.wording import one_line
from monitor.settings import Excerpt, ExcerptLength, Feed
from tests.rules import THAMES_VALLEY

HEADER = edition().header


def verdict(choice=Choice.INCLUDE, score=5, **changes) -> Verdict:
    values = {"area": Area.OWN, "topics": ("finance",), "reason": "Because."}
    return Verdict(choice=choice, score=score, **{**values, **changes})


def judged(*articles, links=(), **of_verdict) -> JudgedStory:
    """A story whose first article speaks for it."""
    story = Story(id=articles[0].id, articles=articles, links=links)
    return JudgedStory(story=story, verdict=verdict(**of_verdict), speaker=articles[0])


def feed(name="Thames Courier", excerpt=Excerpt.LEAD, url="https://courier.example/rss") -> Feed:
    return Feed(name=name, url=url, excerpt=excerpt)


LENGTH = ExcerptLength()


def assembled(*stories, feeds=(), length=LENGTH, **changes):
    values = {
        "header": HEADER,
        "made": NOW,
        "window": WEEK,
        "health": health(),
        "feeds": feeds,
        "length": length,
        "area": THAMES_VALLEY,
        "rules_digest": "ab" * 32,
    }
    return assemble(JudgedWindow(stories=stories), **{**values, **changes})


def copies(one: str, two: str) -> Link:
    return Link(one=one, two=two, kinship=Kinship.COPY, score=0.95, reason="95 % of the text")


def reports(one: str, two: str) -> Link:
    return Link(one=one, two=two, kinship=Kinship.REPORT, score=0.6, reason="the same names and figures")


# ── the speaker ─────────────────────────────────────────────────────────────────────────────────────────────────

LONG = ("A much longer first paragraph.", "Second paragraph.", "Third paragraph.")


@pytest.mark.parametrize(
    "other, verdict_of_other",
    [
        pytest.param({}, verdict(Choice.BORDERLINE, 9), id="a weaker choice, whatever its score"),
        pytest.param({}, verdict(score=4), id="a lower score"),
        pytest.param(
            {"text_from": TextFrom.SUMMARY, "paragraphs": LONG}, verdict(), id="a summary, however long"
        ),
        pytest.param({"paragraphs": ("Short.",)}, verdict(), id="a shorter text"),
        pytest.param({"published": NOW - timedelta(hours=2)}, verdict(), id="a later one"),
        pytest.param({}, verdict(), id="a greater id"),
    ],
)
def test_the_stronger_article_speaks_rather_than(other, verdict_of_other):
    ours, theirs = article("a"), article("b", **{"title": "Headline a", **other})
    for both in ((ours, theirs), (theirs, ours)):
        chosen = speaker(Story(id="a", articles=both), {"a": verdict(), "b": verdict_of_other})
        assert (chosen.speaker, chosen.verdict) == (ours, verdict())


# ── what goes in, and in which order ────────────────────────────────────────────────────────────────────────────


def test_the_choice_decides_what_becomes_of_a_story():
    drafted = assembled(
        judged(article("in"), article("in2")),
        judged(article("near"), choice=Choice.BORDERLINE, reason="One case."),
        judged(article("out"), choice=Choice.EXCLUDE),
        judged(article("out2"), choice=Choice.EXCLUDE),
    )
    assert [item.story for item in drafted.items] == ["in"]
    (miss,) = drafted.near_misses
    assert (miss.title, miss.outlet, miss.url, miss.published, miss.reason) == (
        "Headline near",
        "Thames Courier",
        "https://courier.example/news/near",
        date(2026, 11, 16),
        "One case.",
    )
    basis = drafted.basis
    assert (basis.articles, basis.stories, basis.included, basis.near, basis.out) == (5, 4, 1, 1, 2)
    assert drafted.articles == ("in", "in2", "near", "out", "out2")
    assert (drafted.number, drafted.made, drafted.header, basis.window) == (0, NOW, HEADER, WEEK)


def test_an_item_carries_its_verdict():
    (item,) = assembled(
        judged(article("a"), score=7, topics=("roads", "finance"), councils=("reading",), reason="Figures.")
    ).items
    assert (item.area, item.topics, item.councils, item.score, item.reason) == (
        "thames-valley",
        ("roads", "finance"),
        ("reading",),
        7,
        "Figures.",
    )


def later(name: str, hours: int):
    return article(name, published=NOW - timedelta(days=1) + timedelta(hours=hours))


@pytest.mark.parametrize(
    "stories, order",
    [
        pytest.param(
            [judged(article("low"), score=3, topics=()), judged(article("high"), score=8, topics=())],
            ["high", "low"],
            id="the higher score first",
        ),
        pytest.param(
            [judged(later("old", 0), topics=()), judged(later("new", 5), topics=())],
            ["new", "old"],
            id="among equals the newer first",
        ),
        pytest.param(
            [
                judged(article("national"), score=9, topics=("roads",), area=Area.NATIONAL),
                judged(article("ours"), score=4),
            ],
            ["ours", "national"],
            id="ours before national",
        ),
        pytest.param(
            [
                judged(article("money 9"), score=9),
                judged(article("roads 8"), score=8, topics=("roads",)),
                judged(article("money 2"), score=2, topics=("finance", "roads")),
                judged(article("roads 7"), score=7, topics=("roads", "finance")),
            ],
            ["money 9", "money 2", "roads 8", "roads 7"],
            id="one subject stands together, where its first stands",
        ),
        pytest.param(
            [
                judged(article("near"), score=9, choice=Choice.BORDERLINE, topics=("roads",)),
                judged(article("money"), score=8),
                judged(article("roads"), score=7, topics=("roads",)),
            ],
            ["money", "roads"],
            id="a near miss draws nothing to the front",
        ),
    ],
)
def test_items_stand_in_reading_order(stories, order):
    for given_order in (stories, stories[::-1]):
        assert [item.story for item in assembled(*given_order).items] == order


# ── heading and links ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", HOSTILE)
def test_a_heading_is_the_title_on_one_line(name):
    (item,) = assembled(judged(article("a", title=HOSTILE[name][0]))).items
    assert item.heading == printed(name)


# A browser, a phone's keyboard or a feed leaves such signs where a word was taken out.
SHOWS_NOTHING = {
    "blank": " \n",
    "zero width space": "\u200b",
    "word joiner in blanks": "\u00a0\u2060 ",
    "soft hyphen": "\u00ad",
    "marks of direction": "\u200e\u200f",
    "chooser of a form": "\ufe0f",
    "Hangul filler": "\u3164",
    "Braille blank": "\u2800",
}


@pytest.mark.parametrize("name", SHOWS_NOTHING)
def test_without_a_title_that_can_be_seen_the_heading_is_outlet_and_day(name):
    (item,) = assembled(judged(article("a", title=SHOWS_NOTHING[name]))).items
    assert item.heading == "Thames Courier, 16 November 2026"


def linked(*articles, links=()):
    (item,) = assembled(judged(*articles, links=links)).items
    return [(link.article, link.kinship) for link in item.links]


def test_links_stand_quoted_first_then_reports_then_copies_each_by_day():
    days = {"quoted": 3, "late report": 2, "report": 1, "late copy": 1, "copy": 0}
    articles = [article(name, published=NOW - timedelta(days=4 - day)) for name, day in days.items()]
    links = (copies("copy", "quoted"), copies("copy", "late copy"), reports("quoted", "report"))
    assert linked(*articles, links=links) == [
        ("quoted", None),
        ("report", Kinship.REPORT),
        ("late report", Kinship.REPORT),
        ("copy", Kinship.COPY),
        ("late copy", Kinship.COPY),
    ]


def test_a_copy_of_a_report_is_no_copy_of_the_quoted_article():
    trio = (article("a"), article("b"), article("c"))
    found = linked(*trio, links=(reports("a", "b"), copies("b", "c")))
    assert found == [("a", None), ("b", Kinship.REPORT), ("c", Kinship.REPORT)]


def test_one_outlet_s_address_is_named_once():
    again = article("b", url=article("a").url)
    elsewhere = article("c", url=article("a").url, outlet="Vale Gazette")
    assert linked(article("a"), again, elsewhere) == [("a", None), ("c", Kinship.REPORT)]


def test_a_link_s_day_is_london_s_and_a_guess_is_said():
    late = article("a", published=NOW.replace(month=7, hour=23, minute=30), published_is_guess=True)
    (item,) = assembled(judged(late)).items
    assert (item.links[0].published, item.links[0].published_is_guess) == (date(2026, 7, 17), True)


# ── the excerpt ─────────────────────────────────────────────────────────────────────────────────────────────────


def words(*counts: int) -> tuple[str, ...]:
    return tuple(" ".join([f"p{number}"] * count) for number, count in enumerate(counts))


@pytest.mark.parametrize(
    "given_counts, taken",
    [
        pytest.param((), 0, id="nothing there"),
        pytest.param((40,), 1, id="one paragraph"),
        pytest.param((40, 40, 40, 40, 40), 5, id="a short story whole"),
        pytest.param((30, 30, 30, 30, 30, 30, 30), 6, id="at most six"),
        pytest.param((200, 200, 200, 200), 3, id="at least three, however long"),
        pytest.param((80, 80, 80, 80, 80), 4, id="none begun beyond 250 words"),
        pytest.param((100, 100, 50, 10), 3, id="none begun at 250 words"),
        pytest.param((100, 100, 49, 10), 4, id="the last begun below them is whole"),
    ],
)
def test_a_lead_excerpt_is_whole_paragraphs(given_counts, taken):
    paragraphs = words(*given_counts)
    (item,) = assembled(judged(article("a", paragraphs=paragraphs))).items
    assert item.excerpt == paragraphs[:taken]


@pytest.mark.parametrize(
    "paragraphs, excerpt",
    [
        pytest.param(("headline A!", "Text."), ("Text.",), id="the heading again"),
        pytest.param(("Text.", "“Headline – a”"), ("Text.",), id="the heading again, below"),
        pytest.param(("Headline a and more.",), ("Headline a and more.",), id="a paragraph that says more"),
        pytest.param((" ", "A\x00 b\nc", ""), ("A b c",), id="blank lines and control characters"),
        pytest.param(
            ("1", "2", "3", "4", "5", "To:", "- x", "- y"),
            ("1", "2", "3", "4", "5"),
            id="a list's introduction alone",
        ),
        pytest.param(
            ("1", "2", "3", "To:", "- x", "- y"),
            ("1", "2", "3", "To:", "- x", "- y"),
            id="a list with its introduction",
        ),
        pytest.param(("1", "He said:"), ("1", "He said:"), id="the story's own end"),
    ],
)
def test_an_excerpt_leaves_out(paragraphs, excerpt):
    (item,) = assembled(judged(article("a", paragraphs=paragraphs))).items
    assert item.excerpt == excerpt


SEVEN = words(*[60] * 7)


@pytest.mark.parametrize(
    "feeds, taken",
    [
        pytest.param([feed(excerpt=Excerpt.LEAD)], 5, id="lead"),
        pytest.param([feed(excerpt=Excerpt.NONE)], 0, id="none"),
        pytest.param([feed(excerpt=Excerpt.FULL)], 7, id="full"),
        pytest.param([], 5, id="lead where nothing is said"),
        pytest.param(
            [feed(excerpt=Excerpt.FULL), feed(excerpt=Excerpt.NONE)],
            0,
            id="the strictest of an outlet's feeds",
        ),
        pytest.param([feed("Aggregator", Excerpt.NONE)], 0, id="a stranger by the feed that brought it"),
        pytest.param(
            [feed("Aggregator", Excerpt.NONE), feed(excerpt=Excerpt.FULL, url="https://courier.example/own")],
            7,
            id="the outlet's own before the aggregator's",
        ),
    ],
)
def test_the_licence_decides_how_much(feeds, taken):
    (item,) = assembled(judged(article("a", paragraphs=SEVEN)), feeds=feeds).items
    assert item.excerpt == SEVEN[:taken]


NO_EXCERPT = feed("Thames Courier", Excerpt.NONE)


@pytest.mark.parametrize(
    "other, quoted",
    [
        pytest.param(
            {"outlet": "Vale Gazette", "feed": "https://g.example/"}, "b", id="another that allows it"
        ),
        pytest.param(
            {"outlet": "Vale Gazette", "feed": "https://g.example/", "paragraphs": ()},
            "a",
            id="another without text",
        ),
        pytest.param({}, "a", id="another of the same outlet"),
    ],
)
def test_where_the_speaker_may_not_be_quoted_it_is(other, quoted):
    (item,) = assembled(judged(article("a"), article("b", **other)), feeds=[NO_EXCERPT]).items
    assert item.heading == "Headline a"
    assert (item.links[0].article, item.links[0].kinship) == (quoted, None)
    assert bool(item.excerpt) == (quoted == "b")
    assert len(item.links) == 2


def test_where_the_speaker_has_no_text_another_is_quoted():
    (item,) = assembled(judged(article("a", paragraphs=()), article("b"))).items
    assert (item.links[0].article, item.excerpt) == ("b", article("b").paragraphs)


# ── laws ────────────────────────────────────────────────────────────────────────────────────────────────────────

PARAGRAPHS = st.lists(st.text(max_size=60), max_size=9).map(tuple)


@st.composite
def judged_stories(draw) -> list[JudgedStory]:
    stories = []
    for number in range(draw(st.integers(0, 6))):
        members = [
            article(
                f"{number}-{member}",
                outlet=draw(st.sampled_from(["Courier", "Gazette", "Echo"])),
                paragraphs=draw(PARAGRAPHS),
                published=NOW - timedelta(hours=draw(st.integers(0, 3))),
            )
            for member in range(draw(st.integers(1, 4)))
        ]
        verdicts = {
            member.id: verdict(
                draw(st.sampled_from(Choice)),
                draw(st.integers(0, 3)),
                topics=tuple(draw(st.lists(st.sampled_from(["finance", "roads"]), max_size=1))),
            )
            for member in members
        }
        stories.append(speaker(Story(id=members[0].id, articles=tuple(members)), verdicts))
    return stories


FEEDS = [feed("Courier", Excerpt.LEAD), feed("Gazette", Excerpt.NONE), feed("Echo", Excerpt.FULL)]
LENGTHS = st.builds(ExcerptLength, least=st.integers(0, 3), most=st.integers(3, 6), words=st.integers(0, 40))


@settings(max_examples=50)
@given(judged_stories(), LENGTHS)
@pytest.mark.slow
def test_the_counts_add_up_and_every_article_has_its_place(stories, length):
    drafted = assembled(*stories, feeds=FEEDS, length=length)
    chosen = [one.story.id for one in stories if one.verdict.choice is Choice.INCLUDE]
    assert sorted(item.story for item in drafted.items) == sorted(chosen)
    assert drafted.basis.included + drafted.basis.near + drafted.basis.out == len(stories)
    assert len(drafted.near_misses) == drafted.basis.near
    assert drafted.basis.articles == len(drafted.articles) == sum(len(one.story.articles) for one in stories)
    for item in drafted.items:
        (story,) = (one.story for one in stories if one.story.id == item.story)
        assert sorted(link.article for link in item.links) == sorted(each.id for each in story.articles)
        assert [link.kinship for link in item.links].count(None) == 1


@settings(max_examples=50)
@given(judged_stories(), st.randoms())
def test_the_edition_is_blind_to_the_order_of_the_stories(stories, random):
    shuffled = random.sample(stories, len(stories))
    assert assembled(*shuffled, feeds=FEEDS) == assembled(*stories, feeds=FEEDS)


@settings(max_examples=50)
@given(judged_stories(), LENGTHS)
@pytest.mark.slow
def test_an_excerpt_is_paragraphs_of_the_quoted_article_in_order(stories, length):
    articles = {each.id: each for one in stories for each in one.story.articles}
    for item in assembled(*stories, feeds=FEEDS, length=length).items:
        quoted = articles[item.links[0].article]
        remaining = iter([one_line(paragraph) for paragraph in quoted.paragraphs])
        assert all(paragraph in remaining for paragraph in item.excerpt)  # a subsequence: `in` uses it up
        assert len(item.excerpt) <= length.most or quoted.outlet == "Echo"
        assert not (item.excerpt and quoted.outlet == "Gazette")


@st.composite
def pasts(draw) -> Past:
    """What may have been decided and reported of the articles of `judged_stories`, and of others."""
    names = draw(
        st.lists(st.builds("{}-{}".format, st.integers(0, 6), st.integers(0, 3)), unique=True, max_size=9)
    )
    decisions, reported = [], []
    for name in names:
        kind = draw(st.sampled_from([*Said, "reported"]))
        if kind == "reported":
            reported.append(Reported(heading=name, day=date(2026, 9, 11), articles=frozenset({name})))
            continue
        links = (link(article=name),) if kind is Said.ADDED else ()
        decisions.append(
            Decision(said=kind, edition=1, story=f"of {name}", drafted=name, articles=(name,), links=links)
        )
    decisions.sort(key=lambda one: one.said is Said.DROPPED)
    return Past(reported=tuple(reported), decisions=tuple(decisions))


@settings(max_examples=100)
@given(judged_stories(), pasts())
def test_whatever_was_decided_everything_stands_once_and_is_counted_once(stories, past):
    """That the counts add up is asked by the edition itself, when it is made."""
    drafted = assembled(*stories, past=past)
    basis = drafted.basis
    everything = {each.id for one in stories for each in one.story.articles}
    assert (set(drafted.articles), basis.articles) == (everything, len(everything))
    assert len(drafted.items) == basis.included + basis.own
    assert len(drafted.dropped) == basis.dropped and len(drafted.near_misses) == basis.near
    in_items = [link.article for item in drafted.items for link in item.links]
    dropped = [link.article for one in drafted.dropped for link in one.links]
    developed = [link.article for one in drafted.developments for link in one.links]
    assert len(in_items) == len(set(in_items))
    assert not set(in_items) & {*dropped, *developed}
    struck = {name for one in past.dropped for name in one.articles}
    assert not struck & {item.links[0].article for item in drafted.items if item.links and not item.decided}
    told = {name for one in past.reported for name in one.articles}
    assert not told & {link.article for item in drafted.items if not item.decided for link in item.links}
    assert not told & set(developed)
    decided = [item.heading for item in drafted.items if item.decided]
    assert [item.heading for item in drafted.items[: len(decided)]] == decided  # hers come first


def test_the_edition_does_not_hang_on_the_order_of_a_story_s_articles():
    trio = tuple(article(name, outlet=f"Outlet {name}") for name in "abc")
    story = Story(id="a", articles=trio, links=(copies("a", "b"),))
    turned = replace(story, articles=trio[::-1])
    by_id = {each.id: verdict() for each in trio}
    assert assembled(speaker(story, by_id)) == assembled(speaker(turned, by_id))


@pytest.mark.parametrize("excerpt", [Excerpt.LEAD, Excerpt.FULL])
def test_a_draft_quotes_no_endless_paragraph(excerpt):
    long = article("one", paragraphs=("The panel asks. " * 6_000, "Two."))
    (item,) = assembled(judged(long), feeds=(feed(excerpt=excerpt),)).items
    assert len(item.excerpt[0]) <= LONGEST_QUOTED and item.excerpt[0].endswith(CUT)
