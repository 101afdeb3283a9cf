import re
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.judging.forms import Phrase
from monitor.judging.phrases import Matcher


def found(text, *phrases, is_name=False):
    """The texts of the hits, in order."""
    hits = Matcher([Phrase(phrase, is_name) for phrase in phrases]).hits(text)
    return [text[hit.start : hit.end] for hit in sorted(hits, key=lambda hit: (hit.start, hit.end))]


@pytest.mark.parametrize(
    "phrase, text, hits",
    [
        pytest.param(
            "knife crime", "Knife crime fell; KNIFE CRIME", ["Knife crime", "KNIFE CRIME"], id="case-blind"
        ),
        pytest.param("knife crime", "penknife crime, knife crimes", [], id="whole words"),
        pytest.param(
            "anti-social behaviour",
            "anti social, antisocial, anti‑social behaviour",
            ["anti‑social behaviour"],
            id="hyphen and space are one",
        ),
        pytest.param(
            "victims' services", "victims’ services", ["victims’ services"], id="curly quotes are one"
        ),
        pytest.param(
            "Thames Valley Police", "Thames Valley Police's plan", ["Thames Valley Police"], id="a possessive"
        ),
        pytest.param(
            "burglar*", "A burglar, two burglaries, burgled", ["burglar", "burglaries"], id="a stem"
        ),
        pytest.param("drink-driv*", "drink driving", ["drink driving"], id="a stem at the end of two words"),
        pytest.param("PCC", "the PCC, a pcc", ["PCC"], id="capitals keep their case"),
        pytest.param("PCSO*", "PCSOs and pcsos", ["PCSOs"], id="a stem in capitals"),
        pytest.param("HMICFRSX", "hmicfrsx", ["hmicfrsx"], id="seven capitals are a word like others"),
        pytest.param(
            "police cuts", "It is for the police. Cuts follow", [], id="never over the end of a sentence"
        ),
        pytest.param("police cuts", "police\n\ncuts", [], id="never over paragraphs"),
        pytest.param("police cuts", "police, cuts", [], id="never over a comma"),
        pytest.param(
            ", <age>,", "Field, 46, of Slough, 7, of 1,200", [", 46,"], id="a figure between commas"
        ),
        pytest.param(
            "<large> offences",
            "1,200 offences, 99 offences, 2.3m offences",
            ["1,200 offences", "2.3m offences"],
            id="100 and more",
        ),
        pytest.param(
            "<many> arrests",
            "nine arrests, ten arrests, 31 arrests",
            ["ten arrests", "31 arrests"],
            id="ten and more",
        ),
        pytest.param(
            "<number> arrests",
            "two arrests, 3 arrests, more arrests",
            ["two arrests", "3 arrests"],
            id="a number",
        ),
        pytest.param("<money>", "£14m, €3 and 14m", ["£14m", "€3"], id="money"),
        pytest.param("since <year>", "since 2019, since 1200, since 43,000", ["since 2019"], id="a year"),
        pytest.param(
            "<time>",
            "at 3pm, 10.30am and 7:15pm, for 5km or 15",
            ["3pm", "10.30am", "15pm"],
            id="a time of day",
        ),
        pytest.param("<reference>", "quoting 43220347031 or 101", ["43220347031"], id="a reference"),
        pytest.param(
            "police ~3 funding",
            "police ask for funding; funding of the police; police will not now get funding",
            ["police ask for funding", "funding of the police"],
            id="near, in either order",
        ),
        pytest.param(
            "police ~5 funding", "It is for the police. More funding comes", [], id="near, in one sentence"
        ),
        pytest.param("police", "see police.uk or www.police.uk/news", ["police"], id="not in an address"),
        pytest.param("police", "", [], id="nothing"),
    ],
)
def test_a_phrase_finds(phrase, text, hits):
    assert found(text, phrase) == hits


@pytest.mark.parametrize(
    "text, hits",
    [
        ("Reading and reading, READING", ["Reading", "READING"]),
        ("Purley on Thames, Purley On Thames, purley on thames", ["Purley on Thames", "Purley On Thames"]),
    ],
)
def test_a_name_needs_its_capitals(text, hits):
    assert found(text, "Reading", "Purley on Thames", is_name=True) == hits


def test_overlapping_phrases_all_hit():
    assert found("police station closure", "police station", "station closure", "police") == [
        "police",
        "police station",
        "station closure",
    ]


def test_hits_of_one_sentence_say_so():
    hits = Matcher([Phrase("police")]).hits("Police and police. Police\npolice")
    one, two, three, four = (hit.sentence for hit in hits)
    assert one == two < three < four


LETTERS = st.text(alphabet="abc", min_size=1, max_size=3)


