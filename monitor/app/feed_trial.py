"""feeds try: what an address gives, and what of it could be read, best first.

1. The address is asked for as a feed is. A feed or a sitemap speaks for itself.
2. A page is asked for the feeds it links, then whether it is a list of articles itself, then for the sitemaps that the
   site's robots.txt names (else `/sitemap.xml`). Each of these is read once, at most three of a kind; it is said where
   there were more.
3. Of an address that is not there (404, 410) the site's front page is looked at in the same way.
4. Best is a feed, then a sitemap with dates of publication, then a page of links, then a plain sitemap, then a feed of
   readers' comments; what is silent or empty comes after all that is not.
5. A site is asked no more once it let our time run out twice, or sent something that took too long to take apart. So an
   answer comes in time, whatever an address gives.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from monitor.addresses.quoting import quoted
from monitor.app.installed import known
from monitor.app.network import fetcher
from monitor.app.workspace import utc_now
from monitor.config.feeds_text import feed_lines
from monitor.errors import InputError
from monitor.model import (
    Entry,
    Fetch,
    Fetched,
    FetchFailed,
    FetchRequest,
    FetchResult,
    ParseFailed,
    Wanted,
)
from monitor.reading.feeds.links import is_of_comments
from monitor.reading.feeds.sitemap import Part, SitemapIndex, whole_of
from monitor.reading.feeds.sitemap_index import kind_of
from monitor.reading.fetch.hosts import MOST_TIMED_OUT, left_unanswered
from monitor.reading.letters import decoded
from monitor.reading.packed import Sealed, unpacked
from monitor.reading.single import Single
from monitor.reading.urls import host
from monitor.reporting.wording import LONDON, say_count, say_day
from monitor.settings import Feed, FeedKind

SILENT = timedelta(days=14)  # a newest entry older than this is told
MOST_OF_A_KIND = 3
MISSING = (404, 410)
SITEMAP_LINE = re.compile(r"\s*sitemaps?\s*:\s*(\S+)", re.IGNORECASE)
MOST_ROBOTS = 500_000  # bytes
EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that could be read."""

    kind: FeedKind
    url: str
    title: str
    entries: tuple[Entry, ...]
    asked: datetime
    left_out: str | None = None  # what a limit of ours leaves unread

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
        order = (FeedKind.FEED, FeedKind.SITEMAP, FeedKind.LISTING).index(self.kind)
        if self.kind is FeedKind.SITEMAP and self.newest is None:
            order = 3
        if self.is_of_comments:
            order = 4
        return not self.entries or self.silent_for is not None, order

    @property
    def is_of_comments(self) -> bool:
        return self.kind is FeedKind.FEED and is_of_comments(self.url)

    def in_words(self) -> str:
        if self.kind is FeedKind.LISTING:
            return f"a page that links {say_count(len(self.entries), 'article')}"
        kind = f"{self.kind} of readers' comments" if self.is_of_comments else str(self.kind)
        what = f"a {kind} with {say_count(len(self.entries), 'entry', 'entries')}"
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
    passed_over: tuple[str, ...] = ()  # what was not looked at, a sentence each

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
                "left_out": one.left_out,
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
            if one.left_out:
                yield f"    Not all of it is read: {one.left_out}."
            yield from (f"    {entry.title or entry.url}" for entry in one.entries[:EXAMPLES])
        yield from self.passed_over
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
    with fetcher(known(config_folder).list.network) as fetch:
        return try_address(fetch, address, utc_now())


def try_address(fetch: Fetch, address: str, now: datetime) -> TriedAddress:
    """What an address gives. Raises InputError where it is no address."""
    if not host(address):
        raise InputError(f"{address} is not a web address: write it in full, with https:// in front.")
    with Single() as single:
        return _Trial(fetch, single, now).of(address)


