"""Feeds: how each stands, in words and by day, and one of them with all that is known of it.

The days before today no longer change, so they are counted once a day; what today brought, and the archive's sums, are
counted anew when something was written.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

from monitor.app.archives import index_written
from monitor.app.archives import written as archive_written
from monitor.app.clocks import agree_to_read
from monitor.app.desk.counted import of_config, stamp
from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.search.index_asked import INSIDE, asked_index, index_file
from monitor.app.workspace import Workspace
from monitor.config.feeds_edit import written_feeds
from monitor.config.feeds_text import WrittenFeed
from monitor.config.panels import file_of
from monitor.errors import StoreError
from monitor.model import (
    Facet,
    FeedDay,
    FeedState,
    Headline,
    IndexState,
    Narrowed,
    PollOutcome,
    Window,
)
from monitor.pipeline.rhythms import usual_gaps
from monitor.reading.schedule.polling import state_of
from monitor.reading.schedule.standing import ORDER, Standing, in_words, standing_of
from monitor.reporting.wording import LONDON, day_in_london
from monitor.settings import Feed

FILE = "feeds.yaml"
DAYS = 8 * 7
ANY = ""  # of a filter
NONE = "-"  # an area or publisher that a feed does not have
LATEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFeed:
    id: str
    feed: Feed
    standing: Standing
    says: str  # what stands behind that word
    last_entry: datetime | None  # the date of its newest entry
    last_read: datetime | None
    next_poll: datetime | None
    moved_to: str | None
    left_out: str | None  # what a limit of ours leaves unread
    days: tuple[int | None, ...]  # new articles a day up to today; None: it was not read on that day
    articles: int  # all that are stored
    inside: int | None  # articles of its outlet that are in by the rules; None: that is not counted yet


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFilter:
    """What is looked for; "" is anything."""

    state: str = ANY
    area: str = ANY  # likewise NONE
    publisher: str = ANY
    text: str = ANY

    def holds(self, one: ShownFeed, but: str = "") -> bool:
        """Whether a feed is looked for, by all but the filter of that name."""
        feed = one.feed
        return (
            (but == "state" or self.state in (ANY, one.standing.value))
            and (but == "area" or self.area in (ANY, feed.area or NONE))
            and (but == "publisher" or self.publisher in (ANY, publisher_of(feed)))
            and all(word in _text(feed) for word in self.text.casefold().split())
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsShown:
    feeds: tuple[ShownFeed, ...]  # those that are looked for
    of: int  # feeds in the list
    states: tuple[tuple[str, int], ...]  # what can be looked for beside the rest, and how many it would give
    areas: tuple[tuple[str, int], ...]
    publishers: tuple[tuple[str, int], ...]
    first: date  # of `days`
    last: date
    ever_read: bool
    judged: IndexState | None  # how far `inside` is counted; None: not at all


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFeed:
    shown: ShownFeed
    written: WrittenFeed  # as the file says it
    first: date
    latest: tuple[Headline, ...]
    polls: tuple[PollOutcome, ...]


def feed_id(url: str) -> str:
    """What a feed is called in an address of the desk."""
    return sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def publisher_of(feed: Feed) -> str:
    return feed.publisher.name if feed.publisher else NONE


def _text(feed: Feed) -> str:
    return f"{feed.name} {feed.url} {feed.area or ''} {feed.paused or ''}".casefold()


# ── all of them ─────────────────────────────────────────────────────────────────────────────────────────────────


def shown_feeds(desk: OpenDesk, wanted: FeedFilter) -> FeedsShown:
    """The feeds that are looked for, those first for which a person may have to do something."""
    found = _every(desk)
    every = found.feeds
    return FeedsShown(
        feeds=tuple(one for one in every if wanted.holds(one)),
        of=len(every),
        states=_numbers(every, wanted, "state", lambda one: one.standing.value, ORDER),
        areas=_numbers(every, wanted, "area", lambda one: one.feed.area or NONE),
        publishers=_numbers(every, wanted, "publisher", lambda one: publisher_of(one.feed)),
        first=found.first,
        last=found.last,
        ever_read=any(one.last_read for one in every),
        judged=found.judged,
    )


def _numbers(
    every: Sequence[ShownFeed],
    wanted: FeedFilter,
    name: str,
    of: Callable[[ShownFeed], str],
    order: Sequence[str] = (),
) -> tuple[tuple[str, int], ...]:
    found = {of(one): 0 for one in every}
    for one in every:
        found[of(one)] += wanted.holds(one, but=name)
    by = [value for value in order if value in found] or sorted(
        found, key=lambda value: (value == NONE, value)
    )
    return tuple((value, found[value]) for value in by)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Every:
    feeds: tuple[ShownFeed, ...]
    judged: IndexState | None
    first: date
    last: date


def _every(desk: OpenDesk) -> _Every:
    now = desk.clock()
    what = "feeds", of_config(desk.config_folder), day_in_london(now)
    written = archive_written(desk.data), index_written(index_file(desk))
    return desk.counted.of(what, written, lambda: _counted(desk, now))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the feeds, by their addresses; `inside` by outlet."""

    states: Mapping[str, FeedState]
    gaps: Mapping[str, timedelta | None]
    days: Mapping[str, Sequence[FeedDay]]
    sums: Mapping[str, int]
    inside: Mapping[str, int] | None


