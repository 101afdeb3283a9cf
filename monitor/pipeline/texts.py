"""The articles that several panels read, kept between the drafts that are made one after the other: a text is read
once.

Kept are those of feeds that a panel to come reads too, as long as the archive says that they are the same, and so many
at the most. What is kept is what the archive holds: each panel judges it without the boilerplate of what it reads.
"""

from collections import Counter
from collections.abc import Iterable

from monitor.model import Article
from monitor.store import Store

MOST_KEPT = 40_000  # articles, some 4 kB each


class Texts:
    """`readers`: by how many panels each feed is read."""

    def __init__(self, readers: Counter[str]) -> None:
        self._to_come = readers.copy()  # panels, by feed
        self._kept: dict[str, tuple[int, Article]] = {}

    def is_read_again(self, feed: str) -> bool:
        """Whether a panel to come reads it."""
        return self._to_come[feed] > 0

    def begin(self, feeds: Iterable[str]) -> None:
        """The next panel, which reads these. What it and those to come do not read is let go."""
        wanted = frozenset(feeds)
        self._kept = {
            id: (seal, one)
            for id, (seal, one) in self._kept.items()
            if one.feed in wanted or self.is_read_again(one.feed)
        }
        self._to_come.subtract(wanted)

    def named(self, store: Store, ids: Iterable[str]) -> tuple[Article, ...]:
        """Those of the named articles that are stored, by first-seen time and id."""
        wanted = frozenset(ids)
        if not self._kept and not +self._to_come:  # the last panel: nothing is to be kept
            return store.articles.named(wanted)
        seals = store.articles.seals_of(wanted)
        kept = [self._kept[id] for id in wanted & self._kept.keys()]
        same = [one for seal, one in kept if seals.get(one.id) == seal]
        read = store.articles.named(wanted.difference(one.id for one in same))
        for one in read:
            if self.is_read_again(one.feed) and one.id in seals and len(self._kept) < MOST_KEPT:
                self._kept[one.id] = seals[one.id], one
        return tuple(sorted((*same, *read), key=lambda one: (one.first_seen, one.id)))
