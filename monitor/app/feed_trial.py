"""feeds try: what an address gives, and what of it could be read, best first.

1. The address is asked for as a feed is. A feed or a sitemap speaks for itself.
2. A page is asked for the feeds it links, then whether it is a list of articles itself, then for the sitemaps that the
   site's robots.txt names (else `/sitemap.xml`). Each of these is read once, at most three of a kind.
3. Of an address that is not there (404, 410) the site's front page is looked at in the same way.
4. Best is a feed, then a sitemap with dates of publication, then a page of links, then a plain sitemap; what is silent
   or empty comes after all that is not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from monitor.addresses.quoting import quoted
from monitor.app.network import fetcher
from monitor.app.workspace import utc_now
from monitor.config.feeds_edit import feed_lines
from monitor.config.folder import read_config
from monitor.errors import InputError
from monitor.model import Entry, Fetch, Fetched, FetchFailed, FetchRequest, ParsedFeed, ParseFailed, Wanted
from monitor.reading.feeds.kinds import entries_of
from monitor.reading.feeds.parse import feed_links
from monitor.reading.feeds.sitemap import SitemapIndex, joined
from monitor.reading.urls import host
from monitor.reporting.wording import LONDON, say_count, say_day
from monitor.settings import Feed, FeedKind

SILENT = timedelta(days=14)  # a newest entry older than this is told
MOST_OF_A_KIND = 3
MISSING = (404, 410)
SITEMAP_LINE = re.compile(rb"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that could be read."""

    kind: FeedKind
    url: str
    title: str
    entries: tuple[Entry, ...]
    asked: datetime

    @property
    def newest(self) -> datetime | None:
        return max((entry.published for entry in self.entries if entry.published), default=None)

    @property
    def silent_for(self) -> timedelta | None:
        """The age of the newest entry where that is more than is usual."""
        age = self.asked - self.newest if self.newest else timedelta(0)
        return age if age > SILENT else None

    @property
    def rank(self) -> tuple[bool, int]:
        order = (FeedKind.FEED, FeedKind.SITEMAP, FeedKind.LISTING)
        is_plain_sitemap = self.kind is FeedKind.SITEMAP and self.newest is None
        return not self.entries or self.silent_for is not None, 3 if is_plain_sitemap else order.index(
            self.kind
        )

    def in_words(self) -> str:
        if self.kind is FeedKind.LISTING:
            return f"a page that links {say_count(len(self.entries), 'article')}"
        what = f"a {self.kind} with {say_count(len(self.entries), 'entry', 'entries')}"
        if not self.entries:
            return f"a {self.kind} with 0 entries"
        if self.newest is None:
            none = "as sitemaps have it" if self.kind is FeedKind.SITEMAP else "none of the last 60 days"
            return f"{what}, without a date that can be believed ({none})"
        day = say_day(self.newest.astimezone(LONDON).date())
        silent = f"; silent for {self.silent_for.days} days" if self.silent_for else ""
        return f"{what}, the newest of {day}{silent}"

    def proposal(self) -> Feed:
        name = re.split(r"\s+[|–—·»-]+\s+|\s*\|\s*", self.title)[0].strip() or host(self.url)
        return Feed(name=name, url=self.url, kind=self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedAddress:
    address: str
    trouble: str | None  # why the address itself cannot be read; None where it can
    found: tuple[Found, ...]  # best first

    @property
    def best(self) -> Found | None:
        return self.found[0] if self.found and self.found[0].entries else None

    def record(self) -> dict[str, Any]:
        found = [
            {
                "kind": one.kind,
                "url": one.url,
                "title": one.title,
                "entries": len(one.entries),
                "newest": one.newest,
                "in_words": one.in_words(),
            }
            for one in self.found
        ]
        yaml = "\n".join(self._yaml()) if self.best else None
        return {"target": self.address, "trouble": self.trouble, "found": found, "yaml": yaml}

    def lines(self) -> Iterator[str]:
        if self.trouble:
            yield f"{self.address}: {self.trouble}"
        for one in self.found:
            yield f"{one.url}: {one.in_words()}"
            yield from (f"    {entry.title or entry.url}" for entry in one.entries[:EXAMPLES])
        if self.best:
            yield "To read it, add to feeds.yaml (or run `monitor feeds add`):"
            yield from self._yaml()
        else:
            yield "Nothing was found here that could be read."

    def _yaml(self) -> Iterator[str]:
        assert self.best is not None
        first, *others = feed_lines(self.best.proposal())
        yield f"  - {first}"
        yield from (f"    {line}" for line in others)


def try_feed(config_folder: Path, address: str) -> TriedAddress:
    """What an address gives. Raises ConfigError, and InputError where it is no address."""
    config = read_config(config_folder)
    with fetcher(config.network) as fetch:
        return try_address(fetch, address, utc_now())


def try_address(fetch: Fetch, address: str, now: datetime) -> TriedAddress:
    if not host(address):
        raise InputError(f"{address} is not a web address: write it in full, with https:// in front.")
    answer = fetch(FetchRequest(url=address, wanted=Wanted.FEED))
    if isinstance(answer, Fetched):
        direct = _direct(fetch, answer, now)
        if isinstance(direct, Found):
            moved = f"it has moved to {answer.moved_to}" if answer.moved_to else None
            return TriedAddress(address=address, trouble=moved, found=(direct,))
        return TriedAddress(
            address=address, trouble=_what_links(answer, direct), found=_around(fetch, answer, now)
        )
    trouble = answer.reason if isinstance(answer, FetchFailed) else "it was not sent"
    found: tuple[Found, ...] = ()
    if isinstance(answer, FetchFailed) and answer.status in MISSING:
        front = fetch(FetchRequest(url=urljoin(address, "/"), wanted=Wanted.FEED))
        found = _around(fetch, front, now) if isinstance(front, Fetched) else ()
    return TriedAddress(address=address, trouble=trouble, found=found)


def _direct(fetch: Fetch, answer: Fetched, now: datetime) -> Found | str:
    """What the address itself is: a feed or a sitemap; or why it is neither."""
    why = ""
    for kind in (FeedKind.FEED, FeedKind.SITEMAP):
        found = _found(fetch, kind, answer, now)
        if isinstance(found, Found):
            return found
        why = why or found
    return why


def _found(fetch: Fetch, kind: FeedKind, answer: Fetched, now: datetime) -> Found | str:
    read = entries_of(kind, answer, now)
    if isinstance(read, SitemapIndex):
        parts = [_part(fetch, url, now) for url in read.parts]
        read = joined(part for part in parts if part is not None)
    if isinstance(read, ParseFailed):
        return read.reason
    url = answer.moved_to or answer.url
    return Found(kind=kind, url=url, title=read.title, entries=read.entries, asked=now)


def _part(fetch: Fetch, url: str, now: datetime) -> ParsedFeed | None:
    answer = fetch(FetchRequest(url=url, wanted=Wanted.FEED))
    read = entries_of(FeedKind.SITEMAP, answer, now) if isinstance(answer, Fetched) else None
    return read if isinstance(read, ParsedFeed) else None


def _what_links(answer: Fetched, reason: str) -> str:
    links = feed_links(answer.body, answer.final_url)
    return f"not a feed ({reason})" + (
        f", but the page links these feeds: {', '.join(links)}" if links else ""
    )


def _around(fetch: Fetch, page: Fetched, now: datetime) -> tuple[Found, ...]:
    """What a page leads to, best first."""
    wanted = [(FeedKind.FEED, url) for url in feed_links(page.body, page.final_url)[:MOST_OF_A_KIND]]
    wanted.append((FeedKind.LISTING, page.url))
    wanted += [(FeedKind.SITEMAP, url) for url in _sitemaps(fetch, page.final_url)]
    found = []
    for kind, url in wanted:
        as_ = Wanted.PAGE if kind is FeedKind.LISTING else Wanted.FEED
        answer = fetch(FetchRequest(url=url, wanted=as_))
        one = _found(fetch, kind, answer, now) if isinstance(answer, Fetched) else None
        if isinstance(one, Found):
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.rank))


def _joined(url: str, link: str) -> str | None:
    """A link of a file at `url` as an address; None where it is none."""
    try:
        return quoted(urljoin(url, link))
    except ValueError:
        return None


def _sitemaps(fetch: Fetch, url: str) -> Sequence[str]:
    """The sitemaps that robots.txt names, news first; else where one usually is."""
    answer = fetch(FetchRequest(url=urljoin(url, "/robots.txt"), wanted=Wanted.FEED))
    named = SITEMAP_LINE.findall(answer.body) if isinstance(answer, Fetched) else []
    written = (_joined(url, line.decode("utf-8", "replace")) for line in named)
    addresses = [address for address in written if address] or [urljoin(url, "/sitemap.xml")]
    addresses.sort(key=lambda address: "news" not in address.lower())
    return tuple(dict.fromkeys(addresses))[:MOST_OF_A_KIND]
