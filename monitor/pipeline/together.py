"""What the drafts of several panels share when they are made one after the other: what is the same for all of them is
worked out once, and each draft is the one that the panel would have alone.

- *Verdicts.* The judges sit together (`judging/bench.py`): an article is read once for all, when the first draft comes
  to it.
- *Texts.* An article of a feed that several panels read is read once (`texts.py`). Panels that read the same feeds and
  whose windows begin together have the same articles, without the same boilerplate. They are kept for the next as long as
  none came, was changed or was erased: only ever those of one window.
- *Outlines.* What an article says by itself when it is compared with others (`judging/sketch.py`).
- *Rhythms.* How often each feed brings something is asked of sixty days of all that they read.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from monitor.judging.bench import Bench, Panel
from monitor.judging.classify import Judging, prepare
from monitor.judging.sketch import Outlines
from monitor.model import Article, Window
from monitor.pipeline.pages import readable
from monitor.pipeline.rhythms import Gaps, newest, usual_gaps
from monitor.pipeline.texts import Texts
from monitor.settings import Config, Feed
from monitor.store import Store

_Feeds = frozenset[str]


@dataclass(slots=True)
class _Shared:
    """What is kept for the next of the panels."""

    feeds: tuple[Feed, ...]  # of all
    reading: Counter[_Feeds]  # how many panels read these
    articles: Texts
    texts: tuple[object, tuple[Article, ...]] = (None, ())
    gaps: dict[object, Gaps] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Together:
    """A panel among those that draft one after the other; or one alone."""

    judge: Judging
    outlines: Outlines | None  # None: it is alone
    _feeds: _Feeds
    _shared: _Shared

    def readable(self, store: Store, window: Window) -> tuple[Article, ...]:
        """As `pages.readable`."""
        if self.outlines is None:
            return readable(store, window)
        self._shared.articles.begin(self._feeds)
        if self._shared.reading[self._feeds] < 2:
            return readable(store, window, lambda ids: self._shared.articles.named(store, ids))
        key = (window.since, self._feeds, *_stamp(store, window))
        if self._shared.texts[0] != key:
            self._shared.texts = (None, ())  # before the next are read: not two windows at a time
            self._shared.texts = (key, readable(store, window))
        return self._shared.texts[1]

    def usual_gaps(self, store: Store, feeds: Sequence[Feed], now: datetime) -> Gaps:
        """As `rhythms.usual_gaps`, of the feeds of all."""
        key = (newest(store, now), store.articles.newest(), store.articles.count())
        if key not in self._shared.gaps:
            self._shared.gaps[key] = usual_gaps(store, self._shared.feeds, now)
        return self._shared.gaps[key]


def together(panels: Sequence[Config]) -> tuple[Together, ...]:
    """Each of the panels among them."""
    feeds = [frozenset(feed.url for feed in config.feeds) for config in panels]
    every = {feed.url: feed for config in panels for feed in config.feeds}
    shared = _Shared(tuple(every.values()), Counter(feeds), Texts(Counter(chain.from_iterable(feeds))))
    outlines = Outlines(shared.articles.is_read_again) if len(panels) > 1 else None
    return tuple(
        Together(judge, outlines, reads, shared)
        for judge, reads in zip(_judges(panels, feeds), feeds, strict=True)
    )


def alone(config: Config) -> Together:
    return together([config])[0]


def _judges(panels: Sequence[Config], feeds: Sequence[_Feeds]) -> tuple[Judging, ...]:
    if len(panels) == 1:
        return (prepare(panels[0].rules, panels[0].gazetteer),)
    bench = Bench([Panel(one.rules, one.gazetteer, reads) for one, reads in zip(panels, feeds, strict=True)])
    return tuple(map(bench.seat, range(len(panels))))


def _stamp(store: Store, window: Window) -> tuple[object, ...]:
    """Another one where an article of the window was added, changed or erased."""
    ids, seals = store.articles.ids(window), store.articles.seals()
    return (ids, tuple(map(seals.get, ids)))
