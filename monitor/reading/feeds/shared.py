"""Which entries of one feed are one, and what tells those apart that share an id or an address. Pure.

1. An id that stands on entries with several addresses is none, and their addresses are their ids; but where they say the
   same, word for word, they are one.
2. Entries that share an address are one where they share an id of their own, or say the same; and where the address looks
   like an article's, if one is the other with words changed: an update. All others are told apart (`Entry.mark`) by their
   own id, else by their title, and the page is none of theirs.
"""

from collections.abc import Iterable
from dataclasses import replace

from monitor.model import Entry
from monitor.reading.alike import likeness, same_words
from monitor.reading.feeds.shape import shape
from monitor.reading.recognise import longer_mark, own_id, telling_of
from monitor.reading.urls import normalise

LOOKED_AT = 20  # of those before: five hundred entries may share the front page


def told_apart(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of a feed, in its order, each story once and with its mark."""
    found = _with_ids(tuple(entries))
    sharing: dict[str, list[Entry]] = {}
    for entry in found:
        sharing.setdefault(normalise(entry.url), []).append(entry)
    kept: dict[int, Entry] = {}
    for link, together in sharing.items():
        several = together if len(together) == 1 else _several(together, is_article=shape(link).is_article)
        marked = _with_marks(several) if len(several) > 1 else several
        kept.update((id(entry), one) for entry, one in zip(several, marked, strict=True))
    return tuple(kept[id(entry)] for entry in found if id(entry) in kept)


def _with_ids(entries: tuple[Entry, ...]) -> list[Entry]:
    """The entries, without ids that are none; of those that say the same under one id, the first."""
    by_id: dict[str, list[Entry]] = {}
    for entry in entries:
        by_id.setdefault(entry.id, []).append(entry)
    kept = []
    for entry in entries:
        first, *others = by_id[entry.id]
        if all(normalise(other.url) == normalise(first.url) for other in others):
            kept.append(entry)
        elif not (
            first.summary and all(same_words(telling_of(first), telling_of(other)) for other in others)
        ):
            kept.append(replace(entry, id=entry.url))
        elif entry is first:
            kept.append(entry)
    return kept


def _several(together: list[Entry], *, is_article: bool) -> list[Entry]:
    """Of entries with one address, the first of each story."""
    kept: list[Entry] = []
    for entry in together:
        if not any(_are_one(entry, before, is_article=is_article) for before in kept[-LOOKED_AT:]):
            kept.append(entry)
    return kept


def _are_one(one: Entry, other: Entry, *, is_article: bool) -> bool:
    first, second = telling_of(one), telling_of(other)
    alike = likeness(first, second)
    if own_id(one) and own_id(one) == own_id(other):
        return not alike.is_strange
    if same_words(first, second):
        return True
    return is_article and (alike.titles or 0.0) >= 1.0 and (alike.texts is None or alike.texts >= 0.7)


def _with_marks(several: list[Entry]) -> list[Entry]:
    taken: set[str] = set()
    marked = []
    for entry in several:
        mark = own_id(entry) or entry.title
        if mark in taken or not mark:
            mark = longer_mark(entry)
        taken.add(mark)
        marked.append(replace(entry, mark=mark))
    return marked
