"""How work grows with its input: ten times as much may take some ten times as long, and no more."""

import time
from collections.abc import Callable

LINEAR = (
    30  # times as long for ten times as much; ten, and what a busy machine adds. A square would be a hundred.
)


def seconds(work: Callable[[int], object], size: int) -> float:
    begun = time.process_time()
    work(size)
    return time.process_time() - begun


def grows_with_its_length(work: Callable[[int], object], size: int) -> bool:
    work(size)
    while (short := min(seconds(work, size) for _ in range(2))) < 0.002 and size < 200_000:
        size *= 2
    bound = LINEAR * max(short, 0.002)
    return any(seconds(work, 10 * size) < bound for _ in range(2))  # the second where the first was disturbed
