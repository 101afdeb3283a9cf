"""feeds add, pause, resume, import, export: the feed list, changed without losing what the editor wrote in it."""

from collections.abc import Iterator
from pathlib import Path

from monitor.app.feed_trial import try_address
from monitor.app.installed import known
from monitor.app.network import fetcher
from monitor.app.runs import feeds_called
from monitor.app.workspace import utc_now
from monitor.config.feeds_edit import add_feeds, pause_feeds, resume_feeds
from monitor.config.feeds_file import FeedList, spelt
from monitor.config.panels import shared_of
from monitor.errors import InputError
from monitor.model import ParseFailed
from monitor.reading.feeds.opml import Outline, is_written, read_opml, write_opml
from monitor.reading.markup import one_line
from monitor.reading.urls import host, normalise
from monitor.reporting.wording import say_count
from monitor.settings import Config, Feed

FILE = "feeds.yaml"
ALREADY = "it stands in the list already"
MOST_BYTES = 5_000_000  # of a list that is imported; ten thousand feeds have two


def add(
    config_folder: Path, address: str, *, name: str | None, area: str | None, anyway: bool
) -> tuple[str, ...]:
    """Adds what an address gives, and says what that is. Raises InputError where it gives nothing."""
    config = known(config_folder).list
    _refuse_known(config, address)
    with fetcher(config.network) as fetch:
        tried = try_address(fetch, address, utc_now())
    if tried.best is None and not anyway:
        raise InputError("\n".join([*tried.lines(), "Add it all the same with --anyway."]))
    proposed = tried.best.proposal() if tried.best else Feed(name=host(address), url=address, verified=False)
    _refuse_known(config, proposed.url)
    feed = Feed(
        name=one_line(name or proposed.name),
        url=proposed.url,
        kind=proposed.kind,
        area=area,
        verified=proposed.verified,
    )
    add_feeds(shared_of(config_folder) / FILE, [feed])
    read = tried.best.in_words() if tried.best else f"not read yet ({tried.trouble})"
    return (f"Added: {feed.name} ({feed.url}), {read}.", f'Next: monitor poll "{feed.name}"')


def _refuse_known(config: FeedList, address: str) -> None:
    for feed in config.feeds:
        if spelt(feed.url) == spelt(address):
            paused = f" and is paused: {feed.paused}" if feed.paused else ""
            raise InputError(f"{address} stands in {FILE} already, as {feed.name}{paused}.")


def pause(config_folder: Path, name: str, reason: str) -> tuple[str, ...]:
    """Pauses the feeds of an outlet, or the one of an address."""
    reason = one_line(reason)
    if not reason:
        raise InputError('A pause wants a reason: --reason "why, and since when".')
    found = feeds_called(known(config_folder).list.feeds, name)
    pause_feeds(shared_of(config_folder) / FILE, [feed.url for feed in found], reason)
    return tuple(f"Paused: {feed.name} ({feed.url}): {reason}" for feed in found)


def resume(config_folder: Path, name: str) -> tuple[str, ...]:
    """Reads the paused feeds of an outlet again, or the one of an address."""
    found = [feed for feed in feeds_called(known(config_folder).list.feeds, name) if feed.paused]
    if not found:
        return (f"{name} is not paused; nothing was changed.",)
    resume_feeds(shared_of(config_folder) / FILE, [feed.url for feed in found])
    return tuple(f"Resumed: {feed.name} ({feed.url})" for feed in found)


def import_opml(config_folder: Path, file: Path) -> tuple[str, ...]:
    """Adds the feeds of an OPML file that are not in the list yet, all or none. The last line counts them."""
    config = known(config_folder).list
    try:
        if file.stat().st_size > MOST_BYTES:
            raise InputError(f"{file} is larger than {MOST_BYTES / 1e6:g} MB, which no list of feeds is.")
        outlines = read_opml(file.read_bytes())
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or error}.") from error
    if isinstance(outlines, ParseFailed):
        raise InputError(f"{file} is {outlines.reason}.")
    there = {key for feed in config.feeds for key in address_keys(feed.url)}
    paused = {key: feed for feed in config.feeds if feed.paused for key in address_keys(feed.url)}
    new, lines = [], []
    for outline in outlines:
        if trouble := trouble_of(outline, there):
            what = outline.url or outline.name or "an outline"
            lines.append(f"Left out: {what} (line {outline.line}): {trouble}")
            if trouble == ALREADY:
                lines[-1] += _resumed_by(address_keys(outline.url), paused)
            continue
        there |= address_keys(outline.url)
        new.append(
            Feed(name=outline.name or host(outline.url), url=outline.url, area=outline.group, verified=False)
        )
        lines.append(f"Added: {new[-1].name} ({outline.url})")
    if new:
        add_feeds(shared_of(config_folder) / FILE, new)
    return (*lines, f"{say_count(len(new), 'feed')} added, {len(lines) - len(new)} left out.")


def _resumed_by(keys: set[str], paused: dict[str, Feed]) -> str:
    """Who imports it wants it read, and would take it for read."""
    held = next((paused[key] for key in keys if key in paused), None)
    return f', paused ({held.paused}): `monitor feeds resume "{held.name}"` reads it again' if held else ""


def address_keys(url: str) -> set[str]:
    """What makes two addresses one: how they are spelt in the list, and which article's they would be."""
    return {spelt(url), normalise(url)}


def trouble_of(outline: Outline, known: set[str]) -> str | None:
    if outline.trouble:
        return outline.trouble
    if not host(outline.url) or "@" in outline.url.partition("//")[2].partition("/")[0]:
        return "not a web address, or one with a password"
    return ALREADY if address_keys(outline.url) & known else None


def export_opml(config: FeedList | Config) -> tuple[str, tuple[str, ...]]:
    """The list as OPML, and lines on what it leaves out."""
    feeds = config.feeds
    return write_opml(feeds).decode("utf-8"), tuple(_left_out(feeds))


def _left_out(feeds: tuple[Feed, ...]) -> Iterator[str]:
    paused = sum(feed.paused is not None for feed in feeds)
    unreadable = sum(feed.paused is None and not is_written(feed) for feed in feeds)
    if paused:
        yield f"Left out: {say_count(paused, 'paused feed')}."
    if unreadable:
        yield f"Left out: {say_count(unreadable, 'sitemap or listing', 'sitemaps and listings')}, which other readers cannot read."
