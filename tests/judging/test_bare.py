import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judging.bare import Small, bare_words

PIECES = (
    *("police", "Police's", "it’s", "£7.72m", "é", "İ", "ß", "ǅ", "Σ", "_", "x_1", "12", "١٢", "½", "\u0301"),
    *(" ", "\n", "\u00a0", "\u2009", "\x1c", "\x85", "-", "–", "…", "“", ",", "#", "\U0001f693", "\ud800"),
)


def is_right(text):
    words, small = re.findall(r"\w+", text), Small()
    return bare_words(text) == words and [small[word] for word in words] == [word.lower() for word in words]


def test_bare_words_are_the_runs_of_letters_and_digits():
    pairs = map("".join, product(PIECES, PIECES))
    assert [text for text in pairs if not is_right(text)] == []


@given(st.text())
def test_bare_words_of_any_text(text):
    assert is_right(text)


@pytest.mark.parametrize(
    "text, words",
    [
        pytest.param(
            "The Chief’s £1.2m plan – “no cuts”", "The Chief s 1 2m plan no cuts", id="marks of news"
        ),
        pytest.param("Café and naïve", "Café and naïve", id="letters beyond ASCII"),
        pytest.param("", "", id="nothing"),
        pytest.param("… –", "", id="marks only"),
    ],
)
def test_marks_part_words(text, words):
    assert bare_words(text) == words.split()


def test_a_word_is_the_same_object_in_small_letters_however_it_is_written():
    small = Small()
    assert small["Police"] is small["POLICE"] is small["police"] is small["pOLICE"]
    word = "".join(["con", "stable"])
    assert small[word] is word