def _counted(desk: OpenDesk, now: datetime) -> _Every:
    last = day_in_london(now)
    first = last - timedelta(days=DAYS - 1)
    with desk.reading() as workspace:
        store = workspace.store
        agree_to_read(store, now)
        states = {state.url: state for state in store.feeds.states()}
        sums = store.counts.articles_of_feeds(Window(since=None, until=now + timedelta(days=1)))
        judged, inside = _judged(desk, workspace)
        gaps = usual_gaps(store, workspace.config.feeds, now)
        known = _Known(states, gaps, _days(desk, workspace, first, now), sums, inside)
        feeds = [_shown(feed, known, first, last) for feed in workspace.config.feeds]
    return _Every(feeds=tuple(sorted(feeds, key=_place)), judged=judged, first=first, last=last)


def _judged(desk: OpenDesk, workspace: Workspace) -> tuple[IndexState | None, dict[str, int] | None]:
    """How far stories are judged by the rules in force, and how many of each outlet are in. Feeds can be shown without:
    an index that is made anew at this moment keeps nobody from them."""
    index = asked_index(desk, workspace.config)
    if index is None:
        return None, None
    try:
        with index:
            inside = index.counts(Facet.OUTLET, narrowed=Narrowed(only=(INSIDE,)))
            return index.state(workspace.store.articles.count()), inside
    except StoreError:
        return None, None


def _place(one: ShownFeed) -> tuple[int, str, str]:
    return ORDER.index(one.standing), one.feed.name.casefold(), one.feed.url


def _shown(feed: Feed, known: _Known, first: date, last: date) -> ShownFeed:
    state, gap, days = state_of(feed, known.states), known.gaps.get(feed.url), known.days.get(feed.url, ())
    read = {day.day: day.new for day in days if day.read}
    return ShownFeed(
        id=feed_id(feed.url),
        feed=feed,
        standing=standing_of(feed, state, gap),
        says=in_words(feed, state, gap, days),
        last_entry=state.last_new,
        last_read=state.last_success,
        next_poll=None if feed.paused else state.next_poll,
        moved_to=None if feed.paused else state.moved_to,
        left_out=None if feed.paused else state.left_out,
        days=tuple(read.get(first + timedelta(days=number)) for number in range((last - first).days + 1)),
        articles=known.sums.get(feed.url, 0),
        inside=None if known.inside is None else known.inside.get(feed.name, 0),
    )


# ── by day ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _days(desk: OpenDesk, workspace: Workspace, first: date, now: datetime) -> dict[str, list[FeedDay]]:
    """By feed the days on which it was polled, in order; days are London's."""
    today = day_in_london(now)
    before = desk.counted.of(
        "feeds' days", (str(desk.data), first), lambda: _of_days(workspace, first, today)
    )
    found: dict[str, list[FeedDay]] = {}
    for one in (*before, *_of_days(workspace, today, today + timedelta(days=1))):
        found.setdefault(one.feed, []).append(one)
    return found


def _of_days(workspace: Workspace, first: date, end: date) -> tuple[FeedDay, ...]:
    found: list[FeedDay] = []
    for since, until in _spans(first, end):
        window = Window(since=midnight(since), until=midnight(until))
        days = workspace.store.counts.feed_days(window, _ahead(since))
        found.extend(days if _is_whole(since) else _as_one(days, since))
    return tuple(sorted(found, key=lambda one: (one.day, one.feed)))


def _spans(first: date, end: date) -> Iterator[tuple[date, date]]:
    """Days of London in runs for which its clocks stand still; the day on which they are changed is a run of its own."""
    since = first
    while since < end:
        until = since + timedelta(days=1)
        while until < end and _ahead(until) == _ahead(since) and _is_whole(since) and _is_whole(until):
            until += timedelta(days=1)
        yield since, until
        since = until


def _as_one(days: Sequence[FeedDay], day: date) -> Iterator[FeedDay]:
    """Of a day of 23 or 25 hours, which no shift of the clock makes one of UTC's."""
    for feed in dict.fromkeys(one.feed for one in days):
        of = [one for one in days if one.feed == feed]
        yield FeedDay(
            feed=feed,
            day=day,
            new=sum(one.new for one in of),
            failed=sum(one.failed for one in of),
            read=sum(one.read for one in of),
        )


def _ahead(day: date) -> timedelta:
    return datetime.combine(day, time(12), LONDON).utcoffset() or timedelta(0)


def _is_whole(day: date) -> bool:
    return midnight(day + timedelta(days=1)) - midnight(day) == timedelta(days=1)


def midnight(day: date) -> datetime:
    """At which a day of London's begins."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


# ── one of them ─────────────────────────────────────────────────────────────────────────────────────────────────


def one_feed(desk: OpenDesk, id: str) -> OneFeed | None:
    """The feed of this id; None where the list has none."""
    every = _every(desk)
    shown = next((one for one in every.feeds if one.id == id), None)
    if shown is None:
        return None
    with desk.reading() as workspace:
        return OneFeed(
            shown=shown,
            written=written_of(desk, shown.feed),
            first=every.first,
            latest=workspace.store.counts.headlines(shown.feed.url, LATEST),
            polls=workspace.store.counts.last_polls(shown.feed.url, LATEST),
        )


def feeds_file(desk: OpenDesk) -> Path:
    return file_of(desk.config_folder, FILE)


def written_of(desk: OpenDesk, feed: Feed) -> WrittenFeed:
    """A feed as the file says it; of a file that is broken now, as it was read last."""
    path = feeds_file(desk)
    if any(mistake.file == FILE for mistake in desk.mistakes()):
        return WrittenFeed(name=feed.name, url=feed.url, area=feed.area or "", reason=feed.paused or "")
    found = desk.counted.of("feeds.yaml", stamp(path), lambda: written_feeds(path))
    return next((one for one in found if one.url == feed.url), WrittenFeed(name=feed.name, url=feed.url))
