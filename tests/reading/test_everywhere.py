"""What is nobody's is left out wherever it stands; what belongs to a story stays, however many outlets print it."""

import json
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW, article
from hypothesis import given, settings
from hypothesis import strategies as st
from where import QUALITY

from monitor.reading.pages.boilerplate import learn, own_words
from monitor.reading.pages.everywhere import nobodys

STORIES = [json.loads(line) for line in (QUALITY / "tuning.jsonl").read_text("utf-8").splitlines()]
FOLLOW = "Follow us on social media for more news from where you live."
STANDARD = "A spokesman said the force takes all reports seriously and would look into each."
APPEAL = "Anyone with information should call 101 or Crimestoppers anonymously."
CONTINUES = "The trial continues."
LONG = " ".join(["Terms apply to every word of this notice."] * 8)  # 64 words


def of_different_events(count: int) -> list:
    """So many real stories, no two of one event."""
    events = list({story["story"]: story for story in STORIES}.values())
    events = [*events[::7], *events[1::7], *events[2::7], *events[3::7], *events[4::7], *events[5::7]][:count]
    return [
        article(
            f"{number:03}",
            title=story["title"],
            paragraphs=tuple(story["text"].split("\n\n")),
            outlet=f"Outlet {number}",
            first_seen=NOW - timedelta(hours=number),
        )
        for number, story in enumerate(events)
    ]


def ending(paragraph: str, *outlets: str) -> list:
    """Twenty stories, the first of them of these outlets and ending in the paragraph."""
    found = of_different_events(20)
    for place, outlet in enumerate(outlets):
        found[place] = replace(found[place], outlet=outlet, paragraphs=(*found[place].paragraphs, paragraph))
    return found


def printed_by(count: int, **changes) -> list:
    """One agency report in so many outlets, among other stories."""
    report = of_different_events(21)[20]
    return [
        *of_different_events(20),
        *(replace(report, id=f"copy {n}", outlet=f"Title {n}", **changes) for n in range(count)),
    ]


def with_a_local_line(articles: list) -> list:
    """Each copy under a title of its own, with a last paragraph of its own."""
    return [
        replace(
            one, title=f"{one.title}: {one.outlet}", paragraphs=(*one.paragraphs, f"More in {one.outlet}.")
        )
        if one.id.startswith("copy")
        else one
        for one in articles
    ]


def own_reports(count: int) -> list:
    """Own reports of one event, which share a sentence of the force's."""
    shared = "Officers found the tractors in three barns and gave them back to their owners."
    return [
        *of_different_events(20),
        *(
            article(
                f"own {n}",
                title=f"Report {n}",
                outlet=f"Title {n}",
                paragraphs=(
                    f"{opening} the farmer Aldous Wray, of Upper Stanbridge, who lost his in Charnwick.",
                    shared,
                ),
            )
            for n, opening in enumerate(["It was good news for", "Relief came to", "A call reached"][:count])
        ),
    ]


def shortened(*, title: str | None = None, shared_key: str | None = None) -> list:
    """Three stories that end alike, of which each title printed its own part of one: by title, or by number."""
    found = ending(FOLLOW, "A", "B", "C")
    for place in range(3):
        found[place] = replace(
            found[place], title=title or found[place].title, shared_key=shared_key or found[place].shared_key
        )
    return found


@pytest.mark.parametrize(
    "articles, expected",
    [
        pytest.param(ending(FOLLOW, "A", "B", "C"), {FOLLOW}, id="in three outlets"),
        pytest.param(ending(FOLLOW, "A", "A", "B"), {FOLLOW}, id="in three stories of two titles"),
        pytest.param(ending(FOLLOW, "A", "B"), set(), id="in two stories: too few to tell"),
        pytest.param(ending(FOLLOW, "A", "A", "A", "A"), {FOLLOW}, id="four times in one outlet"),
        pytest.param(ending(FOLLOW, "A", "A", "A"), set(), id="three times in one outlet"),
        pytest.param(ending(STANDARD, "A", "B", "C"), set(), id="a standard quotation is the story's"),
        pytest.param(ending(APPEAL, "A", "B", "C"), set(), id="an appeal is the story's"),
        pytest.param(ending(CONTINUES, "A", "B", "C"), set(), id="the trial continues"),
        pytest.param(ending(LONG, "A", "B", "C"), set(), id="too long for furniture"),
        pytest.param(ending(FOLLOW, "A", "B", "C")[:11], set(), id="too few articles in all"),
        pytest.param(printed_by(6), set(), id="an agency's report in six outlets"),
        pytest.param(
            with_a_local_line(printed_by(6)), set(), id="with a title and a line of each title's own"
        ),
        pytest.param(printed_by(6, shared_key="news/1"), set(), id="one number of a publisher"),
        pytest.param(shortened(title="Live: the day in pictures"), set(), id="other parts under one title"),
        pytest.param(shortened(shared_key="news/1"), set(), id="other parts under one number"),
        pytest.param(own_reports(3), set(), id="a sentence of the force's in three reports of one event"),
        pytest.param(of_different_events(60), set(), id="nothing recurs"),
    ],
)
def test_what_is_nobodys(articles, expected):
    assert nobodys(articles) == expected


def test_it_is_left_out_of_an_outlet_that_had_it_once():
    articles = ending(FOLLOW, "A", "B", "C")
    left = own_words(articles, learn(articles))
    assert not any(FOLLOW in one.paragraphs for one in left)
    assert [one.paragraphs for one in left] == [one.paragraphs for one in of_different_events(20)]


def test_copies_beside_other_stories_with_the_furniture():
    copies = [
        replace(one, paragraphs=(*one.paragraphs, FOLLOW)) if one.id.startswith("copy") else one
        for one in printed_by(3)
    ]
    assert nobodys(copies) == set()  # one story, three times
    copies[:2] = ending(FOLLOW, "A", "B")[:2]
    assert nobodys(copies) == {FOLLOW}


texts = st.lists(st.sampled_from([FOLLOW, APPEAL, "One.", "Two of a kind go by here today."]), max_size=4)


@settings(max_examples=50)
@given(st.lists(texts, min_size=12, max_size=20), st.randoms(use_true_random=False))
@pytest.mark.slow
def test_no_article_is_left_without_text_and_order_is_nothing(many, chance):
    articles = [
        article(f"{n:02}", title=f"Title {n}", paragraphs=tuple(text), outlet=f"Outlet {n % 5}")
        for n, text in enumerate(many)
    ]
    learned = learn(articles)
    assert all(
        bool(one.paragraphs) == bool(left.paragraphs)
        for one, left in zip(articles, own_words(articles, learned), strict=True)
    )
    chance.shuffle(articles)
    assert learn(articles) == learned


@pytest.mark.slow
def test_the_cost_is_that_of_the_articles():
    """Twice as many take about twice as long: 4 times would be quadratic."""

    def many(count: int) -> list:
        stories = of_different_events(100)
        return [
            replace(
                stories[n % 100],
                id=f"{n:05}",
                outlet=f"Outlet {n % 50}",
                title=f"Title {n}",
                first_seen=NOW - timedelta(minutes=n),
                paragraphs=(*(f"{n} {text}" for text in stories[n % 100].paragraphs), FOLLOW),
            )
            for n in range(count)
        ]

    def seconds(articles: list) -> float:
        begun = time.process_time()
        assert nobodys(articles) == {FOLLOW}
        return time.process_time() - begun

    once, twice = many(5_000), many(10_000)
    assert min(seconds(twice) for _ in range(2)) < 3.5 * min(seconds(once) for _ in range(2)) + 0.05
