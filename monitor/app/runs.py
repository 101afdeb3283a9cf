"""poll, draft: of each kind one run is at work at a time (`locks.py`), and leaves a record of itself. `weekly.py`
has the weekly one."""

import difflib
import os
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from monitor import pipeline
from monitor.app.attempted import begun
from monitor.app.host_turns import fetcher_in_turn
from monitor.app.installed import Installed, installed_to_change
from monitor.app.locks import Work
from monitor.app.network import proxy_from
from monitor.app.turns_here import TurnsHere
from monitor.app.workspace import (
    Announce,
    Clock,
    Workspace,
    quietly,
    recorded,
    utc_now,
    workspace_to_change,
)
from monitor.errors import InputError
from monitor.model import FeedState, KeptEdition, PollOutcome, PollResult, Window
from monitor.pipeline import Drafted, Progress
from monitor.pipeline.documents import Finished, finish
from monitor.pipeline.together import Together
from monitor.reading.schedule import polling
from monitor.reading.schedule.outage import failure_lines, left_lines, outage
from monitor.reporting.documents.pdf import demand_pdf
from monitor.reporting.edition.basis import basis_lines, changed_lines
from monitor.reporting.edition.cycle import (
    next_meeting,
    window_end,
    window_start,
)
from monitor.reporting.wording import LONDON, say_count, say_day, say_moment
from monitor.settings import Feed, Panel
from monitor.store import Store

FORMATS = ("docx", "html", "md", "json")

# ── poll ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Polled:
    outcomes: tuple[PollOutcome, ...]
    failures: tuple[
        str, ...
    ]  # a line for each feed that failed or was left, or for each reason that many share
    outage: str | None  # in their place, where every feed failed alike: what to look at on our side
    counts: str  # the run's last line


def poll(
    config_folder: Path,
    data: Path,
    *,
    everything: bool,
    names: Sequence[str],
    progress: Progress,
    clock: Clock = utc_now,
    announce: Announce = quietly,
) -> Polled:
    """One pass over the feeds that are due, over every feed that is on, or over the named ones: of all panels at once;
    where one is named, of those that it wants."""
    with (
        begun(data, clock()) as mark,
        installed_to_change(config_folder, data, Work.POLL, clock) as installed,
    ):
        announce(installed.config)
        now, store, network = clock(), installed.store, installed.network
        feeds = _wanted_feeds(installed, installed.offered_to(config_folder), everything, names, now)
        others = () if names else [feed for feed in installed.feeds if feed.paused is None]
        with (
            recorded(store, "poll", clock, mark.settle) as note,
            fetcher_in_turn(network, data) as fetch,
        ):
            outcomes = pipeline.poll(store, fetch, network, feeds, now, progress, others=others, clock=clock)
            polled = _polled(installed, outcomes, everything=everything)
            note.summary = polled.counts
    return polled


def _wanted_feeds(
    installed: Installed, feeds: Sequence[Feed], everything: bool, names: Sequence[str], now: datetime
) -> tuple[Feed, ...]:
    on = tuple(feed for feed in feeds if feed.paused is None)
    if names:
        for name in names:
            if (found := _called(installed.feeds, name)) and not _called(feeds, name):
                raise InputError(
                    f"{found[0].name} is none of the feeds that this panel wants (`feeds:` in panel.yaml): poll it without --panel."
                )
        return tuple(dict.fromkeys(feed for name in names for feed in _named(feeds, name)))
    if everything:
        return on
    return polling.due(on, _states(installed.store), now)


def feeds_called(feeds: Sequence[Feed], name: str) -> list[Feed]:
    """The feeds of an outlet, or the one of an address. Raises InputError, with what may have been meant."""
    found = _called(feeds, name)
    if not found:
        near = difflib.get_close_matches(name, [feed.name for feed in feeds], n=1)
        hint = f"Did you mean “{near[0]}”?" if near else "`monitor feeds list` names them all."
        raise InputError(f"No feed is called “{name}”. {hint}")
    return found


def _called(feeds: Sequence[Feed], name: str) -> list[Feed]:
    return [feed for feed in feeds if name.casefold() in (feed.name.casefold(), feed.url.casefold())]


def _named(feeds: Sequence[Feed], name: str) -> list[Feed]:
    """Those of an outlet's feeds that are on. Raises InputError where none is."""
    found = feeds_called(feeds, name)
    on = [feed for feed in found if feed.paused is None]
    if not on:
        raise InputError(
            f"{found[0].name} is paused: {found[0].paused}. `monitor feeds resume` reads it again."
        )
    return on


def _polled(installed: Installed, outcomes: tuple[PollOutcome, ...], *, everything: bool) -> Polled:
    feeds, network = installed.feeds, installed.network
    states = _states(installed.store)
    cut_off = outage(outcomes, feeds, states, proxy_from(os.environ, network))
    outlets = {feed.url: feed.name for feed in feeds}
    lines = () if cut_off else (*failure_lines(outcomes, outlets), *left_lines(outcomes, outlets))
    return Polled(outcomes, lines, cut_off, _counts(outcomes, everything=everything))


