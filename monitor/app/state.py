"""status: how things stand, and what needs a person.

A person is needed where the machine cannot help itself: a feed that has failed or been silent for days, no feed read
for a day or none asked, nothing new for longer than the archive's own rhythm allows, polls that cannot be recorded, a
weekly draft that is overdue, never worked or was not delivered for a day, a clock that is wrong, no meeting to draft
for. Never for one bad hour: those mend themselves. A feed that moved is read at its new address, so it is told but
needs nobody.
"""

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from monitor import __version__
from monitor.app.clocks import agree_to_read, shown
from monitor.app.deliveries import is_mailed, undelivered
from monitor.app.feed_states import is_lasting
from monitor.app.held import held_long
from monitor.app.home import the_panel
from monitor.app.housekeeping import needs_of_keeping
from monitor.app.locks import OF_PANELS, Work
from monitor.app.needs import TRIED_LONG, UNREAD, is_of_all, of_another_id, of_polls, of_weekly
from monitor.app.queued import lines_of_queue, needs_of_queue, queue_state
from monitor.app.workspace import Workspace, workspace_to_read
from monitor.config.folder import misfits_in, read_config
from monitor.errors import ArchiveLost
from monitor.model import (
    FeedState,
    FeedTrouble,
    KeptEdition,
    Need,
    NeedKind,
    QueueState,
    ReadingHealth,
    Run,
    Window,
)
from monitor.pipeline.documents import unwritten
from monitor.pipeline.rhythms import feed_health
from monitor.reading.schedule.health import failure_of, left_of
from monitor.reading.schedule.polling import state_of
from monitor.reporting.delivery.state import waiting
from monitor.reporting.edition.cycle import NO_ARCHIVE, next_meeting, say_papers, went_out
from monitor.reporting.wording import day_in_london, say_count, say_day, say_meeting, say_moment
from monitor.settings import Feed, Panel
from monitor.store import sqlite_version
from monitor.store.clocks import CLOCK

UNREACHED = timedelta(days=1)  # how long polls may leave a feed for the next


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    version: str
    python: str
    sqlite: str
    server: str | None  # the archive's, with its version; None of a file
    health: ReadingHealth
    articles: int
    archive_bytes: int
    runs: tuple[Run, ...]
    edition: KeptEdition | None
    meeting: date | None  # the next whose papers have not gone out
    towards: str  # what a draft is for, where papers have gone out and their meeting is to come
    left: tuple[FeedTrouble, ...]  # feeds that the last poll left for the next
    waiting: tuple[str, ...]  # e-mails that are not with everybody yet and are tried again, a sentence each
    needs: tuple[Need, ...]  # what a person should do
    queue: QueueState | None = None  # what workers have in hand, where many share the archive
    lost: bool = False  # the archive cannot be used, so nothing else is known

    def record(self) -> dict[str, Any]:
        """For scripts: `needs` are sentences, `needs_by_id` the same with what does not change while they stand."""
        sentences = [need.sentence for need in self.needs]
        return {
            **asdict(self),
            "needs": sentences,
            "needs_by_id": [{"id": need.id, **asdict(need)} for need in self.needs],
        }

    def lines(self) -> Iterator[str]:
        if self.lost:
            yield from self.needs_lines()
            return
        yield from self.reading_lines()
        yield from self.runs_lines()
        yield from self.draft_lines()
        yield from self.versions_lines()
        yield from self.needs_lines()

    def reading_lines(self) -> Iterator[str]:
        health = self.health
        if health.last_read is None:
            yield _never_read(health)
        yield f"Feeds: {health.feeds} on, {len(health.failing)} failing, {len(health.silent)} silent, {len(health.paused)} paused."
        if health.last_read:
            yield f"Last read: {say_moment(health.last_read)}."
        for why, alike in groupby(sorted(self.left, key=attrgetter("what")), attrgetter("what")):
            yield f"{why[:1].upper()}{why[1:]}: {', '.join(dict.fromkeys(trouble.outlet for trouble in alike))}."
        yield f"Archive: {say_count(self.articles, 'article')}, {self.archive_bytes / 1e6:.1f} MB."
        yield from lines_of_queue(self.queue) if self.queue else ()

    def runs_lines(self) -> Iterator[str]:
        for run in self.runs:
            if run.job == CLOCK:
                yield f"{say_moment(run.ended)}: {run.summary}"
                continue
            outcome = "" if run.ok else " did not succeed"
            yield f"Last {run.job}{outcome}, {say_moment(run.started)}: {run.summary}"

    def draft_lines(self) -> Iterator[str]:
        if self.edition:
            yield (
                f"Last draft: number {self.edition.number}, {say_moment(self.edition.made)}, "
                f"{say_count(self.edition.items, 'story', 'stories')}."
            )
        yield from (f"Waiting: {message}" for message in self.waiting)
        if self.towards:
            yield f"Next draft: {self.towards}."
        else:
            yield f"Next meeting: {say_meeting(self.meeting)}."

    def versions_lines(self) -> Iterator[str]:
        health = self.health
        server = f", {self.server}" if self.server else ""
        yield f"Versions: monitor {self.version}, Python {self.python}, SQLite {self.sqlite}{server}."
        for moved in health.moved:
            yield f"Moved: {moved.outlet} ({moved.url}): {moved.what}."
        if health.paused:
            yield f"Paused: {', '.join(dict.fromkeys(trouble.outlet for trouble in health.paused))}."

    def needs_lines(self) -> Iterator[str]:
        yield from (f"Needs a person: {need.sentence}" for need in self.needs)
        well = "All is well." if self.health.last_read else "Nothing for a person yet."
        is_any = self.needs or self.lost
        yield f"{say_count(len(self.needs), 'thing')} for a person." if is_any else well


