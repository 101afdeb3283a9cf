import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text import BORDER, OPAQUE, PAUSE, chunk_words, normalise, sentences


@pytest.mark.parametrize(
    "text, words",
    [
        pytest.param("Anti-social behaviour", "anti social behaviour", id="a hyphen parts words"),
        pytest.param("the “teachable moment”", "the teachable moment", id="curly quotes vanish"),
        pytest.param("Thames Valley Police’s PCSOs", "thames valley police s pcsos", id="a possessive"),
        pytest.param("£7.72m, or 2,135 of 20,000", "£7.72m or 2,135 of 20,000", id="figures stay whole"),
        pytest.param("5% of M40", "5 % of m40", id="a per cent sign is a word"),
        pytest.param("neigh\u00adbour\u200bhood", "neighbourhood", id="soft hyphens and zero-width spaces"),
        pytest.param("\u202bReading\u202c \u200ePolice", "reading police", id="marks of direction"),
        pytest.param("ﬁne ＰＣＣ", "fine pcc", id="ligatures and wide letters"),
        pytest.param("Полиция 警察", "полиция 警察", id="other scripts"),
        pytest.param("Police  and Crime ", "police and crime", id="plain words"),
        pytest.param("a" * 201, OPAQUE, id="one that is no word"),
        pytest.param("", "", id="nothing"),
        pytest.param(" \n\u200b… ", "", id="no words"),
    ],
)
def test_normal_form(text, words):
    assert normalise(text) == words


@pytest.mark.parametrize(
    "chunk, normal",
    [
        ("Monday.", ["monday", BORDER]),
        ("Mr.", ["mr"]),
        ("J.", ["j"]),
        ("p.m.", ["p", "m"]),
        ("(PCC),", [PAUSE, "pcc", PAUSE, PAUSE]),
        ("–", [PAUSE]),
        ("end.”", ["end", BORDER]),
        ("gone.Police", ["gone", BORDER, "police"]),
        ("https://police.uk/a", [OPAQUE]),
        ("info@police.uk", [OPAQUE]),
        ("x" * 201, [OPAQUE]),
    ],
)
def test_the_words_of_a_chunk(chunk, normal):
    assert [word.normal for word in chunk_words(chunk)] == normal


@given(st.text(max_size=60))
def test_spans_stand_in_the_chunk_in_order(chunk):
    at = 0
    for word in chunk_words(chunk):
        assert at <= word.start < word.end <= len(chunk)
        at = word.end


@pytest.mark.parametrize(
    "text, parts",
    [
        ("One. Two? “Three!” Four", ["One.", "Two?", "“Three!”", "Four"]),
        ("Mr. Field said so. He left.", ["Mr. Field said so.", "He left."]),
        ("A line\n\nanother line", ["A line", "another line"]),
        ("It rose by 9.6 per cent. Then", ["It rose by 9.6 per cent.", "Then"]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences(text, parts):
    assert [text[start:end] for start, end in sentences(text)] == parts


@given(st.text(alphabet="ab .!?\n\"'”", max_size=80))
def test_sentences_hold_everything_but_white_space(text):
    spans = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(one[1] <= other[0] for one, other in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize("text", ["x" * 1_000_000, "." * 1_000_000, "a " * 300_000, "\n" * 1_000_000])
def test_a_megabyte_is_cut_in_proportion_to_its_length(text):
    """Were the time quadratic, this would not end."""
    assert all(0 <= start < end <= len(text) for start, end in sentences(text))
    assert len(normalise(text)) <= len(text)
