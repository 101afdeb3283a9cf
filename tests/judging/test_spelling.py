import pytest

from monitor.judging.spelling import written_day, written_figure, written_names
from tests.rules import article


@pytest.mark.parametrize(
    "text, names, written",
    [
        pytest.param(
            "It was Jason Hogg who came.", {"jason", "hogg"}, ["Jason Hogg"], id="both words as one"
        ),
        pytest.param("Supt Idris Fenn spoke.", {"idris", "fenn"}, ["Idris Fenn"], id="without the rank"),
        pytest.param(
            "Idris Fenn spoke. Fenn left.", {"idris", "fenn"}, ["Idris Fenn"], id="not once more inside"
        ),
        pytest.param(
            "Mr O'Hara and Ms Smith-Jones", {"hara", "smith", "jones"}, ["Hara", "Smith-Jones"], id="hyphens"
        ),
        pytest.param(
            "Shire Mutual, Avonbury", {"shire", "mutual", "avonbury"}, ["Shire Mutual", "Avonbury"], id="two"
        ),
        pytest.param("nobody", {"jason"}, [], id="none"),
    ],
)
def test_names_are_shown_as_written(text, names, written):
    assert written_names(article("A title", text), names) == written


@pytest.mark.parametrize(
    "figure, written",
    [
        ("£1900000", "£1.9 million"),
        ("£2300", "£2,300"),
        ("%9.6", "9.6 per cent"),
        ("9412", "9,412"),
        ("57", "57"),
    ],
)
def test_figures_are_shown_as_a_paper_writes_them(figure, written):
    assert written_figure(figure) == written


def test_days_are_shown_with_their_capital():
    assert written_day("9 february") == "9 February"