def _never_read(health: ReadingHealth) -> str:
    """What comes before all else: until a feed was read, no other figure says anything."""
    if health.last_poll is None:
        return "No feed was ever read, so there is nothing to draft from yet: `monitor poll` reads them."
    return (
        f"No feed was ever read: the last try, {say_moment(health.last_poll)}, was in vain. "
        "`monitor poll --all` tries again, and says what to look at."
    )


def status(config_folder: Path, data: Path, now: datetime) -> State:
    """Also where the archive is damaged or gone: then that is what needs a person."""
    try:
        return _status(config_folder, data, now)
    except ArchiveLost as lost:
        return _without_archive(read_config(the_panel(config_folder)).panel, lost, now)


def _without_archive(panel: Panel, lost: ArchiveLost, now: datetime) -> State:
    today = day_in_london(now)
    return State(
        version=__version__,
        python=platform.python_version(),
        sqlite=sqlite_version(),
        server=None,
        health=ReadingHealth(),
        articles=0,
        archive_bytes=0,
        runs=(),
        edition=None,
        meeting=next_meeting(panel.meetings, panel.papers_days, today, NO_ARCHIVE),
        towards=say_papers(panel.meetings, panel.papers_days, today, NO_ARCHIVE),
        left=(),
        waiting=(),
        needs=(Need(kind=NeedKind.ARCHIVE_UNREADABLE, sentence=str(lost)),),
        lost=True,
    )


def _status(config_folder: Path, data: Path, now: datetime) -> State:
    with workspace_to_read(config_folder, data) as workspace:
        return standing(workspace, now)


def standing(workspace: Workspace, now: datetime, keeping: Sequence[Need] | None = None) -> State:
    """How things stand for one panel. `keeping`: what is known already to be wrong with the archive as such."""
    panel, store = workspace.config.panel, workspace.store
    clock_need = agree_to_read(store, now)
    health = feed_health(store, workspace.config.feeds, Window(since=now - UNREAD, until=now), now)
    today = day_in_london(now)
    queue = queue_state(workspace.data)
    editions = store.editions.all()
    meeting = next_meeting(panel.meetings, panel.papers_days, today, editions)
    states = {state.url: state for state in store.feeds.states()}
    return State(
        version=__version__,
        python=platform.python_version(),
        sqlite=sqlite_version(),
        server=store.archive.server(),
        health=health,
        articles=store.articles.count(),
        archive_bytes=store.archive.size(),
        runs=shown(store.runs.last(), now),
        edition=next(reversed(editions), None),
        meeting=meeting,
        towards=say_papers(panel.meetings, panel.papers_days, today, editions),
        left=tuple(left_in(workspace.config.feeds, states)),
        waiting=tuple(waiting(store.editions.messages(), now)) if is_mailed(workspace) else (),
        needs=(
            *([clock_need] if clock_need else []),
            *_needs(workspace, health, states, meeting, now, keeping),
            *(needs_of_queue(queue, now) if queue else ()),
        ),
        queue=queue,
    )


