"""The search page: what was asked for, found and read, as a value.

    the address | reporting.searching.read, facets | store.search | the archive's rows of one page | hits

Nothing is judged here, and of the archive only the shown stories are read: verdicts are the index's. What is not indexed
or judged yet is said with the results (`SearchPage.state`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from monitor.app.desk.index_asked import asked_index
from monitor.app.desk.opened import OpenDesk
from monitor.app.workspace import Workspace
from monitor.model import (
    Article,
    Dated,
    Facet,
    Found,
    IndexState,
    Narrowed,
    Only,
    Order,
    Place,
    Results,
    Said,
    Term,
    Words,
)
from monitor.pipeline.reviewing import Reviewing, Stand
from monitor.reporting.searching.easing import easier
from monitor.reporting.searching.facets import VERDICTS, Option, Options, meant, options_of, unknown
from monitor.reporting.searching.hits import Segment, hit_of, marked
from monitor.reporting.searching.read import Read, Typed, day_of, read
from monitor.reporting.searching.rows import Row
from monitor.reporting.searching.said import say_days, say_term
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
class Asked:
    """As the address has it."""

    q: str = ""
    outlet: str = ""
    topic: str = ""
    area: str = ""
    council: str = ""
    verdict: str = ""
    since: str = ""
    until: str = ""
    dated: Dated = Dated.PUBLISHED
    order: Order = Order.NEWEST
    after: str = ""

    def of(self, facet: Facet) -> str:
        return str(getattr(self, facet.value))

    @property
    def arguments(self) -> dict[str, str]:
        """For an address; what is as it is anyway is left out."""
        plain = Asked()
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: str(value) for name, value in values.items() if value != getattr(plain, name)}

    @property
    def first(self) -> dict[str, str]:
        """Likewise, from the first page on."""
        return {name: value for name, value in self.arguments.items() if name != "after"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A story as the results show it."""

    id: str
    title: tuple[Segment, ...]
    heading: str
    sentence: tuple[Segment, ...]
    outlet: str
    url: str
    published: datetime
    published_is_guess: bool
    received: datetime
    verdict: str  # in a word; "" where it is not judged yet by the rules in force
    why: str
    stands: str  # where in the newest draft, in words; "" where it does not
    is_in: bool  # it is in the report, or was taken since the draft


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
            page = _answered(workspace, index, asked, most, at)
        return replace(page, quick=quick)


@contextmanager
def _index(desk: OpenDesk, workspace: Workspace) -> Iterator[SearchIndex | None]:
    index = asked_index(desk, workspace.config)
    try:
        yield index
    finally:
        if index:
            index.close()


def _answered(workspace: Workspace, index: SearchIndex, asked: Asked, most: int, at: Stand) -> SearchPage:
    options = options_of(workspace.config, index.outlets())
    wanted = _understood(asked, options)
    page = SearchPage(
        asked=asked,
        mistakes=wanted.mistakes,
        remarks=wanted.read.remarks,
        instead=wanted.read.instead,
        options=options,
        state=index.state(workspace.store.articles.count()),
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
        hits=_hits(workspace, results, wanted.term, at),
        total=results.total,
        ranked=results.ranked,
        next=_after(results),
        lifts=() if results.total else _counted(index, options, _lifts(asked, options)),
        eased=()
        if results.total
        else tuple(one for one in _counted(index, options, _eased(asked)) if one.gives),
        counts=index.every_count(wanted.term, wanted.narrowed) if is_few else {},
    )


# ── what is asked for ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    read: Read
    narrowed: Narrowed
    how: str
    mistakes: tuple[tuple[str, str], ...]

    @property
    def term(self) -> Term:
        return self.read.term

    @property
    def is_empty(self) -> bool:
        return self.read.is_empty and self.narrowed == Narrowed(dated=self.narrowed.dated)

    @property
    def words(self) -> str:
        """As they may stand in topics.yaml; only plain words may."""
        return say_term(self.term).replace("the phrase ", "").strip("“”") if _is_plain(self.term) else ""


def _is_plain(term: Term) -> bool:
    return isinstance(term, Words) and not term.is_stem


