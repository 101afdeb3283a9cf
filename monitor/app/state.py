"""status and feeds list: how things stand, and what needs a person.

A person is needed where the machine cannot help itself: a feed that has failed or been silent for days, no feed read
for a day, a weekly draft that is overdue or was not delivered for a day, no meeting to draft for. Never for one bad
hour: those mend themselves. A server that says a feed is gone for good (410) is believed after a day. A feed that moved
is read at its new address, so it is told but needs nobody.
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
from monitor.app.deliveries import is_mailed, undelivered
from monitor.app.workspace import ARCHIVE, Workspace, workspace_to_read
from monitor.config.folder import misfits_in
from monitor.model import FeedState, FeedTrouble, KeptEdition, ReadingHealth, Run, Window
from monitor.pipeline.documents import unwritten
from monitor.pipeline.draft import RHYTHM, feed_health
from monitor.reading.schedule.health import failure_of, gaps, left_of, move_of, rhythm_of, silence_of
from monitor.reading.schedule.polling import state_of
from monitor.reporting.delivery.state import waiting
from monitor.reporting.edition.cycle import last_weekly, next_meeting, say_papers, weekly_moment, went_out
from monitor.reporting.wording import LONDON, day_in_london, say_count, say_day, say_meeting, say_moment
from monitor.settings import Feed, FeedKind, Panel
from monitor.store import sqlite_version

PATIENCE = timedelta(
    days=3
)  # how long a feed may fail, or a machine sleep over a weekend, before a person is asked
GONE = timedelta(days=1)  # how long a server may call a feed gone before it is believed
UNREACHED = timedelta(days=1)  # how long polls may leave a feed for the next
UNREAD = timedelta(days=1)  # how long no feed at all may have been read
TRIED_OFTEN = 3.0  # weight of failures after which a feed that never answered needs a person ...
TRIED_LONG = timedelta(hours=6)  # ... and how long it must have been tried, however often that was


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    version: str
    python: str
    sqlite: str
    health: ReadingHealth
    articles: int
    archive_bytes: int
    runs: tuple[Run, ...]
    edition: KeptEdition | None
    meeting: date | None  # the next whose papers have not gone out
    towards: str  # what a draft is for, where papers have gone out and their meeting is to come
    left: tuple[FeedTrouble, ...]  # feeds that the last poll left for the next
    waiting: tuple[str, ...]  # e-mails that are not with everybody yet and are tried again, a sentence each
    needs: tuple[str, ...]  # what a person should do, a sentence each

    def record(self) -> dict[str, Any]:
        return asdict(self)

    def lines(self) -> Iterator[str]:
        health = self.health
        if health.last_read is None:
            yield _never_read(health)
        yield f"Feeds: {health.feeds} on, {len(health.failing)} failing, {len(health.silent)} silent, {len(health.paused)} paused."
        if health.last_read:
            yield f"Last read: {say_moment(health.last_read)}."
        for why, alike in groupby(sorted(self.left, key=attrgetter("what")), attrgetter("what")):
            yield f"{why[:1].upper()}{why[1:]}: {', '.join(dict.fromkeys(trouble.outlet for trouble in alike))}."
        yield f"Archive: {say_count(self.articles, 'article')}, {self.archive_bytes / 1e6:.1f} MB."
        for run in self.runs:
            outcome = "" if run.ok else " did not succeed"
            yield f"Last {run.job}{outcome}, {say_moment(run.started)}: {run.summary}"
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
        yield f"Versions: monitor {self.version}, Python {self.python}, SQLite {self.sqlite}."
        for moved in health.moved:
            yield f"Moved: {moved.outlet} ({moved.url}): {moved.what}."
        if health.paused:
            yield f"Paused: {', '.join(dict.fromkeys(trouble.outlet for trouble in health.paused))}."
        yield from (f"Needs a person: {need}" for need in self.needs)
        well = "All is well." if health.last_read else "Nothing for a person yet."
        yield f"{say_count(len(self.needs), 'thing')} for a person." if self.needs else well


def _never_read(health: ReadingHealth) -> str:
    """What comes before all else: until a feed was read, no other figure says anything."""
    if health.last_poll is None:
        return "No feed was ever read, so there is nothing to draft from yet: `monitor poll` reads them."
    return (
        f"No feed was ever read: the last try, {say_moment(health.last_poll)}, was in vain. "
        "`monitor poll --all` tries again, and says what to look at."
    )


def status(config_folder: Path, data: Path, now: datetime) -> State:
    with workspace_to_read(config_folder, data) as workspace:
        panel, store = workspace.config.panel, workspace.store
        health = feed_health(store, workspace.config.feeds, Window(since=now - UNREAD, until=now), now)
        today = day_in_london(now)
        meeting = next_meeting(panel.meetings, panel.papers_days, today)
        states = {state.url: state for state in store.feeds.states()}
        return State(
            version=__version__,
            python=platform.python_version(),
            sqlite=sqlite_version(),
            health=health,
            articles=store.articles.count(),
            archive_bytes=archive.stat().st_size if (archive := data / ARCHIVE).exists() else 0,
            runs=store.runs.last(),
            edition=next(reversed(store.editions.all()), None),
            meeting=meeting,
            towards=say_papers(panel.meetings, panel.papers_days, today),
            left=tuple(_left(workspace.config.feeds, states)),
            waiting=tuple(waiting(store.editions.messages(), now)) if is_mailed(workspace) else (),
            needs=tuple(_needs(workspace, health, states, meeting, now)),
        )


def _needs(
    workspace: Workspace,
    health: ReadingHealth,
    states: Mapping[str, FeedState],
    meeting: date | None,
    now: datetime,
) -> Iterator[str]:
    if health.last_poll is None:
        yield "no feed was ever read. Run `monitor poll`, and see jobs/ for doing it on a timetable."
    tried_long = workspace.store.feeds.polled_before(now - TRIED_LONG)
    if health.last_poll is not None and health.read == 0 and tried_long:
        yield (
            f"no feed was read since {say_moment(now - UNREAD)}. See whether the jobs run and the network is there; "
            "`monitor poll --all` says what to look at."
        )
    is_cut_off = health.read == 0 and len(health.failing) == health.feeds > 1  # then no feed is to blame
    for feed in workspace.config.feeds:
        if (
            not is_cut_off
            and feed.paused is None
            and _is_lasting(state_of(feed, states), now, is_tried_long=feed.url in tried_long)
        ):
            yield (
                f"{feed.name} ({feed.url}): {failure_of(state_of(feed, states))}. "
                f"Run `monitor feeds try {feed.url}`; mend its address in feeds.yaml, or pause it with a reason."
            )
    yield from _never_reached(workspace.config.feeds, states, now)
    for trouble in health.silent:
        yield f"{trouble.outlet} ({trouble.url}): {trouble.what}. See whether the outlet moved its feed."
    last = last_weekly(workspace.store.editions.all(), now)
    if last and last.weekly and last.weekly < weekly_moment(workspace.config.panel.weekly, now - UNREAD):
        yield f"the weekly draft is overdue; the last was made {say_moment(last.made)}. Run `monitor weekly`."
    yield from unwritten(workspace.store, now)
    yield from undelivered(workspace, now)
    if misfits := misfits_in(workspace.config_folder):
        yield (
            f"{misfits[0].file} and the files beside it do not fit together in {say_count(len(misfits), 'place')}, so "
            "verdicts may be wrong. Run `monitor check`, which names them."
        )
    if meeting is None:
        yield f"{_unknown_meeting(workspace.config.panel, day_in_london(now))}. Add its date to `meetings` in panel.yaml."


def _never_reached(feeds: Sequence[Feed], states: Mapping[str, FeedState], now: datetime) -> Iterator[str]:
    """A poll begins with what the last one left; what is left for so long, no poll has the time for."""
    known = (state_of(feed, states) for feed in feeds if feed.paused is None)
    since = [state.left_since for state in known if state.left and state.left_since]
    long = [moment for moment in since if now - moment > UNREACHED]
    if long:
        yield (
            f"{say_count(len(long), 'feed')} left by every poll since {say_moment(min(long))}: `monitor feeds list` says "
            "which and why. Raise `network.poll_deadline` or `network.workers` in feeds.yaml, or pause what does not answer."
        )


def _left(feeds: Sequence[Feed], states: Mapping[str, FeedState]) -> Iterator[FeedTrouble]:
    for feed in feeds:
        if feed.paused is None and (what := left_of(state_of(feed, states))):
            yield FeedTrouble(outlet=feed.name, url=feed.url, what=what)


def _unknown_meeting(panel: Panel, today: date) -> str:
    gone = went_out(panel.meetings, panel.papers_days, today)
    return f"no meeting after {say_day(gone)} is known" if gone else "no coming meeting is known"


def _is_lasting(state: FeedState, now: datetime, *, is_tried_long: bool = True) -> bool:
    if state.last_failure is None:
        return False
    if state.gone_since is not None:
        return now - state.gone_since >= GONE
    if state.last_success is None:
        return state.failures >= TRIED_OFTEN and is_tried_long
    return now - state.last_success > PATIENCE


# ── feeds list ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFeed:
    name: str
    url: str
    kind: FeedKind
    area: str | None
    verified: bool
    state: str  # in words
    last_success: datetime | None
    last_new: datetime | None  # the date of its newest entry
    rhythm: str | None  # in words, where enough entries are known
    next_poll: datetime | None
    moved_to: str | None
    advice: str | None  # what a person could do; None where there is nothing to do
    left_out: str | None  # what a limit of ours leaves unread; None where nothing is

    def lines(self) -> Iterator[str]:
        unverified = "" if self.verified else " (address not verified)"
        yield f"{self.name}: {self.state}{unverified}"
        yield f"    {self.url}"
        if self.left_out:
            yield f"    Not all of it is read: {self.left_out}."
        if self.advice:
            yield f"    {self.advice}"


def list_feeds(config_folder: Path, data: Path, now: datetime) -> tuple[ListedFeed, ...]:
    """Every feed as configured, in that order, with how it stands."""
    with workspace_to_read(config_folder, data) as workspace:
        states = {state.url: state for state in workspace.store.feeds.states()}
        usual = gaps(workspace.store.articles.sightings(Window(since=now - RHYTHM, until=now)))
        return tuple(
            _listed(feed, state_of(feed, states), usual.get(feed.url), now) for feed in workspace.config.feeds
        )


def _listed(feed: Feed, state: FeedState, gap: timedelta | None, now: datetime) -> ListedFeed:
    rhythm = rhythm_of(gap)
    return ListedFeed(
        name=feed.name,
        url=feed.url,
        kind=feed.kind,
        area=feed.area,
        verified=feed.verified,
        state=_in_words(feed, state, rhythm),
        last_success=state.last_success,
        last_new=state.last_new,
        rhythm=rhythm,
        next_poll=None if feed.paused else state.next_poll,
        moved_to=state.moved_to,
        advice=None if feed.paused else _advice(feed, state, gap, now),
        left_out=None if feed.paused else state.left_out,
    )


def _in_words(feed: Feed, state: FeedState, rhythm: str | None) -> str:
    if feed.paused is not None:
        return f"paused: {feed.paused}"
    left = f"; {what}" if (what := left_of(state)) else ""
    if failure := failure_of(state):
        return f"failing: {failure}{left}"
    if state.last_success is None:
        return f"not read yet{left}"
    newest = f", newest entry {say_day(state.last_new.astimezone(LONDON).date())}" if state.last_new else ""
    return f"read {say_moment(state.last_success)}{newest}{f', {rhythm}' if rhythm else ''}{left}"


def _advice(feed: Feed, state: FeedState, gap: timedelta | None, now: datetime) -> str | None:
    if _is_lasting(state, now):
        return f"`monitor feeds try {feed.url}` says what can be read; else pause it with a reason."
    if state.last_failure is not None and state.next_poll is not None:
        return f"Nothing to do yet: it is asked again from {say_moment(state.next_poll)}."
    if what := silence_of(state, gap, now):
        return f"Silent: {what}. See whether the outlet moved its feed."
    if what := move_of(state):
        return f"Moved: {what}."
    if state.last_success is not None and not feed.verified:
        return "It has answered: delete its `verified: false` in feeds.yaml."
    return None
