"""Editions, words and articles that were read before, by a desk that stays open: the record of an edition with 600 stories
takes a tenth of a second to read, and a page has less for all it does.

An edition is known by its number and the seal of its row, which is another when something was erased from it. The newest
ones are held whole, others without their texts: their stories, headings, links and fates are all that a later draft asks
for. Words are small, and known by their record. An article is known by its seal, and is read anew where others came since,
for they tell what recurs: to learn that of ten outlets takes a tenth of a second too.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from monitor.model import Article, Edition, Item, KeptWord, Learned
from monitor.pipeline.pages import readable_ones
from monitor.pipeline.records import edition_of_number
from monitor.reporting.edition.record import read_learned
from monitor.reporting.wording import item_name
from monitor.store import Store

MOST_WHOLE, MOST_LIGHT, MOST_ARTICLES = 2, 100, 1_000


@dataclass(slots=True)
class Remembered:
    """Safe to use from several threads."""

    _whole: dict[tuple[int, int], Edition] = field(default_factory=dict)
    _light: dict[tuple[int, int], Edition] = field(default_factory=dict)
    _articles: dict[str, tuple[int, Article]] = field(default_factory=dict)
    _newest: datetime | None = None  # of the archive, when those articles were read
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def readable(self, store: Store, ids: frozenset[str]) -> tuple[Article, ...]:
        """Those that are stored, in no order, without what recurs in their outlets' articles."""
        seals, newest = store.articles.seals_of(ids), store.articles.newest()
        with self._lock:
            if newest != self._newest:
                self._newest, self._articles = newest, {}
            held = self._articles
            known = {id: held[id][1] for id in ids & held.keys() if held[id][0] == seals.get(id)}
        read = readable_ones(store, store.articles.named(ids.difference(known)))
        with self._lock:
            for article in read:
                if len(held) < MOST_ARTICLES and article.id in seals:
                    held[article.id] = seals[article.id], article
        return (*known.values(), *read)

    def whole(self, store: Store, number: int) -> Edition | None:
        return self._edition(store, number, store.editions.seals().get(number))

    def light(self, store: Store, numbers: Iterable[int]) -> tuple[Edition, ...]:
        """Those that there are, in the same order, without their texts."""
        seals = store.editions.seals()
        found = (self._lightened(store, number, seals.get(number)) for number in numbers)
        return tuple(edition for edition in found if edition)

    def _lightened(self, store: Store, number: int, seal: int | None) -> Edition | None:
        key = (number, seal or 0)
        if seal is not None and (held := self._light.get(key)):
            return held
        edition = self._edition(store, number, seal)
        if edition is None:
            return None
        made = _without_texts(edition)
        if seal is not None:
            self._keep(self._light, key, made, MOST_LIGHT)
        return made

    def _edition(self, store: Store, number: int, seal: int | None) -> Edition | None:
        key = (number, seal or 0)
        if seal is not None and (held := self._whole.get(key)):
            return held
        edition = edition_of_number(store, number)
        if edition and seal is not None:
            self._keep(self._whole, key, edition, MOST_WHOLE)
        return edition

    def _keep(
        self, held: dict[tuple[int, int], Edition], key: tuple[int, int], edition: Edition, most: int
    ) -> None:
        with self._lock:
            held[key] = edition
            while len(held) > most:
                del held[min(held)]


def _without_texts(edition: Edition) -> Edition:
    return replace(
        edition,
        items=tuple(map(_named, edition.items)),
        further=tuple(map(_named, edition.further)),
        near_misses=(),
        aside=tuple(item for item in edition.aside if item.story in {one.story for one in edition.later}),
        articles=(),
        doubts=(),
        old=(),
    )


def _named(item: Item) -> Item:
    name = item.heading or item_name(item)  # by which it is told where it has no heading
    return replace(
        item, heading=name, excerpt=(), note=(), reason="", speaks="", cautions=(), why=(), outside=""
    )


_read = lru_cache(maxsize=4096)(read_learned)


def words_of(store: Store) -> tuple[KeptWord, ...]:
    """All that was said, whether it holds or not; first to last."""
    return tuple(
        KeptWord(
            id=row.id,
            learned=_learned(row.record),
            withdrawn=row.withdrawn,
            withdrawn_by=row.withdrawn_by,
            holds=row.holds,
        )
        for row in store.decisions.kept()
    )


def _learned(record: str) -> Learned:
    return _read(record)