class _Trial:
    """One address tried."""

    def __init__(self, fetch: Fetch, single: Single, now: datetime) -> None:
        self._ask, self._single, self._now = fetch, single, now
        self._timed_out = 0

    def of(self, address: str) -> TriedAddress:
        answer = self._fetch(FetchRequest(url=address, wanted=Wanted.FEED))
        if isinstance(answer, Fetched):
            direct = self._direct(answer)
            if isinstance(direct, Found):
                moved = f"it has moved to {answer.moved_to}" if answer.moved_to else None
                return TriedAddress(address=address, trouble=moved, found=(direct,))
            trouble = self._what_links(answer, direct)
            found, passed_over = self._around(answer)
            return TriedAddress(address=address, trouble=trouble, found=found, passed_over=passed_over)
        trouble = answer.reason if isinstance(answer, FetchFailed) else "it was not sent"
        if isinstance(answer, FetchFailed) and answer.status in MISSING:
            front = self._fetch(FetchRequest(url=urljoin(address, "/"), wanted=Wanted.FEED))
            if isinstance(front, Fetched):
                found, passed_over = self._around(front)
                return TriedAddress(address=address, trouble=trouble, found=found, passed_over=passed_over)
        return TriedAddress(address=address, trouble=trouble, found=())

    def _fetch(self, request: FetchRequest) -> FetchResult:
        if self._timed_out >= MOST_TIMED_OUT or self._single.is_beaten:
            return left_unanswered(request.url, host(request.url))
        answer = self._ask(request)
        self._timed_out += isinstance(answer, FetchFailed) and answer.timed_out
        return answer

    def _direct(self, answer: Fetched) -> Found | str:
        """What the address itself is: a feed or a sitemap; or why it is neither."""
        why = ""
        for kind in (FeedKind.FEED, FeedKind.SITEMAP):
            found = self._found(kind, answer)
            if isinstance(found, Found):
                return found
            why = why or found
        return why

    def _found(self, kind: FeedKind, answer: Fetched) -> Found | str:
        if self._single.is_beaten:
            return "it was not taken apart"
        read = self._single.entries(kind, answer, self._now)
        if isinstance(read, SitemapIndex):
            answer, read = whole_of(answer, read, {url: self._part(url) for url in read.parts})
        if isinstance(read, ParseFailed):
            return read.reason
        url = answer.moved_to or answer.url
        return Found(
            kind=kind,
            url=url,
            title=read.title,
            entries=read.entries,
            asked=self._now,
            left_out=read.left_out,
        )

    def _part(self, url: str) -> Part:
        answer = self._fetch(FetchRequest(url=url, wanted=Wanted.FEED))
        if not isinstance(answer, Fetched):
            return answer, None
        return answer, self._single.entries(FeedKind.SITEMAP, answer, self._now)

    def _links(self, page: Fetched) -> tuple[str, ...]:
        return () if self._single.is_beaten else self._single.links(page)

    def _what_links(self, answer: Fetched, reason: str) -> str:
        links = self._links(answer)
        return f"not a feed ({reason})" + (
            f", but the page links these feeds: {', '.join(links)}" if links else ""
        )

    def _around(self, page: Fetched) -> tuple[tuple[Found, ...], tuple[str, ...]]:
        """What a page leads to, best first; and what of it was not looked at."""
        if self._single.is_beaten:
            return (), ()
        feeds, sitemaps = self._links(page), self._sitemaps(page.final_url)
        wanted = [(FeedKind.FEED, url) for url in feeds[:MOST_OF_A_KIND]]
        wanted.append((FeedKind.LISTING, page.url))
        wanted += [(FeedKind.SITEMAP, url) for url in sitemaps[:MOST_OF_A_KIND]]
        found = []
        for kind, url in wanted:
            as_ = Wanted.PAGE if kind is FeedKind.LISTING else Wanted.FEED
            answer = self._fetch(FetchRequest(url=url, wanted=as_))
            one = self._found(kind, answer) if isinstance(answer, Fetched) else None
            if isinstance(one, Found):
                found.append(one)
        passed_over = (*_passed_over("feed", feeds), *_passed_over("sitemap", sitemaps))
        return tuple(sorted(found, key=lambda one: one.rank)), passed_over

    def _sitemaps(self, url: str) -> Sequence[str]:
        """The sitemaps that robots.txt names, news first; else where one usually is."""
        answer = self._fetch(FetchRequest(url=urljoin(url, "/robots.txt"), wanted=Wanted.FEED))
        content = unpacked(answer.body, MOST_ROBOTS) if isinstance(answer, Fetched) else b""
        lines = () if isinstance(content, Sealed) else decoded(content).splitlines()
        named = (_joined(url, found[1]) for line in lines if (found := SITEMAP_LINE.match(line)))
        addresses = [address for address in named if address] or [urljoin(url, "/sitemap.xml")]
        order = ("news", "articles", "", "pages", "others")
        return tuple(dict.fromkeys(sorted(addresses, key=lambda address: order.index(kind_of(address)))))


def _passed_over(kind: str, addresses: Sequence[str]) -> Iterator[str]:
    left = addresses[MOST_OF_A_KIND:]
    if left:
        yield f"Not looked at: {say_count(len(left), f'more {kind}')}: {', '.join(left[:EXAMPLES])}."


def _joined(url: str, link: str) -> str | None:
    """A link of a file at `url` as an address; None where it is none."""
    try:
        return quoted(urljoin(url, link))
    except ValueError:
        return None
