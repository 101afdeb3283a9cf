"""Which pairs are looked at is what its head says, however it is found out."""

from collections import Counter
from datetime import timedelta
from itertools import combinations

import pytest

import monitor.judging.compare as compare
from benchmarks.press import articles as press_articles
from monitor.judging.compare import DOUBTFUL, LEAST_CLOSENESS, RARE_WORDS, Comparison
from monitor.judging.likeness import closeness, kin
from monitor.model import Kinship
from tests.rules import NOW, default_gazetteer, default_rules

COUNT, FEW = 240, 8  # articles, and how many of them have what is rare: there is some that as many have


@pytest.fixture(scope="module")
def comparison():
    window = list(press_articles(COUNT, NOW, timedelta(days=2)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compare, "MOST_HOLDERS", FEW)
        return Comparison(window, default_gazetteer(), default_rules())


@pytest.fixture(scope="module")
def hinted(comparison):
    """Every two that share a mark of few, or several words of few: each two are looked at."""
    marks = [(one.names - comparison._seen) | one.figures | one.days for one in comparison.sketches]
    common = comparison._likeness.common
    words = [frozenset(one.words) - common for one in comparison.sketches]
    of_marks, of_words = (Counter(what for own in each for what in own) for each in (marks, words))
    return {
        (one, two)
        for one, two in combinations(range(COUNT), 2)
        if any(of_marks[mark] <= FEW for mark in marks[one] & marks[two])
        or sum(of_words[word] <= FEW for word in words[one] & words[two]) >= RARE_WORDS
    }


@pytest.mark.slow
def test_hints_are_rare_marks_and_rare_words(comparison, hinted):
    found = {(one, two) for one, others in enumerate(comparison._hinted) for two in others}
    assert found == hinted
    assert len(hinted) < COUNT * (COUNT - 1) / 2


def test_the_next_of_kin_are_those_of_all_hints(comparison, hinted):
    likenesses = [[] for _ in comparison.sketches]
    for one, two in hinted:
        (likeness,) = comparison._likeness.of(one, [two])
        likenesses[one].append(likeness)
        likenesses[two].append(likeness)
    assert comparison._near == pytest.approx(list(map(kin, likenesses)))


def test_a_pair_is_whatever_scores_enough(comparison, hinted):
    """Though most are never weighed: those could not have come to as much."""
    found = {(pair.one, pair.two) for pair in comparison.pairs if pair.kinship is Kinship.REPORT}
    assert found == {pair for pair in hinted if comparison.score(*pair) >= DOUBTFUL}
    assert found


def test_nothing_speaks_for_two_that_nothing_hints_at_or_that_are_not_close(comparison, hinted):
    near = comparison._near
    for one, two in combinations(range(COUNT), 2):
        (likeness,) = comparison._likeness.of(one, [two])
        if (one, two) not in hinted or closeness(likeness, near[one], near[two]) < LEAST_CLOSENESS:
            assert comparison.score(one, two) == 0
