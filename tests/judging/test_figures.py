import pytest

from monitor.judging.figures import digits_that_count, figures_of
from monitor.judging.sketch import WORD


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
    assert figures_of(text, WORD.findall(text.lower())) == (figures, year)


@pytest.mark.parametrize(
    "figure, digits", [("183", 3), ("£100000", 1), ("%9.6", 2), ("1200", 2), ("£822000", 3)]
)
def test_a_round_figure_says_little(figure, digits):
    assert digits_that_count(figure) == digits
