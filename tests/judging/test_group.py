from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judging.compare import DOUBTFUL, FAR_DAYS, NEAR, OTHER_YEAR, Comparison
from monitor.judging.group import SAME, group, grouped
from monitor.model import Kinship, TextFrom
from tests.rules import NOW, article, default_gazetteer

COPY = [
    "The commissioner wants to spend £7.72 million over three years on keeping neighbourhoods safe and quiet.",
    "The money would go to nine partnerships that bring the force together with councils and the fire service.",
    "A formula shares it out by population and need, and the plan runs from April until March three years on.",
]
REPORT_ONE = [
    "Officers handed back 733 knives after a week of amnesty, Chief Inspector Helena Roberts said on Monday.",
    "The bins stood in 16 stations. In February the same campaign collected 172 blades, and she was pleased.",
]
REPORT_TWO = [
    "A total of 733 blades were surrendered in the knife amnesty, compared with 172 in the February campaign.",
    "The campaign's coordinator, Helena Roberts, said that bins had been put in stations across the area.",
]
OTHER = [
    "Burglars took a sapphire ring from a house in Longfellow Road while the owners were away in Scotland.",
    "Neighbours raised the alarm, and a locksmith from Deddington made the house safe on the Tuesday.",
]


def stories(*articles):
    return {frozenset(one.id for one in story.articles) for story in group(articles, default_gazetteer())}


@pytest.mark.parametrize(
    "one, two, together",
    [
        pytest.param(
            dict(paragraphs=COPY),
            dict(paragraphs=COPY, title="Other words"),
            True,
            id="a copy under another title",
        ),
        pytest.param(dict(paragraphs=COPY), dict(paragraphs=COPY[:2]), True, id="a shortened copy"),
        pytest.param(dict(paragraphs=COPY), dict(paragraphs=COPY, days=20), True, id="a copy weeks later"),
        pytest.param(
            dict(paragraphs=REPORT_ONE), dict(paragraphs=REPORT_TWO), True, id="two reports of one event"
        ),
        pytest.param(
            dict(paragraphs=REPORT_ONE), dict(paragraphs=REPORT_TWO, days=11), False, id="too far apart"
        ),
        pytest.param(
            dict(paragraphs=REPORT_ONE),
            dict(paragraphs=REPORT_TWO, outlet="Same", days=2),
            False,
            id="one outlet's follow-up",
        ),
        pytest.param(
            dict(paragraphs=REPORT_ONE, title="Knife"),
            dict(paragraphs=OTHER, title="Knife"),
            False,
            id="one title, two events",
        ),
        pytest.param(
            dict(paragraphs=[], title="Police boss named"),
            dict(paragraphs=[], title="Police boss named"),
            False,
            id="titles alone",
        ),
        pytest.param(dict(paragraphs=REPORT_ONE), dict(paragraphs=OTHER), False, id="two events"),
    ],
)
def test_two_articles_are_one_story(one, two, together):
    first = article(id="a", outlet="Same", **{"title": "Title one", **one})
    second = article(id="b", **{"title": "Title two", **two})
    assert stories(first, second) == ({frozenset("ab")} if together else {frozenset("a"), frozenset("b")})


@pytest.mark.parametrize("others, together", [(98, True), (60, False)])
def test_rare_words_join_without_a_name_where_rarity_says_something(others, together):
    one = article(
        "One", "the lollipop lady waved her umbrella at the unicyclist by the duckpond again.", id="a"
    )
    two = article(
        "Two", "a unicyclist met the umbrella of a lollipop lady near the duckpond.", id="b", outlet="B"
    )
    filling = [
        article(
            f"Title {number}",
            f"word{'abcdefghij'[number % 10]}{'klmnopqrst'[number // 10]} fills the day.",
            id=f"f{number}",
        )
        for number in range(others)
    ]
    assert (frozenset("ab") in stories(one, two, *filling)) is together
    links = [link for story in group([one, two, *filling], default_gazetteer()) for link in story.links]
    assert [link.reason for link in links] == [
        "both use rare words: duckpond, lady, lollipop, umbrella"
    ] * together


def article_of(paragraphs, **fields):
    return article(fields.pop("title", "A title"), *paragraphs, **fields)


def test_a_guessed_day_says_nothing():
    late = NOW + timedelta(days=40)
    two = article(id="b", paragraphs=tuple(REPORT_TWO), outlet="B", published=late, published_is_guess=True)
    assert stories(article(id="a", paragraphs=tuple(REPORT_ONE)), two) == {frozenset("ab")}


def test_a_link_says_how_and_why():
    (story,) = group([article_of(COPY, id="b", days=1), article_of(COPY, id="a")], default_gazetteer())
    (link,) = story.links
    assert (link.one, link.two, link.kinship, link.score) == ("a", "b", Kinship.COPY, 1.0)
    assert link.reason == "100% of the shorter text stands in the longer"
    (story,) = group(
        [article_of(REPORT_ONE, id="a"), article_of(REPORT_TWO, id="b", outlet="B")], default_gazetteer()
    )
    assert story.links[0].kinship is Kinship.REPORT and "733" in story.links[0].reason


@pytest.mark.parametrize(
    "changes, lead",
    [
        pytest.param(dict(), "a", id="the first seen"),
        pytest.param(dict(text_from=TextFrom.SUMMARY), "b", id="from its page before from a summary"),
    ],
)
def test_the_lead(changes, lead):
    found = group(
        [article_of(COPY, id="b", days=1), article_of(COPY, id="a", **changes)], default_gazetteer()
    )
    assert [(story.id, story.lead.id) for story in found] == [(lead, lead)]


