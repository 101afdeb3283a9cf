"""The feed list changed by the desk: each change by `config/feeds_edit.py`, as the commands do it, and with a way back.

A form carries what the feed said when it was opened. Where the file says something else by then, nothing is changed,
and the three are shown beside one another. What is wrong with what was typed is told of its field.
"""

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.app.desk.feeds.feed_changes import FeedChange, FeedChanges
from monitor.app.desk.feeds.listed import FILE, feed_id, feeds_file
from monitor.app.desk.opened import OpenDesk
from monitor.app.feed_list import address_keys, trouble_of
from monitor.config.feeds_edit import (
    add_feeds,
    change_feed,
    pause_feeds,
    resume_feeds,
    take_back,
    written_feeds,
)
from monitor.config.feeds_file import spelt
from monitor.config.feeds_text import KEYS, WrittenFeed
from monitor.config.taking_back import Hunk
from monitor.errors import ConfigError, MonitorError
from monitor.model import ParseFailed
from monitor.reading.feeds.opml import read_opml
from monitor.reading.markup import one_line
from monitor.reading.urls import host
from monitor.reporting.wording import say_count

LONGEST = {"name": 200, "area": 100, "reason": 500, "url": 2_000}  # signs
MOST_OPML = 2_000_000  # bytes
MOST_OFFERED = 2_000  # feeds: a page that people look through, and a form has so many fields
LONGEST_NAME = 200  # characters that are shown
_LABELS = {
    "name": "The name",
    "url": "The address",
    "area": "The area",
    "publisher": "The publisher",
    "kind": "The kind",
    "every": "How often it is read",
    "article": "Where the text is from",
    "excerpt": "What may be printed",
    "public": "Whether it may be published",
    "verified": "Whether the address was seen to answer",
    "status": "Whether it is read",
    "reason": "The reason",
}

_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDone:
    says: str
    change: int | None  # by which it is taken back; None where nothing was changed
    id: str = ""  # of the feed that was changed; "" where it was not one


@dataclass(frozen=True, slots=True)
class FeedWrong:
    """Nothing was changed, and why: pairs of a field's name ("": none of them) and what is wrong."""

    errors: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedConflict:
    """Nothing was changed, for somebody else has changed the feed since the form was opened."""

    before: WrittenFeed
    theirs: WrittenFeed | None  # None: the list has it no more
    yours: WrittenFeed


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One feed of another reader's list."""

    name: str
    url: str
    area: str
    line: int
    trouble: str | None  # why it is not offered


FeedAnswer = FeedDone | FeedWrong | FeedConflict


OF_ALL = (
    "Feeds are read once for all panels, so no panel’s desk changes them. On the machine: `monitor feeds add`, `pause`, "
    "`resume`; which of them this panel wants stands in its panel.yaml, under `feeds`."
)


def add_feed(desk: OpenDesk, new: WrittenFeed) -> FeedDone | FeedWrong:
    new = tidied(new)
    if errors := (*_missing(new), *_too_long(new), *_known(desk, new)):
        return FeedWrong(errors)
    says = f"Added: {new.name}. The next poll reads it."
    return _changed(desk, says, [new.url], new, lambda: add_feeds(feeds_file(desk), [new]))


def edit_feed(desk: OpenDesk, before: WrittenFeed, new: WrittenFeed) -> FeedAnswer:
    """`before`: what the feed said when the form was opened."""
    new = tidied(new)
    found = _as_before(desk, before, new)
    if found is not None:
        return found
    if before == new:
        return FeedDone(says=f"{new.name} was left as it is.", change=None, id=feed_id(new.url))
    moved = _known(desk, new) if spelt(new.url) != spelt(before.url) else ()
    if errors := (*_missing(new), *_too_long(new), *moved):
        return FeedWrong(errors)
    says = f"Changed: {new.name}, {_what(before, new)}."
    path = feeds_file(desk)
    return _changed(desk, says, [before.url, new.url], new, lambda: change_feed(path, before.url, new))


