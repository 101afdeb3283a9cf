from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judging.likeness import _BITS, _KEPT, _sum

PLACES = st.sets(st.integers(0, _KEPT + 500), max_size=40)


@given(PLACES)
def test_a_sum_goes_from_the_highest_bit_down(places):
    """In this order, for a float's last digit hangs on it."""
    values = [1 / (length + 1) for length in range(_KEPT + 502)]
    (*_, expected) = accumulate((values[place + 1] for place in sorted(places, reverse=True)), initial=0.0)
    assert _sum(sum(1 << place for place in places), values) == expected


@pytest.mark.parametrize(("length", "is_kept"), [(1, True), (_KEPT, True), (_KEPT + 1, False)])
def test_numbers_of_one_bit_are_kept_up_to_a_bound(length, is_kept):
    assert _BITS[length] == 1 << length - 1
    assert (length in _BITS) is is_kept
