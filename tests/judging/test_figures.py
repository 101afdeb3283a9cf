import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judging import figures
from monitor.judging.bare import bare_words
from monitor.judging.figures import digits_that_count, figures_of
from monitor.judging.stems import Stems


def of(text):
    words = bare_words(text.lower())
    return figures_of(text, words, Stems().of(words))


class Anything:
    def __contains__(self, one):
        return True

    def isdisjoint(self, others):
        return False


@pytest.mark.parametrize(
    "text, figures, year",
    [
        pytest.param("It costs £1.9 million.", {"£1900000"}, 0, id="a sum, its millions in words"),
        pytest.param("It costs £1.9m.", {"£1900000"}, 0, id="a sum, its millions as a letter"),
        pytest.param("It costs 1.9 million pounds.", {"£1900000"}, 0, id="pounds in words"),
        pytest.param("£2,300 a head, €40 and $50.", {"£2300", "£40", "£50"}, 0, id="other money is money"),
        pytest.param("Down 52 per cent, or 9.6%.", {"%52", "%9.6"}, 0, id="shares"),
        pytest.param("fifty-two per cent of callers", {"%52"}, 0, id="a share in words"),
        pytest.param("9,412 burglaries and 57 arrests", {"9412", "57"}, 0, id="things"),
        pytest.param(
            "12345678901 or 12,345,678,901 cells", {"1.23456789e+10"}, 0, id="of many digits, in two ways"
        ),
        pytest.param("fifty-seven arrests in thirty days", {"57", "30"}, 0, id="things in words"),
        pytest.param("two hundred officers", {"200"}, 0, id="hundreds in words"),
        pytest.param("seven suites and 9 stations", set(), 0, id="fewer than ten say nothing"),
        pytest.param("in 2024 and 2019", set(), 2024, id="years, of which the latest is known"),
        pytest.param("the budget for 2024/25", set(), 2024, id="a financial year"),
        pytest.param("on 29 August, August 30 and 3rd May", set(), 0, id="days"),
        pytest.param("at 10.30am, by 11 pm", set(), 0, id="hours"),
        pytest.param("", set(), 0, id="nothing"),
    ],
)
def test_the_figures_of_a_text(text, figures, year):
    assert of(text) == (figures, year)


@pytest.mark.parametrize(
    "figure, digits", [("183", 3), ("£100000", 1), ("%9.6", 2), ("1200", 2), ("£822000", 3)]
)
def test_a_round_figure_says_little(figure, digits):
    assert digits_that_count(figure) == digits


BEFORE = ("", "£", "$", "about ", "March ", "in May\n", "2024/", "2024–", "page ", "a", "-", "£ ")
NUMBERS = ("7", "12", "034", "2,300", "1.9", "1999", "2024")
AFTER = (
    *(
        "",
        ".",
        "%",
        " %",
        "per cent",
        " per cent",
        " percent",
        "m",
        " m",
        "k",
        " k",
        "bn",
        " million",
        " millions",
    ),
    *(
        " billion",
        " thousand",
        " pounds",
        " million pounds",
        " arrests",
        "am",
        " p.m.",
        " a day",
        " people",
        "st May",
    ),
    *(
        "nd May",
        "rd May",
        "th May",
        " May",
        " Mayors",
        " mark",
        "/25",
        " per",
        "\nMay",
        "\n%",
        "\u00a0%",
        "é",
    ),
)


@pytest.mark.parametrize("before", BEFORE)
def test_no_figure_hangs_on_the_letters_that_are_looked_at_first(before, monkeypatch):
    """What they rule out would not have been found by the patterns either."""
    texts = [f"{before}{number}{after}" for number in NUMBERS for after in AFTER]
    found = list(map(of, texts))
    for name in ("_OF_A_UNIT", "_OF_AN_HOUR", "_OF_A_DAY", "_JOINS"):
        monkeypatch.setattr(figures, name, Anything())
    assert dict(zip(texts, found, strict=True)) == {text: of(text) for text in texts}


@given(
    st.lists(
        st.sampled_from(
            ("one", "seven", "fifty", "twelve", "hundred", "million", "per", "percent", "pounds", "of")
        ),
        max_size=4,
    )
)
def test_no_figure_in_words_hangs_on_the_words_that_are_looked_at_first(words):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(figures, "_TELLING", Anything())
        by_all = of(" ".join(words))
    assert of(" ".join(words)) == by_all
