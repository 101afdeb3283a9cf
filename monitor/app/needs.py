"""What a person should do about polls and the weekly draft as such: one need for one trouble, however many feeds it
is of.

While no poll runs, no feed can be blamed: what was failing or silent is judged by when feeds were last asked.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.app.attempted import unrecorded_since
from monitor.app.weekly import WEEKLY
from monitor.app.workspace import Workspace
from monitor.model import Need, NeedKind, ReadingHealth
from monitor.reading.schedule.rhythm import LOOKED_AT, Lull, lull
from monitor.reporting.edition.cycle import last_weekly, weekly_moment
from monitor.reporting.wording import say_count, say_moment
from monitor.store import Store
from monitor.store.owner import NOBODY

UNREAD = timedelta(days=1)  # how long no feed at all may have been read, or asked
UNRECORDED = timedelta(hours=2)  # how long polls may begin without a record: the longest takes half an hour
OVERDUE = timedelta(hours=6)  # how late a weekly draft may be, which is tried every hour
TRIED_LONG = timedelta(
    hours=6
)  # how long a feed must have been tried before it is told, however often that was


def of_polls(workspace: Workspace, health: ReadingHealth, now: datetime) -> Iterator[Need]:
    """At most one: each of these is the reason for those after it."""
    if health.last_poll is None:
        yield Need(
            kind=NeedKind.NEVER_POLLED,
            sentence="no feed was ever read. Run `monitor poll`, and see jobs/ for doing it on a timetable.",
        )
    elif since := _unrecorded(workspace, now):
        yield Need(
            kind=NeedKind.POLL_UNRECORDED,
            sentence=f"polls begin and cannot be recorded since {say_moment(since)}. See whether the disk is full or "
            f"{workspace.data} cannot be written; `monitor poll` says what fails.",
            since=since,
        )
    elif health.feeds and now - health.last_poll > UNREAD:
        yield Need(
            kind=NeedKind.POLLER_STOPPED,
            sentence=f"no feed was read since {say_moment(health.last_read or health.last_poll)}, and none was asked "
            f"since {say_moment(health.last_poll)}. See whether the jobs run: `monitor poll` does once what they do.",
            since=health.last_poll,
        )
    elif health.read == 0 and workspace.store.feeds.polled_before(now - TRIED_LONG):
        yield Need(
            kind=NeedKind.NOTHING_READ,
            sentence=f"no feed was read since {say_moment(now - UNREAD)}. See whether the jobs run and the network is "
            "there; `monitor poll --all` says what to look at.",
            since=health.last_read,
        )
    elif found := _lull(workspace, health):
        yield Need(kind=NeedKind.NOTHING_NEW, sentence=_nothing_new(found, health), since=found.since)


def is_of_all(needs: Sequence[Need]) -> bool:
    """Whether the silence of single feeds is explained by one of these."""
    return any(need.kind is NeedKind.NOTHING_NEW for need in needs)


def _unrecorded(workspace: Workspace, now: datetime) -> datetime | None:
    since = unrecorded_since(workspace.data, now)
    if since is None or now - since <= UNRECORDED:
        return None
    recorded = workspace.store.runs.last_end("poll")
    return since if recorded is None or recorded < since else None


def _lull(workspace: Workspace, health: ReadingHealth) -> Lull | None:
    if health.last_read is None:
        return None
    return lull(workspace.store.articles.new_ones(LOOKED_AT), health.last_read)


def _nothing_new(found: Lull, health: ReadingHealth) -> str:
    by = (
        f"the last {found.weeks} weeks, about this hour of the week," if found.weeks else "the archive so far"
    )
    until = f"until {say_moment(health.last_read)}" if health.last_read else "since"
    return (
        f"there is no new article since {say_moment(found.since)}, though feeds answered {until}; by {by} "
        f"{_say_span(found.usual)} without one are usual at most. Run `monitor poll --all`, and compare what "
        "`monitor feeds try ADDRESS` says of a feed with the outlet's own page."
    )


def _say_span(span: timedelta) -> str:
    hours = span / timedelta(hours=1)
    if hours < 2:
        return say_count(max(round(hours * 60), 1), "minute")
    return say_count(round(hours), "hour") if hours < 48 else say_count(round(hours / 24), "day")


def of_weekly(workspace: Workspace, now: datetime) -> Iterator[Need]:
    """A weekly draft that is overdue, or never once worked."""
    runs, weekly = workspace.store.runs, workspace.config.panel.weekly
    last, wanted = last_weekly(workspace.store.editions.all(), now), weekly_moment(weekly, now - OVERDUE)
    if last is not None:
        if last.weekly and last.weekly < wanted:
            yield Need(
                kind=NeedKind.WEEKLY_OVERDUE,
                sentence=f"the weekly draft is overdue; the last was made {say_moment(last.made)}. Run `monitor weekly`.",
                since=weekly_moment(weekly, now),
            )
        return
    tried = runs.first(WEEKLY)
    if tried is not None and now - tried > OVERDUE:
        yield Need(
            kind=NeedKind.WEEKLY_NEVER,
            sentence=f"the weekly draft never once worked; it is tried since {say_moment(tried)}. Run `monitor weekly`, "
            "which says what fails.",
            since=tried,
        )
    elif tried is None and _is_left_out(workspace, wanted, now):
        yield Need(
            kind=NeedKind.WEEKLY_NEVER,
            sentence=f"no draft was ever made, and the weekly one was due {say_moment(wanted)}. Run `monitor weekly`, and "
            "see jobs/ for doing it on a timetable.",
            since=wanted,
        )


def _is_left_out(workspace: Workspace, wanted: datetime, now: datetime) -> bool:
    """Whether feeds were read before the time of a weekly draft, and none was made, not even by hand."""
    began = workspace.store.articles.beginning()
    return began is not None and began < wanted and not workspace.store.editions.all()


def of_others(store: Store, known: Collection[str]) -> Iterator[Need]:
    """Drafts in the archive that are no panel's of this configuration: of before there were several, or of one that was
    called otherwise. Those that nobody can be given any more are left, as `archive give` says."""
    for key in store.panels.all():
        if key not in known and any(store.panels.may_be_given(key, one) for one in known):
            yield from _to_be_given(store, key, "NAME", "a panel’s")


def of_another_id(workspace: Workspace) -> Iterator[Need]:
    """Of the only panel, while all of another id's drafts come before its own, as with one that was renamed. Of two that
    share a data folder each goes on."""
    if not workspace.config.is_alone:
        return
    store, own = workspace.store, workspace.config.panel.area.id
    first = next((one.number for one in store.editions.all()), None)
    for key in store.panels.all():
        theirs = store.of(key).editions.all()
        if key not in (own, NOBODY) and theirs and (first is None or theirs[-1].number < first):
            yield from _to_be_given(store, key, own, "its own")


def _to_be_given(store: Store, key: str, name: str, becomes: str) -> Iterator[Need]:
    if not (drafts := store.panels.editions(key)):
        return
    whose = f"of {key}, which is not configured" if key else "of before there were several panels"
    old = f" --from {key}" if key else ""
    yield Need(
        kind=NeedKind.CONFIG_MISFIT,
        subject=key or "nobody",
        sentence=f"the archive holds {say_count(drafts, 'draft')} {whose}: `monitor archive give {name}{old}` makes them "
        f"{becomes}.",
    )


# Of one panel; the others are of the feeds and the archive, which all share.
_OF_A_PANEL = frozenset(
    {
        NeedKind.WEEKLY_OVERDUE,
        NeedKind.WEEKLY_NEVER,
        NeedKind.DOCUMENTS_UNWRITTEN,
        NeedKind.MAIL,
        NeedKind.CONFIG_MISFIT,
        NeedKind.CONFIG_UNREADABLE,
        NeedKind.NO_MEETING,
        NeedKind.RUN_HANGS,
    }
)


def told_by_panels(found: Sequence[tuple[str, Sequence[Need]]]) -> tuple[Need, ...]:
    """What needs a person for any of several panels, each with its name: what is of one says of which, what all share is
    said once."""
    if [name for name, _ in found] == [""]:
        return tuple(found[0][1])
    told: dict[tuple[str, str, str], Need] = {}
    for name, needs in found:
        for need in needs:
            if need.kind in _OF_A_PANEL:
                subject = f"{name} {need.subject}".strip()
                need = replace(need, subject=subject, sentence=f"{name}: {need.sentence}")
            told.setdefault((need.kind, need.subject, "" if need.subject else need.sentence), need)
    return tuple(told.values())
