import pytest

from monitor.judging.bare import bare_words
from monitor.judging.grounds import OURS, Grounds, is_elsewhere
from monitor.judging.sketch import Sketcher
from tests.rules import article, default_gazetteer, default_rules


@pytest.fixture(scope="module")
def grounds():
    return Grounds(default_gazetteer(), default_rules())


@pytest.mark.parametrize(
    "text, places",
    [
        pytest.param("In Reading and Caversham", [(1, "reading"), (3, "reading")], id="by their council"),
        pytest.param("Across the Thames Valley", [(2, OURS)], id="the area"),
        pytest.param("In West Berkshire", [(1, "west-berkshire")], id="the longest name wins"),
        pytest.param("In Luton", [(1, "elsewhere luton")], id="elsewhere"),
        pytest.param("Kent Police said", [(0, "elsewhere kent")], id="another force is its county"),
        pytest.param("In Oxford Street, says the Reading Chronicle", [], id="what is never a place"),
        pytest.param("they were reading", [], id="a verb"),
    ],
)
def test_the_places_of_a_text(grounds, text, places):
    assert grounds.places(bare_words(text)) == places


def test_what_is_elsewhere():
    assert is_elsewhere("elsewhere luton") and not is_elsewhere("reading") and not is_elsewhere(OURS)


@pytest.mark.parametrize(
    "text, names",
    [
        pytest.param(
            "Chief Constable Jason Hogg of Thames Valley Police spoke in Slough.", set(), id="the force"
        ),
        pytest.param(
            "The commissioner, Matthew Barber, met Helena Roberts.", {"helena", "roberts"}, id="a stranger"
        ),
        pytest.param(
            "It is Operation Sceptre, paid by the Safer Streets Fund.", set(), id="the panel's own words"
        ),
        pytest.param("He was seen in Huddersfield by Kent Police.", set(), id="places elsewhere"),
    ],
)
def test_the_force_its_people_and_places_are_no_rare_names(grounds, text, names):
    assert Sketcher(grounds).sketch(article("A title", text)).names - {"operation", "fund"} == names
