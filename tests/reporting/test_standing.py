"""Where a story stands in an edition, in words."""

import pytest
from editions import edition, item, link

from monitor.model import Ground
from monitor.reporting.edition.standing import standing

GROUNDS = (Ground(points=5, says="a verdict (“bad”)"), Ground(points=-1, says="one town"))


def made():
    first = item(story="a", links=(link(article="a1"),), points=4, why=GROUNDS)
    kept = item(story="b", links=(link(article="b1"),), decided=2)
    below = item(story="c", links=(link(article="c1"),), points=1, outside="before it of the same topic: “A”")
    return edition(first, kept, further=(below,), number=4)


@pytest.mark.parametrize(
    "articles, said",
    [
        (["a1"], "Draft 4: place 1 of 2: 4 points (+5 a verdict (“bad”); -1 one town)."),
        (["b1"], "Draft 4: place 2 of 2: as you left it in draft 2."),
        (["c1"], "Draft 4: place 3 of 3: before it of the same topic: “A”; 1 point."),
        (["x1"], None),
    ],
)
def test_a_place_in_words(articles, said):
    assert standing(made(), articles) == said
