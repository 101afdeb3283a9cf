"""Articles about one event become one story. Nothing is dropped: every article is in exactly one story.

1. `compare.py` says which pairs of articles are copies, or reports of one event, and how sure that is.
2. Copies are joined first, then the likeliest pairs. Two stories become one where their articles resemble each other
   on average too, so that a story cannot grow from one stranger to the next. A copy of any article of a story belongs
   to the story.
3. The lead is the first seen of those whose text is from their page; of equals, the longest.
4. Pairs that fall a little short are doubtful: suggested to a person where more speaks for them than small numbers, and
   not joined.

The order in which articles are given never matters.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from monitor.judging.compare import Comparison, Pair
from monitor.judging.sketch import Outlines
from monitor.model import Article, Kinship, Link, Story, TextFrom
from monitor.settings import Gazetteer, Rules

# Set on the labelled stories of tests/quality, where the pairs of one story and the others part here.
SAME = 0.38
SAME_OF_MANY = 0.39  # where one of the two has several articles: a stranger would take all of them along
MOST = (
    0.85  # that a pair of reports counts for among several: one sure pair and one of strangers are too little
)


class Grouped(NamedTuple):
    stories: tuple[Story, ...]  # by their lead's first-seen time
    doubtful: tuple[Link, ...]  # between different stories that may be one event, the likeliest first


def group(articles: Sequence[Article], gazetteer: Gazetteer, rules: Rules) -> tuple[Story, ...]:
    """Every article in exactly one story; stories by their lead's first-seen time."""
    return grouped(articles, gazetteer, rules).stories


def grouped(
    articles: Sequence[Article], gazetteer: Gazetteer, rules: Rules, outlines: Outlines | None = None
) -> Grouped:
    """The stories, as `group` gives them, and what it doubted. `outlines`: those that other panels made already."""
    comparison = Comparison(articles, gazetteer, rules, outlines)
    homes, joined = _join(comparison)
    links: dict[int, list[Pair]] = defaultdict(list)
    for pair in joined:
        links[homes[pair.one]].append(pair)
    members: dict[int, list[int]] = defaultdict(list)
    for place, home in enumerate(homes):
        members[home].append(place)
    stories = [_story(comparison, places, links[home]) for home, places in members.items()]
    parted = [
        pair for pair in comparison.pairs if homes[pair.one] != homes[pair.two] and pair.is_worth_asking
    ]
    parted.sort(key=lambda pair: (-pair.score, pair.one, pair.two))
    return Grouped(
        stories=tuple(sorted(stories, key=lambda story: (story.lead.first_seen, story.id))),
        doubtful=tuple(map(comparison.link, parted)),
    )


def _join(comparison: Comparison) -> tuple[list[int], list[Pair]]:
    """Of each article the first article of its story, and the pairs that made the stories; see rule 2."""
    homes = list(range(len(comparison.sketches)))
    joined = []
    members = {place: [place] for place in homes}
    known = {(pair.one, pair.two): pair.score for pair in comparison.pairs}

    def score_of(one: int, two: int) -> float:
        return known[one, two] if (one, two) in known else comparison.score(one, two)

    for pair in sorted(
        comparison.pairs, key=lambda pair: (pair.kinship is not Kinship.COPY, -pair.score, pair.one, pair.two)
    ):
        one, two = sorted((homes[pair.one], homes[pair.two]))
        if one == two:
            continue
        least = SAME if len(members[one]) == len(members[two]) == 1 else SAME_OF_MANY
        if pair.kinship is Kinship.COPY or _mean(members[one], members[two], score_of) >= least:
            for place in members[two]:
                homes[place] = one
            members[one] += members.pop(two)
            joined.append(pair)
    return homes, joined


def _mean(ones: Sequence[int], others: Sequence[int], score_of: Callable[[int, int], float]) -> float:
    """How much the articles of two stories resemble each other; a pair that has nothing in common counts as 0."""
    if len(ones) == len(others) == 1:
        return score_of(min(*ones, *others), max(*ones, *others))
    found = [min(MOST, score_of(min(one, two), max(one, two))) for one in ones for two in others]
    return sum(found) / len(found)


def _story(comparison: Comparison, places: Sequence[int], links: Sequence[Pair]) -> Story:
    articles = [comparison.sketches[place].article for place in places]
    if len(articles) == 1:  # as most are
        return Story(id=articles[0].id, articles=(articles[0],))
    lead = min(
        articles,
        key=lambda one: (one.text_from is not TextFrom.PAGE, one.first_seen, -len(one.text), one.id),
    )
    others = sorted((one for one in articles if one is not lead), key=lambda one: (one.published, one.id))
    return Story(id=lead.id, articles=(lead, *others), links=tuple(map(comparison.link, links)))
