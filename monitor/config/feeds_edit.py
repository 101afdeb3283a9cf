"""feeds.yaml changed for the editor, who goes on writing in it by hand.

1. Only the lines that must change are changed (`feeds_text.py`).
2. The new text is written beside the file, read and judged as any feeds.yaml is, and must say of every other feed what
   the old one said. Only then does it take the file's place, at once; else the file stays as it was.
3. A file that somebody changed meanwhile is not overwritten.
4. It stays its owner's: `replacing.py`. Names and reasons that come from elsewhere are written without what nobody
   sees.
5. What was changed can be taken back to the byte, as long as those lines are as they were left (`taking_back.py`).
"""

import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from monitor.config.feeds_file import FeedList, read_feeds
from monitor.config.feeds_text import (
    ON_ONE_LINE,
    WrittenFeed,
    added,
    changed,
    paused,
    read_written,
    resumed,
    written,
)
from monitor.config.replacing import Beside, take_place
from monitor.config.signs import tidy_name
from monitor.config.taking_back import Hunk, hunks, taken_back
from monitor.errors import ConfigError, InputError, OutputError
from monitor.settings import Feed

MARK = "\ufeff"

_Holds = Callable[
    [FeedList, str], bool
]  # whether the new list, and its text, say of the changed feeds what they should


def add_feeds(path: Path, feeds: Sequence[Feed | WrittenFeed]) -> tuple[Hunk, ...]:
    """Adds feeds to the file. Raises ConfigError, InputError, OutputError, and then nothing is changed. Returns by what
    the change is taken back."""
    new = [_tidy(written(feed) if isinstance(feed, Feed) else feed) for feed in feeds]

    def holds(_after: FeedList, text: str) -> bool:
        said = {one.url: one for one in read_written(text)}
        return all(said.get(one.url) == one for one in new)

    return _rewrite(path, lambda text: added(text, new), [feed.url for feed in new], holds)


def pause_feeds(path: Path, urls: Collection[str], reason: str) -> tuple[Hunk, ...]:
    """Gives the feeds of these addresses a pause and its reason. Raises as `add_feeds`."""
    reason = tidy_name(reason)
    return _rewrite(path, lambda text: paused(text, urls, reason), urls, _all_say(urls, reason))


def resume_feeds(path: Path, urls: Collection[str]) -> tuple[Hunk, ...]:
    """Takes pause and reason off the feeds of these addresses. Raises as `add_feeds`."""
    return _rewrite(path, lambda text: resumed(text, urls), urls, _all_say(urls, None))


def change_feed(path: Path, url: str, new: WrittenFeed) -> tuple[Hunk, ...]:
    """Has the feed of this address say what `new` says, its address too. Raises as `add_feeds`."""
    new = _tidy(new)

    def holds(_after: FeedList, text: str) -> bool:
        return new in read_written(text)

    return _rewrite(path, lambda text: changed(text, url, new), {url, new.url}, holds)


def take_back(path: Path, change: Sequence[Hunk], urls: Collection[str]) -> None:
    """Has the lines of a change be what they were before it. Raises as `add_feeds`, and InputError where they are not
    what the change left."""

    def back(text: str) -> str:
        before = taken_back(text, change)
        if before is None:
            raise InputError(
                f"{path.name} was changed in the same lines since, so this cannot be taken back."
            )
        return before

    _rewrite(path, back, urls, lambda _after, _text: True)


def written_feeds(path: Path) -> tuple[WrittenFeed, ...]:
    """Every feed as the file says it now. Raises ConfigError, OutputError."""
    _judged(path, path.name)
    return read_written(_read(path).decode("utf-8-sig"))


def _tidy(feed: WrittenFeed) -> WrittenFeed:
    return replace(feed, name=tidy_name(feed.name), area=tidy_name(feed.area), reason=tidy_name(feed.reason))


def _all_say(urls: Collection[str], reason: str | None) -> _Holds:
    def holds(after: FeedList, _text: str) -> bool:
        found = {feed.url: feed.paused for feed in after.feeds if feed.url in urls}
        return found == dict.fromkeys(urls, reason)

    return holds


def _rewrite(
    path: Path, change: Callable[[str], str], touched: Collection[str], holds: _Holds
) -> tuple[Hunk, ...]:
    """`touched`: the addresses of the feeds that change."""
    path = Path(os.path.realpath(path))  # a link stays one
    before = _judged(path, path.name)
    try:
        body = _read(path)
        text = body.decode("utf-8-sig")
        mark = MARK.encode() if body.startswith(MARK.encode()) else b""
        with Beside(path) as new:
            after = change(text)
            new.write_bytes(mark + after.encode("utf-8"))
            _compare(before, _judged(new, path.name), after, touched, holds)
            if path.read_bytes() != body:
                raise InputError(f"{path.name} was changed meanwhile, so it was left as it is. Try again.")
            take_place(new, path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}.") from error
    return hunks(text, after)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {error.strerror or error}.") from error


def _judged(path: Path, name: str) -> FeedList:
    """Raises ConfigError, with mistakes under the file's own name."""
    found = read_feeds(path)
    if isinstance(found, tuple):
        raise ConfigError([replace(mistake, file=name) for mistake in found])
    return found.value


def _compare(before: FeedList, after: FeedList, text: str, touched: Collection[str], holds: _Holds) -> None:
    """Raises InputError where anything else has changed, or the change itself is not there."""
    old = {feed.url: feed for feed in before.feeds if feed.url not in touched}
    new = {feed.url: feed for feed in after.feeds if feed.url not in touched}
    same = (old, before.network, before.publishers) == (new, after.network, after.publishers)
    if not same or not holds(after, text):
        raise InputError(ON_ONE_LINE)