def test_strangers_are_not_chained():
    """b resembles a, and c resembles b; c has nothing of a's."""
    middle = [REPORT_ONE[0], REPORT_TWO[0], OTHER[0]]
    found = stories(
        article_of(REPORT_ONE, id="a"),
        article_of(middle, id="b", outlet="B"),
        article_of(OTHER, id="c", outlet="C"),
    )
    assert frozenset("abc") not in found


def test_furniture_joins_nothing():
    box = "Sign up to our newsletter for the best stories of the week straight to your inbox every Friday morning."
    subjects = [
        [f"{name} {verb} the old {thing}.", box]
        for name in "ABCDEFGHIJ"
        for verb in ("sold", "kept", "saw")
        for thing in ("mill", "barn")
    ]
    articles = [article_of(paragraphs, id=f"{number:03}") for number, paragraphs in enumerate(subjects)]
    assert len(stories(*articles)) == len(articles)


def test_doubtful_pairs_are_suggested_not_joined():
    one = article_of(REPORT_ONE, id="a")
    two = article_of(
        ["Everybody thanked Roberts for the amnesty campaign and its bins.", *OTHER], id="b", outlet="B"
    )
    assert stories(one, two) == {frozenset("a"), frozenset("b")}
    (link,) = grouped([two, one], default_gazetteer()).doubtful
    assert (link.one, link.two, link.reason) == ("a", "b", "both name roberts")
    assert DOUBTFUL <= link.score < SAME


default_gazetteer()  # read once, before a property's clock runs
PARTS = st.lists(st.sampled_from([*COPY, *REPORT_ONE, *REPORT_TWO, *OTHER]), max_size=3)


@given(st.lists(st.tuples(PARTS, st.integers(0, 20), st.sampled_from("XYZ")), max_size=7), st.randoms())
def test_a_partition_whatever_the_order(drawn, random):
    articles = [
        article_of(parts, id=f"{n}", days=days, outlet=outlet)
        for n, (parts, days, outlet) in enumerate(drawn)
    ]
    found = group(articles, default_gazetteer())
    assert sorted(one.id for story in found for one in story.articles) == sorted(one.id for one in articles)
    shuffled = list(articles)
    random.shuffle(shuffled)
    assert group(shuffled, default_gazetteer()) == found


def test_one_number_of_a_publisher_is_one_article():
    """The regional title rewrote all of it; the number is the same."""
    one = article_of(REPORT_ONE, id="a", shared_key="newsquest:24012345")
    two = article_of(OTHER, id="b", outlet="B", shared_key="newsquest:24012345", days=3)
    (story,) = group([two, one], default_gazetteer())
    assert [link.kinship for link in story.links] == [Kinship.COPY]
    assert story.links[0].reason == "the publisher's number is the same"


def test_an_explainer_is_no_report_of_the_event():
    one = article_of(REPORT_ONE, id="a")
    two = article_of(REPORT_TWO, id="b", outlet="B", title="The knife amnesty explained")
    assert stories(one, two) == {frozenset("a"), frozenset("b")}


def test_days_that_the_texts_name_stand_in_for_unknown_ones():
    def score(day):
        said = "Chief Inspector Helena Roberts spoke of knives in the bins of 16 stations"
        one = article_of([f"{said} on 12 February, and was pleased."], id="a", published_is_guess=True)
        other = f"{said} on {day}. Councillors had asked for a longer campaign that reaches schools."
        two = article_of([other], id="b", outlet="B", published_is_guess=True)
        (story,) = group([one, two], default_gazetteer())
        return story.links[0].score

    assert score("9 February") - score("29 August") == pytest.approx(
        FAR_DAYS, abs=0.07
    )  # the words weigh too


@pytest.mark.parametrize(
    "one, two, points",
    [
        pytest.param(dict(days=0), dict(days=3), NEAR, id="published within three days"),
        pytest.param(dict(days=0), dict(days=4), 0.0, id="published four days apart"),
        pytest.param(dict(year=2019), dict(year=2021), -OTHER_YEAR, id="each names its own year"),
        pytest.param(dict(year=2019), dict(year=2019), 0.0, id="both name one year"),
        pytest.param(dict(year=2019), dict(), 0.0, id="one names no year"),
        pytest.param(dict(days=0), dict(year=NOW.year - 3), -OTHER_YEAR, id="published in another year"),
        pytest.param(dict(days=0), dict(year=NOW.year), 0.0, id="published in the year it names"),
        pytest.param(
            dict(days=0, year=NOW.year + 1),
            dict(days=9),
            0.0,
            id="a year says nothing where both days are known",
        ),
    ],
)
def test_what_days_and_years_are_worth(one, two, points):
    def report(id, paragraphs, days=None, year=None):
        said = (
            paragraphs if year is None else [*paragraphs, f"It is {year}."]
        )  # no word of three letters, no mark
        return article_of(said, id=id, outlet=id, days=days or 0, published_is_guess=days is None)

    def score_of(first, second):
        articles = [report("a", REPORT_ONE, **first), report("b", REPORT_TWO, **second)]
        (pair,) = Comparison(articles, default_gazetteer()).pairs
        return pair.score

    assert score_of(one, two) - score_of({}, {}) == pytest.approx(points)


@given(st.lists(PARTS, min_size=1, max_size=5), st.integers(0, 10))
def test_an_unrelated_article_splits_nothing(drawn, days):
    articles = [article_of(parts, id=f"{n}", outlet=f"{n}") for n, parts in enumerate(drawn)]
    """One that shares no word with them. (A word that it shares becomes a little less rare.)"""
    lambs = article("Lambs", "Lambs graze quietly.", id="z", outlet="Z", days=days)
    assert stories(*articles, lambs) == stories(*articles) | {frozenset("z")}
