"""A phrase that can match nothing, or hits stories of every kind, is told with what to write instead."""

import random

import pytest

from monitor.config.phrasing import MOST_BETWEEN, is_usual, pieces, sides, why_always, why_never, wrong
from monitor.judging.forms import forms_of
from monitor.judging.phrases import Matcher, Phrase
from tests.quality.verdicts import stories
from tests.rules import default_rules

RIGHT = (
    "stalking protection order*",
    ", <age>,",
    "police ~5 funding",
    "police ~30 funding",
    "St. Mary's",
    "<time>",
    "<reference>",
    "in <year>",
    "<number>-day operation",
    "<number>%",
    "%",
    "up by",
    "what's on",
    "IT",
    "PC*",
    "101",
    "the force",
    "pub*",
    "<large> ~3 crimes",
)

NOTHING = {
    "": "an empty phrase",
    "  ": "an empty phrase",
    "–": "a phrase of punctuation only",
    "£": "a phrase of punctuation only",
    "&": "a phrase of punctuation only",
    '"…"': "… is one sign, and the end of a sentence, which a phrase never crosses: take it out",
    "bike ~3 –": "a phrase of punctuation only",
    "ended. Police": "take out the full stop, or make two phrases of it",
    "www.thamesvalley.police.uk": "no address is ever matched: write the words of the story",
    "write to info@police.uk": "no address is ever matched: write the words of the story",
    "@home ~3 office": "no address is ever matched: write the words of the story",
    "x" * 201: "a word of more than 200 letters is read as none: write it as a paper does",
    r"\bpolice\b": "regular expressions are not offered",
    "(police|officers)": "regular expressions are not offered",
    "burg.*": "regular expressions are not offered",
    "*police": "a * stands at the end of a word, as in burglar*",
    "bur*glar": "a * stands at the end of a word, as in burglar*",
    "*": "a * stands at the end of a word, as in burglar*",
    "<figure> arrests": "<figure> is no kind of figure; there are <number>, <many>",
    "<Number> arrests": "<Number> is no kind of figure",
    "<number arrests": "< and > stand only around a kind of figure",
    "<number>th birthday": "<number>th is one word in a paper: put a space or a hyphen",
    "£<number>": "a sum with its sign is one word: write <money>",
    "e-bike ~3": "the gap needs a word on either side: write `e-bike ~3 other`, or delete ~3",
    "~3 bike": "the gap needs a word on either side: write `one ~3 bike`, or delete ~3",
    "~3": "the gap needs a word on either side",
    "bike ~x lane": "~x is no gap: write how many words may stand between, as in `bike ~3 lane`",
    "bike ~ 3 lane": "a space stands in the gap: write `bike ~3 lane`",
    "~ 3 bike": "a space stands in the gap: write `one ~3 bike`",
    "bike ~ lane": "~ is no gap: write how many words may stand between, as in `bike ~3 lane`",
    "bike ~": "~ is no gap: write how many words may stand between, as in `bike ~3 other`",
    "bike ~-1 lane": "~-1 is no gap: write how many words",
    "bike ~3lane": "~3lane is no gap: write how many words",
    "bike~3 lane": "a space is missing before the gap: write `bike ~3 lane`",
    "bike ~0 lane": "~0 is no gap: write a number from 1 to 30, or the words side by side",
    "bike ~31 lane": "~31 is no gap: write a number from 1 to 30",
    "bike ~999 lane": "~999 is no gap: write a number from 1 to 30",
    "bike ~3 lane ~3 road": "one gap (~) is offered in a phrase: make two phrases of it",
}

EVERYTHING = {
    "<number>": "figures stand everywhere: write what is counted too, as in `<number> officers`",
    "<money>": "figures stand everywhere",
    "<number> <year>": "figures stand everywhere",
    "<number> ~5 <number>": "figures stand everywhere",
    "p*": "p* is the beginning of countless words: write 3 letters and more",
    "po* officer": "po* is the beginning of countless words",
    "police ~4 s*": "s* is the beginning of countless words",
    "the": "any sentence may have such words: add the word that it is about",
    "The": "any sentence may have such words",
    "of the": "any sentence may have such words",
    "up": "any sentence may have such words",
    "s": "any sentence may have such words",
    "the ~4 of": "any sentence may have such words",
}


WORDS = "the of up s a pc PC IT po burglar crime don't rise. x.y 1 é"
MARKS = (" ", " ", " ", "-", "* ", "*-", "", " ~3 ", " <money> ", " – ")


@pytest.mark.parametrize("phrase", RIGHT)
def test_nothing_is_said_of_a_phrase_that_tells_something(phrase):
    assert wrong(phrase) is None


@pytest.mark.parametrize("phrase, why", NOTHING.items())
def test_a_phrase_that_can_match_nothing(phrase, why):
    assert why in (why_never(phrase) or "")
    assert (wrong(phrase) or "").startswith(f"{phrase} can match nothing: ")


@pytest.mark.parametrize("phrase, why", EVERYTHING.items())
def test_a_phrase_that_hits_stories_of_every_kind(phrase, why):
    assert why_never(phrase) is None
    assert why in (why_always(phrase) or "")
    assert (wrong(phrase) or "").startswith(f"{phrase} hits stories of every kind: ")


def test_nothing_is_wrong_with_what_a_look_finds_usual():
    draw = random.Random(15)
    words = WORDS.split()
    drawn = [
        "".join(f"{draw.choice(words)}{draw.choice(MARKS)}" for _ in range(draw.randint(1, 3))).strip()
        for _ in range(2000)
    ]
    usual = [phrase for phrase in (*RIGHT, *NOTHING, *EVERYTHING, *drawn) if is_usual(phrase)]
    assert len(usual) > 100
    assert [
        phrase for phrase in usual if why_never(phrase) is not None or why_always(phrase) is not None
    ] == []


def test_the_matcher_says_the_same():
    """Over the stories we keep: the ones hit nothing, the others eight texts in ten."""
    never = (
        "bike ~3",
        "~3 bike",
        "bike ~x lane",
        "police ~3",
        "~3 crime",
        "police~3 crime",
        "police ~x crime",
    )
    often = ("p*", "<number>", "the")
    texts = [f"{told.article.title}\n{told.article.text}" for told in stories() if told.article.paragraphs]
    matcher = Matcher([*map(Phrase, often), *map(Phrase, never)])
    hits = [matcher.phrases(text) for text in texts]
    assert set.union(*hits) == {0, 1, 2}
    assert all(sum(place in hit for hit in hits) > 0.8 * len(texts) for place in (0, 1, 2))


def test_the_widest_gap_is_far_wider_than_any_that_ships():
    rules = default_rules()
    phrases = [phrase for cue in (*rules.raises, *rules.sinks) for phrase in cue.phrases]
    widths = [int(phrase.partition("~")[2].split()[0]) for phrase in phrases if "~" in phrase]
    assert max(widths) == 8 < MOST_BETWEEN


def test_a_phrase_is_taken_apart_as_the_matcher_does_it():
    rules = default_rules()
    for cue in (*rules.raises, *rules.sinks):
        for phrase in cue.phrases:
            for side in sides(phrase):
                theirs = [(how in ("stem", "capital stem"), what) for how, what in forms_of(Phrase(side))]
                ours = [(one.is_stem, one.kind or one.word) for one in pieces(side)]
                assert [(stem, what.lower()) for stem, what in theirs] == ours