def pause_feed(desk: OpenDesk, before: WrittenFeed, reason: str) -> FeedAnswer:
    """A feed that is paused already for another reason than `before` says is a conflict."""
    new = tidied(replace(before, status="paused", reason=reason))
    if not new.reason:
        return FeedWrong((("reason", "Say why it is paused, and since when: the next reader will ask."),))
    if errors := _too_long(new):
        return FeedWrong(errors)
    if found := _as_before(desk, before, new):
        return found
    path = feeds_file(desk)
    says = f"Paused: {new.name}: {new.reason}"
    return _changed(desk, says, [new.url], new, lambda: pause_feeds(path, [new.url], new.reason))


def resume_feed(desk: OpenDesk, before: WrittenFeed) -> FeedAnswer:
    new = replace(before, status="", reason="")
    if found := _as_before(desk, before, new):
        return found
    path = feeds_file(desk)
    says = f"Resumed: {new.name}. The next poll reads it."
    return _changed(desk, says, [new.url], new, lambda: resume_feeds(path, [new.url]))


def undo_feed_change(desk: OpenDesk, number: int) -> FeedDone | FeedWrong:
    """Takes a change of the desk's back, as long as its lines are as it left them."""
    changes = FeedChanges(desk.data)
    change = next((one for one in changes.kept() if one.number == number), None)
    if desk.shares:
        return FeedWrong((("", OF_ALL),))
    if change is None:
        return FeedWrong((("", "This change is taken back already, or too long ago."),))
    try:
        with _one_at_a_time:
            take_back(feeds_file(desk), change.hunks, change.urls)
            changes.forget(number)
    except MonitorError as error:
        return FeedWrong((("", _said(error)),))
    url = next((url for url in change.urls if any(feed.url == url for feed in desk.config().feeds)), None)
    return FeedDone(says=f"Taken back: {change.says}", change=None, id=feed_id(url) if url else "")


def feed_changes(desk: OpenDesk) -> tuple[FeedChange, ...]:
    """What the desk changed and can still take back, the last first."""
    return FeedChanges(desk.data).kept()


# ── another reader's list ───────────────────────────────────────────────────────────────────────────────────────


def offered(desk: OpenDesk, opml: bytes) -> tuple[Offered, ...] | str:
    """What an OPML file would add; or why it is none."""
    if len(opml) > MOST_OPML:
        return f"The list is larger than {MOST_OPML // 1_000_000} MB. Send it in parts, or use `monitor feeds import`."
    outlines = read_opml(opml)
    if isinstance(outlines, ParseFailed):
        return f"This is {outlines.reason}: it has no <opml> in it."
    if len(outlines) > MOST_OFFERED:
        return (
            f"The list has {len(outlines):,} feeds. Send it in parts of {MOST_OFFERED:,} at most, or use `monitor feeds "
            "import`."
        )
    known = {key for feed in desk.config().feeds for key in address_keys(feed.url)}
    found = []
    for outline in outlines:
        trouble = trouble_of(outline, known)
        if trouble is None:
            known |= address_keys(outline.url)
        name = outline.name or (host(outline.url) if outline.url else "an outline without a name")
        found.append(
            Offered(
                name=name[:LONGEST_NAME],
                url=outline.url,
                area=outline.group or "",
                line=outline.line,
                trouble=trouble,
            )
        )
    return tuple(found)


def add_offered(desk: OpenDesk, feeds: Sequence[WrittenFeed]) -> FeedDone | FeedWrong:
    """Adds those that were ticked, all or none; what stands in the list by now is left out, and said."""
    known = {key for feed in desk.config().feeds for key in address_keys(feed.url)}
    new, left = [], 0
    for feed in map(tidied, feeds):
        if address_keys(feed.url) & known:
            left += 1
            continue
        known |= address_keys(feed.url)
        new.append(replace(feed, verified="false"))
    if errors := tuple(error for feed in new for error in _too_long(feed)):
        return FeedWrong(errors[:1])
    if not new:
        why = "they stand in the list already" if left else "none was ticked"
        return FeedWrong((("", f"Nothing was added: {why}."),))
    more = f" {say_count(left, 'feed')} stood there already." if left else ""
    says = f"Added: {say_count(len(new), 'feed')}.{more}"
    urls = [feed.url for feed in new]
    return _changed(desk, says, urls, None, lambda: add_feeds(feeds_file(desk), new))