def _counts(outcomes: Sequence[PollOutcome], *, everything: bool) -> str:
    if not outcomes and everything:
        return "Every feed that is asked for is paused; `monitor feeds list` says why."
    if not outcomes:
        return "No feed is due yet; `monitor poll --all` reads every feed."
    results = Counter(outcome.result for outcome in outcomes)
    polled = say_count(len(outcomes) - results[PollResult.LEFT], "feed")
    left = f", {results[PollResult.LEFT]} left for the next poll" if results[PollResult.LEFT] else ""
    new = say_count(sum(outcome.new for outcome in outcomes), "new article")
    old = sum(outcome.old for outcome in outcomes)
    dated = f", {old:,} of them old by their own day" if old else ""
    waiting = sum(outcome.waiting for outcome in outcomes)
    pages = f", the page of {waiting} to be asked for again" if waiting else ""
    return f"{polled} polled, {results[PollResult.FAILED]} failed{left}; {new}{dated}{pages}."


def _states(store: Store) -> dict[str, FeedState]:
    return {state.url: state for state in store.feeds.states()}


# ── draft ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftWanted:
    """What the caller said of a draft; None where the default holds."""

    since: date | None = None
    until: date | None = None  # the last day looked at
    meeting: date | None = None
    out: Path | None = None
    formats: tuple[str, ...] = FORMATS
    public: bool = False  # the version for publication, which is not kept
    recheck: bool = False  # read the pages that are quoted again, by way of the network


def draft(
    config_folder: Path, data: Path, wanted: DraftWanted, *, progress: Progress, clock: Clock = utc_now
) -> Drafted:
    """Drafts from what is stored. The draft is written whatever the feeds did; it says what it rests on."""
    if "pdf" in wanted.formats:
        demand_pdf()
    with (
        workspace_to_change(config_folder, data, Work.DRAFT, clock) as workspace,
        recorded(workspace.store, "draft", clock) as note,
    ):
        finished = finish(workspace.store, workspace.config)
        drafted = draft_in(workspace, wanted, workspace.store.archive.moment(clock), progress)
        note.summary = counts_line(drafted)
    return replace(drafted, before=finished)


def draft_in(
    workspace: Workspace,
    wanted: DraftWanted,
    now: datetime,
    progress: Progress,
    *,
    mailed: bool = False,
    weekly: datetime | None = None,
    among: Together | None = None,
    turns: TurnsHere | None = None,
) -> Drafted:
    panel, today = workspace.config.panel, now.astimezone(LONDON).date()
    folder = wanted.out or workspace.home / panel.folder
    meeting = _meeting(wanted, panel, today, workspace.store.editions.all())
    network = workspace.config.network
    with fetcher_in_turn(network, workspace.data, turns) if wanted.recheck else nullcontext() as fetch:
        return pipeline.draft(
            workspace.store,
            workspace.config,
            _window(workspace, wanted, meeting, now, today),
            meeting,
            folder,
            wanted.formats,
            now,
            progress,
            fetch,
            public=wanted.public,
            mailed=mailed,
            weekly=weekly,
            among=among,
        )


def _meeting(wanted: DraftWanted, panel: Panel, today: date, editions: Sequence[KeptEdition]) -> date | None:
    """The wanted one, or the next whose papers are to go out. Raises InputError for a day that is no meeting: a draft
    for a day mistyped would be taken for the first towards another report."""
    day = wanted.meeting
    if day is None:
        return next_meeting(panel.meetings, panel.papers_days, today, editions)
    if day not in panel.meetings:
        near = min(panel.meetings, key=lambda meeting: abs(meeting - day), default=None)
        nearest = f"the nearest is on {say_day(near)}" if near else "it names none"
        raise InputError(
            f"There is no meeting on {say_day(day)} in panel.yaml; {nearest}. "
            "Name a day that stands under `meetings` there, or add this one to them."
        )
    return day


def _window(
    workspace: Workspace, wanted: DraftWanted, meeting: date | None, now: datetime, today: date
) -> Window:
    """Days are whole days in London. A window never reaches past now: what comes later is for the next edition."""
    since = (
        _midnight(wanted.since)
        if wanted.since
        else window_start(workspace.store.editions.all(), workspace.config.panel.papers_days, today, meeting)
    )
    until = (
        min(_midnight(wanted.until + timedelta(days=1)), now) if wanted.until else window_end(meeting, now)
    )
    if since is not None and since >= until:
        raise InputError(
            f"The window is empty: it would begin {say_moment(since)} and end {say_moment(until)}."
        )
    return Window(since=since, until=until)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def counts_line(drafted: Drafted) -> str:
    """The last line of a run that drafted: its counts."""
    basis = drafted.edition.basis
    if not drafted.edition.number:
        quoted = sum(bool(item.excerpt) for item in drafted.edition.items)
        stories = say_count(len(drafted.edition.items), "story", "stories")
        return f"Public version: {stories}, {quoted} with an excerpt that may be published."
    report = f" ({len(drafted.edition.items)} of them in the report)" if basis.further else ""
    old = f"{basis.old} old, " if basis.old else ""
    return (
        f"Draft {drafted.edition.number}: {say_count(basis.included, 'story', 'stories')} in{report}, {basis.near} near, "
        f"{basis.out} out, {old}from {say_count(basis.articles, 'article')}."
    )


def draft_lines(drafted: Drafted) -> tuple[str, ...]:
    """What a person sees of a draft: what it rests on, where it is, the counts."""
    return (
        *drafted.before.still_missing,
        *finished_lines(drafted.before),
        *basis_lines(drafted.edition),
        *changed_lines(drafted.edition.basis),
        *drafted.left_out,
        *(f"Written: {path}" for path in drafted.documents),
        counts_line(drafted),
    )


def finished_lines(finished: Finished) -> tuple[str, ...]:
    """What was still to be written of earlier editions, and is there now."""
    return tuple(f"Written after a run that was stopped: {path}" for path in finished.documents)