def _needs(
    workspace: Workspace,
    health: ReadingHealth,
    states: Mapping[str, FeedState],
    meeting: date | None,
    now: datetime,
    keeping: Sequence[Need] | None,
) -> Iterator[Need]:
    yield from (of_all := tuple(of_polls(workspace, health, now)))
    asked = min(health.last_poll or now, now)  # while no feed is asked, none can be blamed for it
    tried_long = workspace.store.feeds.polled_before(now - TRIED_LONG)
    is_cut_off = health.read == 0 and len(health.failing) == health.feeds > 1  # then no feed is to blame
    for feed in workspace.config.feeds:
        state = state_of(feed, states)
        if (
            not is_cut_off
            and feed.paused is None
            and is_lasting(state, asked, is_tried_long=feed.url in tried_long)
        ):
            yield Need(
                kind=NeedKind.FEED_FAILING,
                subject=feed.url,
                sentence=f"{feed.name} ({feed.url}): {failure_of(state)}. Run `monitor feeds try {feed.url}`; mend its "
                "address in feeds.yaml, or pause it with a reason.",
                since=state.gone_since or state.last_success,
            )
    yield from _never_reached(workspace.config.feeds, states, asked)
    for trouble in () if is_of_all(of_all) else health.silent:
        yield Need(
            kind=NeedKind.FEED_SILENT,
            subject=trouble.url,
            sentence=f"{trouble.outlet} ({trouble.url}): {trouble.what}. See whether the outlet moved its feed.",
            since=states[trouble.url].last_new,
        )
    yield from of_weekly(workspace, now)
    for place, works in _locks_of(workspace):
        for sentence in held_long(place, works, now, workspace.config.network.poll_deadline):
            yield Need(kind=NeedKind.RUN_HANGS, sentence=sentence)
    yield from needs_of_keeping(workspace, now) if keeping is None else keeping
    for sentence in unwritten(workspace.store, now):
        yield Need(kind=NeedKind.DOCUMENTS_UNWRITTEN, sentence=sentence)
    for sentence in undelivered(workspace, now):
        yield Need(kind=NeedKind.MAIL, sentence=sentence)
    yield from of_another_id(workspace)
    if misfits := misfits_in(workspace.config_folder):
        yield Need(
            kind=NeedKind.CONFIG_MISFIT,
            sentence=f"{misfits[0].file} and the files beside it do not fit together in "
            f"{say_count(len(misfits), 'place')}, so verdicts may be wrong. Run `monitor check`, which names them.",
        )
    if meeting is None:
        unknown = _unknown_meeting(workspace.config.panel, day_in_london(now), workspace.store.editions.all())
        yield Need(kind=NeedKind.NO_MEETING, sentence=f"{unknown}. Add its date to `meetings` in panel.yaml.")


def _locks_of(workspace: Workspace) -> tuple[tuple[Path, Sequence[Work]], ...]:
    if workspace.home == workspace.data:
        return ((workspace.data, tuple(Work)),)
    shared = tuple(work for work in Work if work not in OF_PANELS)
    return ((workspace.data, shared), (workspace.home, sorted(OF_PANELS)))


def _never_reached(feeds: Sequence[Feed], states: Mapping[str, FeedState], asked: datetime) -> Iterator[Need]:
    """A poll begins with what the last one left; what is left for so long, no poll has the time for."""
    known = (state_of(feed, states) for feed in feeds if feed.paused is None)
    since = [state.left_since for state in known if state.left and state.left_since]
    long = [moment for moment in since if asked - moment > UNREACHED]
    if long:
        yield Need(
            kind=NeedKind.FEEDS_LEFT,
            sentence=f"{say_count(len(long), 'feed')} left by every poll since {say_moment(min(long))}: "
            "`monitor feeds list` says which and why. Raise `network.poll_deadline` or `network.workers` in feeds.yaml, "
            "or pause what does not answer.",
            since=min(long),
        )


def left_in(feeds: Sequence[Feed], states: Mapping[str, FeedState]) -> Iterator[FeedTrouble]:
    for feed in feeds:
        if feed.paused is None and (what := left_of(state_of(feed, states))):
            yield FeedTrouble(outlet=feed.name, url=feed.url, what=what)


def _unknown_meeting(panel: Panel, today: date, editions: Sequence[KeptEdition]) -> str:
    gone = went_out(panel.meetings, panel.papers_days, today, editions)
    return f"no meeting after {say_day(gone)} is known" if gone else "no coming meeting is known"
