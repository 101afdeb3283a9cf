import pytest

from monitor.model import Area
from tests.rules import article, default_judge


@pytest.mark.parametrize(
    "title, text, area, sides, change",
    [
        pytest.param(
            "News",
            "Thieves came to Caversham and Luton.",
            Area.OWN,
            ["ours: Caversham (first paragraph)", "elsewhere: Luton (first paragraph)"],
            "without “Caversham” it would be elsewhere",
            id="ours, by one place",
        ),
        pytest.param(
            "Luton thieves",
            "They came to Caversham.",
            Area.ELSEWHERE,
            ["ours: Caversham (first paragraph)", "elsewhere: Luton (headline)"],
            "without “Luton” it would be of the area",
            id="elsewhere, by its headline",
        ),
        pytest.param(
            "Thames Valley Police hires",
            "Officers of Thames Valley Police start in Slough.",
            Area.OWN,
            ["ours: Thames Valley Police (headline), Slough (first paragraph)"],
            None,
            id="ours by more than one name",
        ),
        pytest.param(
            "Kent Police hires",
            "Officers start in Dover.",
            Area.ELSEWHERE,
            ["elsewhere: Kent Police (headline)"],
            "with the force in the headline it would be of the area",
            id="elsewhere: our force would have to stand in the headline",
        ),
        pytest.param(
            "Police hire",
            "Forces in England and Wales hire.",
            Area.NATIONAL,
            ["the nation: England and Wales (first paragraph)"],
            "with the force in the text it would be of the area",
            id="the nation's",
        ),
    ],
)
def test_what_decides_and_what_would_change_it(title, text, area, sides, change):
    where = default_judge().whereabouts(article(title, text))
    assert (where.locality.area, where.sides(), where.change("the area")) == (area, sides, change)


def test_a_long_list_is_cut():
    towns = ["Luton", "Bedford", "Kettering", "Corby", "Swindon", "Rugby", "Watford", "Tring"]
    where = default_judge().whereabouts(article("News", f"It rained in {', '.join(towns)}."))
    (side,) = where.sides()
    assert side.startswith("elsewhere: Luton (first paragraph), ") and side.endswith(", 2 more")
