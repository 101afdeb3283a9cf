"""What the monitor reads of public pages and feeds that others have collected, held against their own answers.

    python -m benchmarks public FOLDER

Nothing of that material is ours to hand on, so it is not in the project. FOLDER holds clones of the repositories that
`benchmarks/clones.py` names; what is not there is said and left out.
"""

from collections.abc import Iterator
from pathlib import Path

from benchmarks import public_days, public_feeds, public_pages
from benchmarks.clones import DATED_PAGES, FEEDS, NEWS_PAGES, QUICK_FEEDS, UK_PAGES

CLONES = (NEWS_PAGES, UK_PAGES, DATED_PAGES, FEEDS, QUICK_FEEDS)


def run(folder: Path) -> Iterator[str]:
    for part in (public_pages, public_days, public_feeds):
        yield from part.run(folder)
