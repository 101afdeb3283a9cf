"""Overview: topics and councils by week, outlets by use, what the officer kept of what was offered, runs and deliveries.

Stories are counted in the search index, by what it has judged so far; nothing is judged for a page. The numbers are
kept until something was written.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.app.archives import index_written
from monitor.app.archives import written as archive_written
from monitor.app.desk.counted import of_config
from monitor.app.desk.feeds.listed import midnight
from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.search.index_asked import INSIDE, asked_index, index_file
from monitor.app.queued import queue_state
from monitor.app.workspace import Workspace
from monitor.model import (
    Counted,
    Dated,
    Facet,
    IndexState,
    JobCount,
    MessageCount,
    Narrowed,
    Only,
    QueueState,
    Window,
)
from monitor.pipeline.records import all_learned
from monitor.reporting.overview.kept import KeptOf, kept_of
from monitor.reporting.overview.period import Period, period_of
from monitor.reporting.overview.rows import Row, blind_weeks, rows
from monitor.reporting.wording import day_in_london
from monitor.store.search import SearchIndex, can_search

DAY = timedelta(days=1)
ALL = ""  # the value of what is counted whole


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletUse:
    outlet: str
    read: int
    inside: int
    reported: int  # articles of it that stand in a report drafted in the period


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """What was counted in the index."""

    state: IndexState
    read: Row
    inside: Row
    topics: tuple[Row, ...]
    councils: tuple[Row, ...]
    outlets: tuple[OutletUse, ...]
    is_of_before: bool = False  # it is counted anew, and nothing of that is there yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    period: Period
    has_meeting: bool  # whether a last meeting is known
    articles: int  # stored in all
    stories: Stories | None  # None: there is no index yet
    can_count: bool  # whether there will ever be one
    editions: tuple[KeptOf, ...]
    jobs: tuple[JobCount, ...]
    messages: tuple[MessageCount, ...]


def overview(desk: OpenDesk, name: str) -> Overview:
    """That of the period of this name. Raises ConfigError, StoreError."""
    config, today = desk.config(), day_in_london(desk.clock())
    period = period_of(name, today, config.panel.meetings)
    what = "overview", period.name, of_config(desk.config_folder), today
    written = archive_written(desk.data), index_written(index_file(desk))
    return desk.counted.of(what, written, lambda: _counted(desk, period))


def queue_now(desk: OpenDesk) -> QueueState | None:
    """What workers have in hand, where many share the archive: as it is now, and never remembered."""
    return queue_state(desk.data)


def _counted(desk: OpenDesk, period: Period) -> Overview:
    window = _window(period.first, period.last)
    with desk.reading() as workspace:
        counts, panel = workspace.store.counts, workspace.config.panel
        articles = workspace.store.articles.count()
        return Overview(
            period=period,
            has_meeting=any(meeting < period.last for meeting in panel.meetings),
            articles=articles,
            stories=_stories_or_before(desk, workspace, period, articles),
            can_count=can_search(),
            editions=kept_of(counts.editions(window), all_learned(workspace.store)),
            jobs=counts.jobs(window),
            messages=counts.messages(window),
        )


def _window(first: date, last: date) -> Window:
    return Window(since=midnight(first), until=midnight(last + DAY))


# ── stories ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _stories_or_before(desk: OpenDesk, workspace: Workspace, period: Period, articles: int) -> Stories | None:
    """While the index is made anew, or all is judged by other rules, those of before: somebody may want the sheet now."""
    counted = _stories(desk, workspace, period, articles)
    is_there = counted is not None and (counted.state.judged > 0 or not counted.state.stored)
    before = desk.counted.last(("stories", period), counted if is_there else None)
    if is_there or before is None:
        return counted
    return replace(before, is_of_before=True)


def _stories(desk: OpenDesk, workspace: Workspace, period: Period, articles: int) -> Stories | None:
    config = workspace.config
    index = asked_index(desk, config)
    if index is None:
        return None
    with index:
        state = index.state(articles)
        came = _weekly(index, None, period)
        blind = _blind(workspace, period, came)
        topics = {topic.id: topic.name for topic in config.rules.topics}
        councils = {council.id: council.name for council in config.gazetteer.councils}
        before = _narrowed(*period.before), _narrowed(*period.before, INSIDE)
        all_before = sum(index.counts(Facet.OUTLET, narrowed=before[0]).values())
        inside_before = index.counts(Facet.VERDICT, narrowed=before[1])
        return Stories(
            state=state,
            read=rows(period, {ALL: "Articles read"}, came, {ALL: all_before}, blind)[0],
            inside=rows(
                period,
                {ALL: "Articles in"},
                _weekly(index, None, period, INSIDE),
                {ALL: sum(inside_before.values())},
                blind,
            )[0],
            topics=rows(
                period,
                topics,
                _weekly(index, Facet.TOPIC, period, INSIDE),
                index.counts(Facet.TOPIC, narrowed=before[1]),
                blind,
            ),
            councils=rows(
                period,
                councils,
                _weekly(index, Facet.COUNCIL, period, INSIDE),
                index.counts(Facet.COUNCIL, narrowed=before[1]),
                blind,
            ),
            outlets=_outlets(index, workspace, period),
        )


def _weekly(index: SearchIndex, facet: Facet | None, period: Period, *only: Only) -> tuple[Counted, ...]:
    return index.weekly(facet, narrowed=_narrowed(period.first, period.last, *only))


def _narrowed(first: date, last: date, *only: Only) -> Narrowed:
    """By when they were received: that is when they were news to the panel's drafts."""
    return Narrowed(only=only, since=first, until=last, dated=Dated.RECEIVED)


def _blind(workspace: Workspace, period: Period, came: Sequence[Counted]) -> frozenset[date]:
    ends = [midnight(period.end_of(week) + DAY) for week in period.weeks[-1:]]
    moments = [*map(midnight, period.weeks), *ends]
    return blind_weeks(period, came, workspace.store.counts.days_with_polls(moments))


def _outlets(index: SearchIndex, workspace: Workspace, period: Period) -> tuple[OutletUse, ...]:
    read = index.counts(Facet.OUTLET, narrowed=_narrowed(period.first, period.last))
    inside = index.counts(Facet.OUTLET, narrowed=_narrowed(period.first, period.last, INSIDE))
    reported = workspace.store.counts.reported_of_outlets(_window(period.first, period.last))
    on = [feed.name for feed in workspace.config.feeds if feed.paused is None]
    names = dict.fromkeys([*on, *read, *reported])
    found = [
        OutletUse(
            outlet=name, read=read.get(name, 0), inside=inside.get(name, 0), reported=reported.get(name, 0)
        )
        for name in names
    ]
    return tuple(
        sorted(found, key=lambda one: (-one.reported, -one.inside, -one.read, one.outlet.casefold()))
    )