@given(st.lists(LETTERS, min_size=1, max_size=3), st.text(alphabet="abc .,-\n’", max_size=60))
def test_a_hit_is_the_phrase_and_lies_in_no_longer_word(words, text):
    for hit in Matcher([Phrase(" ".join(words))]).hits(text):
        inside = text[hit.start : hit.end]
        # A full stop after one letter is an initial's ("J. Smith") and ends no sentence; any other does.
        assert re.sub(r"(?<=\b[a-c])\.|[-’]", " ", inside).split() == words
        assert not text[hit.start - 1 : hit.start].isalpha() and not text[hit.end : hit.end + 1].isalpha()
        assert "\n" not in inside and "," not in inside


@given(st.lists(LETTERS, min_size=1, max_size=4), LETTERS, st.text(alphabet="abc .", max_size=40))
def test_an_unrelated_phrase_changes_no_hit(phrases, other, text):
    alone = Matcher([Phrase(phrase) for phrase in phrases]).hits(text)
    beside = Matcher([*(Phrase(phrase) for phrase in phrases), Phrase(other)]).hits(text)
    assert sorted(alone) == sorted(hit for hit in beside if hit.phrase < len(phrases))


SAID = ("knife", "crime", "34", "arrests", "aged", "a", "", ",", ".", "-", "x.")


@given(st.lists(st.lists(st.sampled_from(SAID), max_size=6).map(" ".join), min_size=1, max_size=5))
@example(["A knife", "crime"])
@example(["34", "arrests", "34 arrests"])
@example(["a knife ", "", " a crime. a knife, a crime"])
def test_what_was_begun_is_read_on_as_if_it_were_read_at_once(lines):
    matcher = Matcher(
        [Phrase(one) for one in ("knife", "knife crime", "<number> arrests", "knife ~3 crime", "a")]
    )
    text = "\n".join(lines)
    for count in range(1, len(lines) + 1):
        begun = matcher.read("\n".join(lines[:count]))
        assert matcher.hits(text, begun) == matcher.hits(text), count
        assert matcher.phrases_in(matcher.read(text, begun)) == matcher.phrases(text)


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    for hit in Matcher([Phrase("a"), Phrase("<number>"), Phrase("a ~3 e")]).hits(text):
        assert 0 <= hit.start < hit.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "near " * 40_000,
        ", " * 300_000,
        "." * 1_000_000,
        "\u200f" * 1_000_000,
        "12 " * 60_000,
    ],
    ids=["one word", "one phrase", "pauses", "borders", "marks of direction", "figures"],
)
def test_a_long_text_is_read_in_proportion_to_its_length(text):
    """Were the time quadratic, this would take hours."""
    matcher = Matcher([Phrase("near ~9 near"), Phrase("near near near"), Phrase("<number> ~5 <age>")])
    assert all(hit.start < hit.end <= len(text) for hit in matcher.hits(text))


@pytest.mark.parametrize(
    "text, hits",
    [
        ("Police made 34 arrests.", ["34 arrests"]),
        ("Police made arrests, some 34 of them.", ["arrests, some 34"]),
        ("Smith, 34, was there.", []),  # an age, and nothing to count
        ("A woman, 34, saw two arrests.", ["34, saw two arrests", "two arrests"]),
    ],
)
def test_a_figure_is_looked_at_only_beside_what_it_may_count(text, hits, monkeypatch):
    """Whether it counts is asked only of what may become a hit, for many texts name figures."""
    asked = []
    monkeypatch.setattr(
        "monitor.judging.phrases.counts", lambda text, start, end: [asked.append(text[start:end]), True][1]
    )
    assert found(text, "<number> ~3 arrests") == hits
    assert bool(asked) is bool(hits)


SOUGHT = ("police", "<number> arrests", "knife ~3 crime", "<many> ~2 officers", "budget")


@pytest.mark.parametrize(
    "text, hit",
    [
        pytest.param("The police budget", {0, 4}, id="plain ones"),
        pytest.param("34 arrests", {1}, id="a figure that counts"),
        pytest.param("A man aged 34 arrests nobody", set(), id="a figure that counts nothing"),
        pytest.param("A knife, no crime", {2}, id="both parts near each other"),
        pytest.param("A knife. A crime", set(), id="both parts, and not near"),
        pytest.param("A knife", set(), id="one part"),
        pytest.param("34 new officers", {3}, id="a part with a figure that counts"),
        pytest.param("Aged 34, officers", set(), id="a part with a figure that counts nothing"),
        pytest.param("A knife crime: 34 arrests", {1, 2}, id="several"),
    ],
)
def test_whether_any_hits_is_what_all_hits_say(text, hit):
    matcher = Matcher([Phrase(phrase) for phrase in SOUGHT])
    assert matcher.phrases(text) == hit
    for size in range(len(SOUGHT) + 1):
        for wanted in map(frozenset, combinations(range(len(SOUGHT)), size)):
            assert matcher.says_any(matcher.read(text), matcher.sought(wanted)) is not wanted.isdisjoint(
                hit
            ), wanted