# ── what all have in common ─────────────────────────────────────────────────────────────────────────────────────


def tidied(feed: WrittenFeed) -> WrittenFeed:
    """Each key on one line, without what nobody sees."""
    return replace(feed, **{key: one_line(getattr(feed, key)) for key in KEYS})


def _changed(
    desk: OpenDesk,
    says: str,
    urls: Collection[str],
    new: WrittenFeed | None,
    change: Callable[[], tuple[Hunk, ...]],
) -> FeedDone | FeedWrong:
    if desk.shares:
        return FeedWrong((("", OF_ALL),))
    if any(mistake.file == FILE for mistake in desk.mistakes()):
        return FeedWrong(
            (("", f"{FILE} has mistakes, so it was left as it is. Mend those first: `monitor check`."),)
        )
    try:
        with _one_at_a_time:
            hunks = change()
            kept = FeedChanges(desk.data).keep(desk.clock(), says, tuple(dict.fromkeys(urls)), hunks)
    except ConfigError as error:
        return FeedWrong(tuple(dict.fromkeys(map(_of_field, error.mistakes))))
    except MonitorError as error:
        return FeedWrong((("", _said(error)),))
    return FeedDone(says=says, change=kept, id=feed_id(new.url) if new else "")


def _of_field(mistake: object) -> tuple[str, str]:
    key = getattr(mistake, "path", "").rpartition(".")[2]
    message = getattr(mistake, "message", str(mistake))
    return (key, f"{_LABELS[key]}: {message}.") if key in KEYS else ("", f"{mistake}.")


def _said(error: MonitorError) -> str:
    return str(error)


def _as_before(desk: OpenDesk, before: WrittenFeed, new: WrittenFeed) -> FeedAnswer | None:
    """What is to be said where the file does not say what the form began with; None where it does. What says already
    what is wanted was changed by the same form, sent twice."""
    try:
        now = next((one for one in written_feeds(feeds_file(desk)) if one.url == before.url), None)
    except MonitorError as error:
        return FeedWrong((("", f"{FILE} cannot be read, so nothing was changed: {error}"),))
    if now == new and now != before:
        return FeedDone(
            says=f"{new.name} says so already; nothing was changed.", change=None, id=feed_id(new.url)
        )
    return None if now == before else FeedConflict(before=before, theirs=now, yours=new)


def _known(desk: OpenDesk, new: WrittenFeed) -> tuple[tuple[str, str], ...]:
    for feed in desk.config().feeds:
        if spelt(feed.url) == spelt(new.url):
            paused = f" and is paused: {feed.paused}" if feed.paused else ""
            return (("url", f"This address stands in the list already, as {feed.name}{paused}."),)
    return ()


def _missing(feed: WrittenFeed) -> Iterator[tuple[str, str]]:
    if not feed.name:
        yield "name", "Write the outlet’s name, as the report is to print it."
    if not feed.url:
        yield "url", "Write the feed’s address, with https:// in front."


def _too_long(feed: WrittenFeed) -> tuple[tuple[str, str], ...]:
    return tuple(
        (key, f"{_LABELS[key]} is too long: {most:,} signs at most.")
        for key, most in LONGEST.items()
        if len(getattr(feed, key)) > most
    )


def _what(before: WrittenFeed, new: WrittenFeed) -> str:
    said = []
    for key in KEYS:
        was, now = getattr(before, key), getattr(new, key)
        if was != now:
            said.append(f"{key} {f'“{now}”' if now else 'as in the defaults'}")
    return ", ".join(said)
