"""What recurs in an outlet's articles is left out; what recurs in one story, or is no outlet's habit, stays."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW, article
from hypothesis import given, settings
from hypothesis import strategies as st
from where import QUALITY

from monitor.reading.pages.boilerplate import LOOKED_AT, learn, own_words, without

TUNING = QUALITY / "tuning.jsonl"
STORIES = [json.loads(line) for line in TUNING.read_text("utf-8").splitlines()]
OUTLET = "Thames Courier"

BOX = "Want the headlines before breakfast? The Courier’s briefing costs nothing and can be stopped at any time."
APPEAL = "To contact the force about this or any other matter, call 101 or use the form on its website."
LONG = " ".join(["Terms apply to every word of this notice."] * 8)  # 64 words
TRIAL = "Smithers Ballantyne, of Upper Wickham, denies all four charges, and the trial goes on before Judge Hallow."


def week(count: int, *boxes: str, every: int = 1) -> list:
    """So many real stories of different events as one outlet's, each `every`th with the boxes among its paragraphs."""
    found = []
    for number, story in enumerate(STORIES[:count]):
        paragraphs = story["text"].split("\n\n")
        if number % every == 0:
            paragraphs[1:1] = boxes
        seen = NOW - timedelta(hours=number)
        found.append(
            article(str(number), title=story["title"], paragraphs=tuple(paragraphs), first_seen=seen)
        )
    return found


def trial(count: int) -> list:
    """One trial through so many articles, each with the same background and with its own words."""
    return [
        replace(
            one,
            id=f"trial {number}",
            title=f"Ballantyne trial: day {number}",
            paragraphs=(
                f"The jury heard Smithers Ballantyne and Detective Orlando Quick on day {number}.",
                TRIAL,
            ),
        )
        for number, one in enumerate(week(count))
    ]


@pytest.mark.parametrize(
    "articles, expected",
    [
        pytest.param(week(60, BOX, APPEAL), {BOX, APPEAL}, id="in every article"),
        pytest.param(week(60, BOX, every=4), {BOX}, id="in a quarter: those of one section"),
        pytest.param(week(60, APPEAL, every=7), set(), id="an appeal in a seventh: too seldom"),
        pytest.param(week(60, BOX, every=7), {BOX}, id="a box in a seventh: nobody's"),
        pytest.param(week(60, BOX, every=20), set(), id="a box three times"),
        pytest.param(week(12, BOX, every=3), {BOX}, id="in four of twelve"),
        pytest.param(week(11, BOX), set(), id="too few articles to tell"),
        pytest.param(week(60, LONG), set(), id="too long for a box"),
        pytest.param(week(130, BOX)[61:] + week(60), {BOX}, id="a box that was dropped since"),
        pytest.param(week(20) + trial(8), set(), id="the background of one trial"),
        pytest.param(week(40, BOX) + trial(12), {BOX}, id="a box and a trial"),
        pytest.param(
            [replace(week(1)[0], id=str(n), title=f"Part {n}") for n in range(20)], set(), id="copies"
        ),
        pytest.param([article(str(n), paragraphs=()) for n in range(20)], set(), id="no text at all"),
    ],
)
def test_what_is_learned(articles, expected):
    assert learn(articles).get(OUTLET, frozenset()) == expected


def test_each_outlet_has_its_own_and_what_is_nobodys():
    theirs = [replace(one, outlet="Kennet Gazette") for one in week(20, APPEAL)]
    assert learn([*week(20, BOX), *theirs]) == {OUTLET: {BOX}, "Kennet Gazette": {BOX, APPEAL}}


def test_what_is_learned_is_left_out_of_the_outlets_articles_only():
    learned = {OUTLET: frozenset((BOX,))}
    ours = article("a", paragraphs=("One.", BOX, "Two."))
    theirs = replace(ours, id="b", outlet="Kennet Gazette")
    nothing_else = article("c", paragraphs=(BOX, BOX))
    assert own_words([ours, theirs, nothing_else], learned) == (
        replace(ours, paragraphs=("One.", "Two.")),
        theirs,
        nothing_else,
    )


def test_no_paragraph_of_a_real_story_is_learned():
    assert not any(learn(week(len(STORIES))).values())


paragraphs = st.lists(st.sampled_from([BOX, APPEAL, "One.", "Two.", "Three."]), max_size=5).map(tuple)


@settings(max_examples=50)
@given(st.lists(paragraphs, max_size=LOOKED_AT), st.randoms(use_true_random=False))
def test_learning_is_blind_to_order_and_leaves_words_in_order(texts, chance):
    articles = [
        article(str(number), paragraphs=text, first_seen=NOW - timedelta(hours=number))
        for number, text in enumerate(texts)
    ]
    learned = learn(articles)
    chance.shuffle(articles)
    assert learn(articles) == learned
    for one in articles:
        left = list(without(one.paragraphs, learned[OUTLET]))
        assert left == [p for p in one.paragraphs if p in left]
        assert bool(left) == bool(one.paragraphs)
