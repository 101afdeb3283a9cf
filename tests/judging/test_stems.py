import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judging.stems import Stems, stem_of


@pytest.mark.parametrize(
    "word, stem",
    [
        pytest.param("funded", "fund", id="ed"),
        pytest.param("funding", "fund", id="ing"),
        pytest.param("findings", "find", id="ings"),
        pytest.param("policies", "polic", id="ies"),
        pytest.param("crimes", "crim", id="es"),
        pytest.param("officers", "officer", id="s"),
        pytest.param("sing", "sing", id="too short to lose it"),
        pytest.param("police", "police", id="no ending"),
    ],
)
def test_the_commonest_endings_are_left_out(word, stem):
    assert stem_of(word) == stem


def test_words_of_one_stem_are_one():
    assert Stems().of(["funded", "funding"], ["funds", "officers"]) == {"fund", "officer"}


@pytest.mark.parametrize("word", ["", "at", "34", "p3c", "x_y"])
def test_what_is_short_or_no_word_has_none(word):
    assert Stems().of([word]) == set()


@given(st.lists(st.text("adegins", max_size=8)), st.lists(st.text("adegins", max_size=8)))
def test_those_of_several_texts_are_those_of_each(one, other):
    stems = Stems()
    each = {stem_of(word) for word in (*one, *other) if len(word) > 2}
    assert stems.of(one, other) == stems.of(one) | stems.of(other) == each
