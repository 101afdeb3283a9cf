"""In which editions an article stood, and where: asked of every edition ever kept, so what each held is remembered.

A record is some hundred kilobytes: one of the same archive, number and seal is read once. Only erasing changes it, and
its seal with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from monitor.model import Edition
from monitor.pipeline.records import edition_of_number
from monitor.store import Store

MOST_KNOWN = 500  # editions that are remembered at once

_known: dict[tuple[str, int, int], Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    number: int  # of the edition
    made: datetime
    meeting: date | None
    where: str  # "place 3 of 12", "further story 4 of 73", "near miss", "left out as old", "dropped"

    @property
    def is_item(self) -> bool:
        return self.where.startswith("place ")


def stood_in(store: Store, articles: Iterable[str]) -> tuple[Stood, ...]:
    """The newest edition first."""
    wanted, seals = frozenset(articles), store.editions.seals()
    found = []
    for edition in reversed(store.editions.all()):
        held = _held(store, edition.number, seals.get(edition.number))
        if where := next((held[article] for article in sorted(wanted) if article in held), None):
            found.append(
                Stood(number=edition.number, made=edition.made, meeting=edition.meeting, where=where)
            )
    return tuple(found)


def _held(store: Store, number: int, seal: int | None) -> Mapping[str, str]:
    if seal is None:
        return _read(store, number)
    key = store.path, number, seal
    if key not in _known:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[key] = _read(store, number)
    return _known[key]


def _read(store: Store, number: int) -> Mapping[str, str]:
    edition = edition_of_number(store, number)
    return _places(edition) if edition else {}


def _places(edition: Edition) -> dict[str, str]:
    """Where each article stands that is named, the report's word last: it holds."""
    places = {link.article: "dropped" for one in edition.dropped for link in one.links}
    places |= {link.article: "a development" for one in edition.developments for link in one.links}
    for missed, where in ((edition.old, "left out as old"), (edition.near_misses, "near miss")):
        places |= {article: where for one in missed for article in (one.story, *one.articles)}
    for items, where in ((edition.further, "further story"), (edition.items, "place")):
        for number, item in enumerate(items, 1):
            said = f"{where} {number} of {len(items)}"
            places |= dict.fromkeys((item.story, *item.articles), said)
    return places
