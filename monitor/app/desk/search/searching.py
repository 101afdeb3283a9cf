"""The search page: what was asked for, found and read, as a value.

    the address | reporting.searching.read, facets | store.search | the archive's rows of one page | hits

Nothing is judged here, and of the archive only the shown stories are read: verdicts are the index's. What is not indexed
or judged yet is said with the results (`SearchPage.state`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from monitor.app.archives import index_written
from monitor.app.archives import written as archive_written
from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.search.asked import Asked, understood
from monitor.app.desk.search.found import Hit, hits_of
from monitor.app.desk.search.index_asked import asked_index, index_file
from monitor.app.workspace import Workspace
from monitor.model import (
    Facet,
    IndexState,
    Place,
    Results,
)
from monitor.pipeline.reviewing import Reviewing, Stand
from monitor.reporting.searching.easing import easier
from monitor.reporting.searching.facets import Options, meant, options_of
from monitor.reporting.searching.rows import Row
from monitor.reporting.wording import day_in_london, one_line
from monitor.store.search import SearchIndex, can_search

PAGE = 20
FEW = 2_000  # results of which it is counted what they are
MOST_ROWS = 2_000  # in a file
UNSORTED = (
    "This Python’s SQLite was built without FTS5, so texts cannot be searched. Use another build of Python."
)

NOTHING_READ = "The archive is empty: no news was read yet, so there is nothing to search. This edition says how to begin."

_AFTER = re.compile(r"(-?\d{1,18}(?:\.\d{1,20})?(?:e-?\d{1,3})?)_(-?\d{1,18})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """A part of the search, and the search without it."""

    says: str
    asked: Asked
    gives: int = 0  # how many it would find, where that was counted


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    asked: Asked
    is_asked: bool = False  # False: nothing is asked for yet
    mistakes: tuple[tuple[str, str], ...] = ()  # the field, and what is wrong
    remarks: tuple[str, ...] = ()
    instead: str | None = None
    how: str = ""  # as it was read
    words: str = ""  # that may become a phrase
    hits: tuple[Hit, ...] = ()
    total: int = 0
    ranked: int = 0
    next: str = ""  # where the next page begins
    lifts: tuple[Lift, ...] = ()  # where nothing was found: without a part of it
    eased: tuple[Lift, ...] = ()  # likewise, with fewer of its words; each finds something
    quick: tuple[Lift, ...] = ()
    options: Options = field(default_factory=dict)
    counts: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)
    state: IndexState | None = None  # None: there is no index yet
    trouble: str = ""  # why nothing can be searched

    @property
    def narrowed_by(self) -> int:
        """How many of the filters are set, beside the words."""
        return len(self.asked.first.keys() - {"q"})


def search(desk: OpenDesk, asked: Asked, most: int = PAGE) -> SearchPage:
    """Raises ConfigError, StoreError."""
    with desk.reading() as workspace:
        today = day_in_london(desk.clock())
        quick = _quick(asked, workspace, today)
        with _index(desk, workspace) as index:
            if index is None:
                trouble = _why_no_index(workspace)
                options = options_of(workspace.config, (feed.name for feed in workspace.config.feeds))
                return SearchPage(asked=asked, quick=quick, options=options, trouble=trouble)
            at = Reviewing(workspace.store, workspace.config, desk.remembered).so_far(today)
            page = _answered(workspace, index, asked, most, at, _state(desk, workspace, index))
        return replace(page, quick=quick)


@contextmanager
def _index(desk: OpenDesk, workspace: Workspace) -> Iterator[SearchIndex | None]:
    index = asked_index(desk, workspace.config)
    try:
        yield index
    finally:
        if index:
            index.close()


def _state(desk: OpenDesk, workspace: Workspace, index: SearchIndex) -> IndexState:
    """Counting all of both took a tenth of the time of a search."""
    written = archive_written(desk.data), index_written(index_file(desk))
    what = "state of the index", workspace.config.rules.digest
    return desk.counted.of(what, written, lambda: index.state(workspace.store.articles.count()))


def _answered(
    workspace: Workspace, index: SearchIndex, asked: Asked, most: int, at: Stand, state: IndexState
) -> SearchPage:
    options = options_of(workspace.config, index.outlets())
    wanted = understood(asked, options)
    page = SearchPage(
        asked=asked,
        mistakes=wanted.mistakes,
        remarks=wanted.read.remarks,
        instead=wanted.read.instead,
        options=options,
        state=state,
    )
    if wanted.mistakes or wanted.is_empty:
        return page
    results = index.find(wanted.term, wanted.narrowed, asked.order, _place(asked), most)
    is_few = results.total <= FEW and most == PAGE
    return replace(
        page,
        is_asked=True,
        how=wanted.how,
        words=wanted.words,
        hits=hits_of(workspace, results, wanted.term, at),
        total=results.total,
        ranked=results.ranked,
        next=_after(results),
        lifts=() if results.total else _counted(index, options, _lifts(asked, options)),
        eased=()
        if results.total
        else tuple(one for one in _counted(index, options, _eased(asked)) if one.gives),
        counts=index.every_count(wanted.term, wanted.narrowed) if is_few else {},
    )


def _why_no_index(workspace: Workspace) -> str:
    """Said once and for all; "" where an index is being made, so that it helps to look again."""
    if not can_search():
        return UNSORTED
    return NOTHING_READ if workspace.store.articles.beginning() is None else ""


def _lifts(asked: Asked, options: Options) -> Iterator[Lift]:
    """Each part that narrows, and the search without it."""
    if asked.q:
        yield Lift(says=f"the words “{one_line(asked.q)}”", asked=_without(asked, "q"))
    for facet in Facet:
        if value := asked.of(facet):
            named = " or ".join(one.name for one in meant(value, options[facet]))
            yield Lift(says=f"the {facet} {named}", asked=_without(asked, facet.value))
    if asked.since:
        yield Lift(says="the first day", asked=_without(asked, "since"))
    if asked.until:
        yield Lift(says="the last day", asked=_without(asked, "until"))


def _eased(asked: Asked) -> Iterator[Lift]:
    plain: dict[str, Any] = {"after": ""}
    for one in easier(asked.q):
        yield Lift(says=one.says, asked=replace(asked, q=one.typed, **plain))


def _counted(index: SearchIndex, options: Options, lifts: Iterable[Lift]) -> tuple[Lift, ...]:
    """A dozen counts at most, each of the index alone."""
    wanted = ((one, understood(one.asked, options)) for one in lifts)
    return tuple(
        one
        if of.mistakes or of.is_empty
        else replace(one, gives=index.find(of.term, of.narrowed, most=1).total)
        for one, of in wanted
    )


def _without(asked: Asked, name: str) -> Asked:
    plain: dict[str, Any] = {name: "", "after": ""}
    return replace(asked, **plain)


def _quick(asked: Asked, workspace: Workspace, today: date) -> tuple[Lift, ...]:
    panel = workspace.config.panel
    beginnings = {
        "the last 7 days": today - timedelta(days=6),
        "the last 31 days": today - timedelta(days=30),
    }
    if past := [meeting for meeting in panel.meetings if meeting < today]:
        beginnings["since the last meeting"] = max(past)
    return tuple(
        Lift(says=says, asked=replace(asked, since=day.isoformat(), until=today.isoformat(), after=""))
        for says, day in beginnings.items()
    )


def _place(asked: Asked) -> Place | None:
    """An address that somebody changed begins anew."""
    found = _AFTER.fullmatch(asked.after)
    return Place(float(found[1]), int(found[2])) if found else None


def _after(results: Results) -> str:
    if not results.has_more:
        return ""
    place = results.found[-1].place
    return f"{place.at!r}_{place.number}"


# ── as a file ───────────────────────────────────────────────────────────────────────────────────────────────────


def found_rows(page: SearchPage) -> tuple[Row, ...]:
    return tuple(
        Row(
            id=hit.id,
            heading=hit.heading,
            outlet=hit.outlet,
            published=hit.published,
            received=hit.received,
            verdict=hit.verdict,
            why=hit.why,
            stands=hit.stands,
            sentence="".join(segment.text for segment in hit.sentence),
            url=hit.url,
        )
        for hit in page.hits
    )