def _understood(asked: Asked, options: Options) -> _Wanted:
    found = read(asked.q)
    mistakes = [("q", one) for one in found.mistakes]
    chosen = [(facet.value, Typed(facet, asked.of(facet))) for facet in Facet if asked.of(facet)]
    only: list[Only] = []
    says: list[str] = []
    for name, typed in [*(("q", one) for one in found.only), *chosen]:
        values = meant(typed.value, options[typed.facet])
        if not values:
            mistakes.append((name, unknown(typed.facet, typed.value, options[typed.facet])))
            continue
        only.append(Only(typed.facet, tuple(one.value for one in values), typed.is_not))
        says.append(_say_facet(typed, values))
    since, until, wrong = _days(asked, found)
    narrowed = Narrowed(only=tuple(only), since=since, until=until, dated=asked.dated)
    parts = [say_term(found.term), *says, say_days(since, until, asked.dated)]
    how = ", ".join(filter(None, parts))
    return _Wanted(read=found, narrowed=narrowed, how=how, mistakes=(*mistakes, *wrong))


def _say_facet(typed: Typed, values: tuple[Option, ...]) -> str:
    names = " or ".join(one.name for one in values)
    return f"{'not ' if typed.is_not else ''}{typed.facet} {names}"


def _days(asked: Asked, found: Read) -> tuple[date | None, date | None, list[tuple[str, str]]]:
    """The narrower of what was typed and what was chosen."""
    wrong = []
    days: dict[str, date | None] = {"since": found.since, "until": found.until}
    for name, narrower in (("since", max), ("until", min)):
        written = getattr(asked, name)
        if not written:
            continue
        day = day_of(written, is_last=name == "until")
        if day is None:
            wrong.append((name, f"“{written[:40]}” is no day. Write it as 2026-11-28 or 28/11/2026."))
        else:
            days[name] = narrower(filter(None, (day, days[name])))
    since, until = days["since"], days["until"]
    if since and until and since > until and not wrong and not found.mistakes:
        wrong.append(("since", "The first day is after the last, so nothing can be found."))
    return since, until, wrong


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
    wanted = ((one, _understood(one.asked, options)) for one in lifts)
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


# ── what was found ──────────────────────────────────────────────────────────────────────────────────────────────


def _hits(workspace: Workspace, results: Results, term: Term, at: Stand) -> tuple[Hit, ...]:
    """A story that went from the archive meanwhile is not shown."""
    articles = {one.id: one for one in workspace.store.articles.named(one.article for one in results.found)}
    stands = _standing(at)
    return tuple(
        _hit(articles[one.article], one, term, *stands.get(one.article, ("", False)))
        for one in results.found
        if one.article in articles
    )


def _hit(article: Article, found: Found, term: Term, stands: str, is_in: bool) -> Hit:
    title = one_line(article.title)
    verdict = found.verdict
    return Hit(
        id=article.id,
        title=marked(title, term),
        heading=title,
        sentence=hit_of(article.text, term),
        outlet=article.outlet,
        url=article.url,
        published=article.published,
        published_is_guess=article.published_is_guess,
        received=article.first_seen,
        verdict=VERDICTS[verdict.choice] if verdict else "",
        why=verdict.reason if verdict else "",
        stands=stands,
        is_in=is_in,
    )


_SAID = {Said.DROPPED: "Dropped", Said.LATER: "Put off to the next report"}


def _standing(at: Stand) -> dict[str, tuple[str, bool]]:
    """Where each article stands in the newest draft, or what was said of it since."""
    found: dict[str, tuple[str, bool]] = {}
    if draft := at.edition:
        for number, item in enumerate(draft.items, 1):
            found |= dict.fromkeys(item.articles, (f"Item {number} of draft {draft.number}", True))
        for item in draft.further:
            found |= dict.fromkeys(
                item.articles, (f"Among the further stories of draft {draft.number}", False)
            )
        for miss in draft.near_misses:
            found |= dict.fromkeys(miss.articles, (f"A near miss of draft {draft.number}", False))
    for decision in at.past.decisions:
        if decision.said in _SAID:
            found |= dict.fromkeys(decision.articles, (_SAID[decision.said], False))
        elif decision.said is Said.TAKEN:
            found |= {
                one: ("Taken in; the next document has it", True)
                for one in decision.articles
                if not found.get(one, ("", False))[1]
            }
    return found


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
