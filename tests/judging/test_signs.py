from datetime import timedelta

import pytest

from monitor.judging.grounds import Grounds
from monitor.judging.signs import (
    LEAST_SPREAD,
    POINTS,
    Shared,
    Signs,
    most_of_days,
    score,
    signs,
    spread,
    worth_of,
)
from monitor.judging.sketch import Sketcher
from tests.rules import NOW, article, default_gazetteer, default_rules


@pytest.fixture(scope="module")
def sketcher():
    return Sketcher(Grounds(default_gazetteer(), default_rules()))


SHARED = Shared(closeness=0.0, spread=1.0, told=0.0, names=0.0, figures={})


def found(sketcher, one, two, shared=SHARED):
    """The signs that are there. `days`: when it was published; without, nobody knows."""

    def sketch(id, text, title="A title", days=None, outlet=None):
        return sketcher.sketch(
            article(title, text, id=id, outlet=outlet or id, days=days or 0, published_is_guess=days is None)
        )

    there = signs(sketch("a", **one), sketch("b", **two), shared)
    return {name: value for name, value in there._asdict().items() if value}


@pytest.mark.parametrize(
    "one, two, signs_found",
    [
        pytest.param(dict(text="Nothing."), dict(text="Nothing at all."), {}, id="nothing"),
        pytest.param(
            dict(text="So.", days=0), dict(text="So.", days=3), {"soon": 1.0}, id="within three days"
        ),
        pytest.param(
            dict(text="So.", days=0), dict(text="So.", days=9), {"within_days": 1.0}, id="within ten"
        ),
        pytest.param(
            dict(text="It was on 9 May."),
            dict(text="It is for 12 May."),
            {"named_day": 1},
            id="days near each other",
        ),
        pytest.param(
            dict(text="It was on 9 May 2023."),
            dict(text="It was on 9 May 2022."),
            {"other_year": 1},
            id="the same week of another year is another event",
        ),
        pytest.param(
            dict(text="It was on 9 May."),
            dict(text="It was on 9 August."),
            {"other_days": 1},
            id="days far apart",
        ),
        pytest.param(
            dict(text="It was on 28 December."),
            dict(text="It was on 2 January."),
            {},
            id="round the turn of the year",
        ),
        pytest.param(
            dict(text="There were 183, 214 and 71 of them."),
            dict(text="There were 47 and 66 of them."),
            {"other_figures": 2},
            id="as many other figures as the one with fewer has",
        ),
        pytest.param(
            dict(text="It fell by 9 per cent."),
            dict(text="It fell by 12 per cent."),
            {"other_figures": 1, "other_shares": 1},
            id="another share",
        ),
        pytest.param(
            dict(text="It costs £15."),
            dict(text="It costs £24."),
            {"other_figures": 1, "other_sums": 1},
            id="another sum",
        ),
        pytest.param(
            dict(text="So.", title="Arrests: 38"),
            dict(text="So.", title="Arrests: 45"),
            {"other_figures": 1, "other_headline_figures": 1},
            id="another figure in the headline",
        ),
        pytest.param(
            dict(text="Thieves came to Reading."),
            dict(text="Thieves came to Slough."),
            {"other_places": 1},
            id="another town",
        ),
        pytest.param(
            dict(text="Thieves came to Reading."),
            dict(text="Thieves came to Caversham."),
            {},
            id="a quarter of the same town",
        ),
        pytest.param(
            dict(text="Thieves came to Reading."),
            dict(text="Thieves came to Luton."),
            {"other_places": 1, "elsewhere": 1},
            id="ours and elsewhere",
        ),
        pytest.param(
            dict(text="So.", outlet="X"), dict(text="So.", outlet="X"), {"same_outlet": 1}, id="one outlet"
        ),
    ],
)
def test_signs(sketcher, one, two, signs_found):
    assert found(sketcher, one, two) == signs_found


def test_figures_in_common_count_by_their_digits(sketcher):
    shared = SHARED._replace(figures={"183": 0.5, "£15": 0.25, "20000": 1.0})
    both = dict(text="There were 183, 20,000 and £15.")
    assert found(sketcher, both, both, shared)["telling_figures"] == 0.75  # 183 and £15
    assert found(sketcher, both, both, shared)["great_figures"] == 0.5  # 183


def test_what_speaks_against_takes_and_the_rest_gives():
    against = {name for name, points in POINTS._asdict().items() if points < 0}
    assert against == {name for name in Signs._fields if name.startswith(("other", "elsewhere", "same"))}


@pytest.mark.parametrize(
    "there, points",
    [
        pytest.param({}, 0.0, id="nothing"),
        pytest.param({"closeness": 0.5}, 0.24, id="one sign"),
        pytest.param({"closeness": 0.5, "elsewhere": 1.0}, 0.0, id="never below nought"),
        pytest.param({"closeness": 9.0}, 1.0, id="never above one"),
    ],
)
def test_the_score(there, points):
    assert score(Signs(*[0.0] * len(Signs._fields))._replace(**there)) == pytest.approx(points)


TOLD = [
    dict(text="There were 183, 20,000 and £15 on 9 May.", days=0),
    dict(text="There were 183, and £15 for Helena Roberts on 12 May.", days=2),
    dict(text="It was on 9 May.", title="183 seen"),
    dict(text="It was on 12 May in Slough.", days=9),
]


@pytest.mark.parametrize("one", TOLD)
@pytest.mark.parametrize("two", TOLD)
@pytest.mark.parametrize("spread", [LEAST_SPREAD, 1.0])
def test_no_score_is_more_than_the_most(sketcher, one, two, spread):
    """By which pairs are left out that cannot come to something."""
    figures = {"183": 0.9, "£15": 0.75, "20000": 0.5}
    shared = Shared(closeness=0.4, spread=spread, told=0.3, names=0.8, figures=figures)
    there = Signs(*[0.0] * len(Signs._fields))._replace(**found(sketcher, one, two, shared))
    rarity = {**figures, "roberts": 0.8, "9 may": 1.0}
    most = POINTS.closeness * shared.closeness + POINTS.told * shared.told + most_of_days(spread)
    assert score(there) <= most + sum(rare * worth_of(mark) for mark, rare in rarity.items())


@pytest.mark.parametrize(
    "days, least, most",
    [
        pytest.param([0, 1, 2, 0, 1], LEAST_SPREAD, LEAST_SPREAD, id="one week: everything comes soon after"),
        pytest.param(range(0, 70, 2), 0.5, 0.8, id="ten weeks"),
        pytest.param(range(0, 3650, 50), 1.0, 1.0, id="years"),
        pytest.param([0], LEAST_SPREAD, LEAST_SPREAD, id="one article"),
        pytest.param([], LEAST_SPREAD, LEAST_SPREAD, id="none"),
    ],
)
def test_nearness_in_time_says_less_in_a_short_window(days, least, most):
    articles = [article(published=NOW + timedelta(days=day)) for day in days]
    assert least <= spread(articles) <= most
