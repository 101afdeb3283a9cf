"""feeds.yaml: what is read. The editor's file.

    network     how we appear to servers, and how we get out
    defaults    what a feed says when it says nothing: every, article, excerpt
    publishers  groups that print one article under several titles
    feeds       the outlets' feeds, in the order in which they are listed

Beyond the shape, these are mistakes: an address twice; a publisher that is not listed; a pause without a reason, or
a reason without a pause; a page of links whose pages are never fetched, which would give headlines alone; a user agent
without a contact; a password anywhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from monitor.addresses.proxies import wrong_with_proxy
from monitor.config.values import Duration, Section, Text, WebAddress, Where
from monitor.config.wording import nearest
from monitor.config.yamlfile import Document, Loaded, load_by_content, read
from monitor.errors import Mistake
from monitor.paths import is_file
from monitor.settings import ArticleFrom, Excerpt, Feed, FeedKind, Network, Publisher

SHORTEST, LONGEST = (
    timedelta(minutes=1),
    timedelta(days=7),
)  # quicker is rude; slower loses entries that scroll off
LONGEST_POLL = timedelta(days=1)  # no feed may wait longer for a poll to end


def _contact(agent: str) -> str:
    """RFC 9110 §10.1.5 asks a robot for a way to reach its operator; servers block what they cannot ask."""
    if not re.search(r"mailto:[^\s@]+@[^\s@]+|https?://\S+", agent):
        raise ValueError(
            'has no contact: write one in it, as in "TopicalIssuesMonitor/1.0 (+mailto:you@example.org)"'
        )
    if not agent.isascii():
        raise ValueError("holds a character that a request cannot carry: use plain English letters")
    return agent


def _interval(every: timedelta) -> timedelta:
    if not SHORTEST <= every <= LONGEST:
        raise ValueError("is out of bounds: write 1m to 7d")
    return every


def _deadline(deadline: timedelta) -> timedelta:
    if not timedelta(0) < deadline <= LONGEST_POLL:
        raise ValueError("is out of bounds: write 1s to 1d; 10m is usual")
    return deadline


def _proxy(written: str) -> str:
    if what := wrong_with_proxy(written):
        raise ValueError(what)
    return written


def _no_password(proxy: object) -> object:
    if "@" in str(proxy):
        raise ValueError(
            "carries a password, and secrets never stand in this file: write null here, and put the whole address "
            "into the environment variable MONITOR_PROXY"
        )
    return proxy


def _one_group(pattern: str) -> str:
    try:
        groups = re.compile(pattern).groups
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"is not a regular expression: {error}") from error
    if groups != 1:
        raise ValueError(
            f"has {groups} groups: put one pair of round brackets, around the number that titles share"
        )
    return pattern


Interval = Annotated[Duration, AfterValidator(_interval)]


class NetworkSection(Section):
    user_agent: Annotated[Text, AfterValidator(_contact)] = Field(
        description="How we introduce ourselves to servers; must carry a contact.",
        examples=['"TopicalIssuesMonitor/1.0 (+mailto:you@example.org)"'],
    )
    allow_private_addresses: bool = Field(default=False, description="true only for tests and the demo.")
    proxy: Annotated[WebAddress, BeforeValidator(_no_password), AfterValidator(_proxy)] | None = Field(
        default=None,
        description="http://host:port; with a password it belongs into the environment as MONITOR_PROXY.",
    )
    ca_bundle: Text | None = Field(
        default=None, description="A file of certificates to trust, for offices that inspect TLS."
    )
    workers: int = Field(default=10, ge=1, le=50, description="How many servers are asked side by side.")
    spacing: Duration = Field(
        default=timedelta(seconds=1), description="Between two requests to one server: 1s, 2s."
    )
    poll_deadline: Annotated[Duration, AfterValidator(_deadline)] = Field(
        default=timedelta(minutes=10),
        description="How long one poll may take: 10m. What is unfinished then waits for the next.",
    )


class DefaultsSection(Section):
    every: Interval = Field(
        default=timedelta(minutes=30), description="How often a feed is looked at: 30m, 6h, 1d."
    )
    article: Literal["page", "feed"] = Field(
        default="page", description="feed: never fetch this outlet's pages."
    )
    excerpt: Literal["lead", "none", "full"] = Field(
        default="lead", description="What the outlet's licence lets us print."
    )
    public: bool = Field(
        default=False, description="true: licences cover publication, so `draft --public` keeps excerpts."
    )


class PublisherSection(Section):
    same_article: Annotated[Text, AfterValidator(_one_group)] = Field(
        description="A regular expression for the address, with one group: the number that the titles share.",
        examples=[r"'/news/(\d{6,})\.'"],
    )


class FeedSection(Section):
    name: Text = Field(
        description="The outlet's name, as printed in the report.", examples=["Wessex Gazette"]
    )
    url: WebAddress = Field(description="The feed's address.", examples=["https://www.example.org/news/rss/"])
    publisher: Text | None = Field(default=None, description="One of `publishers`.")
    area: Text | None = Field(default=None, description="For people; places.yaml decides what is where.")
    kind: Literal["feed", "sitemap", "listing"] = Field(
        default="feed", description="sitemap or listing (a page of links): for outlets without a feed."
    )
    every: Interval | None = Field(
        default=None, description="How often it is looked at; else as in `defaults`."
    )
    article: Literal["page", "feed"] | None = Field(
        default=None, description="feed: never fetch this outlet's pages."
    )
    excerpt: Literal["lead", "none", "full"] | None = Field(
        default=None, description="What its licence lets us print."
    )
    status: Literal["on", "paused"] = Field(default="on", description="paused needs a reason.")
    reason: Text | None = Field(default=None, description="Why it is paused.")
    verified: bool = Field(
        default=True, description="false: an address made by a publisher's pattern, not yet seen to answer."
    )
    public: bool | None = Field(
        default=None,
        description="true: its licence covers publication, so `draft --public` keeps its excerpt.",
    )


class FeedsFile(Section):
    network: NetworkSection = Field(examples=["{user_agent: …}"])
    defaults: DefaultsSection = Field(default_factory=DefaultsSection)
    publishers: dict[str, PublisherSection] = Field(default_factory=dict)
    feeds: list[FeedSection] = Field(min_length=1, examples=["[…]"])


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedList:
    """What feeds.yaml says."""

    network: Network
    publishers: tuple[Publisher, ...]
    feeds: tuple[Feed, ...]


def read_feeds(path: Path) -> Loaded[FeedList] | tuple[Mistake, ...]:
    """The file's feeds, complete with what `defaults` says; or every mistake in it."""
    checks = (_each_address_once, _publishers_are_listed, _pauses_have_reasons, _listings_have_pages)
    loaded = load_by_content(path, FeedsFile, *checks)
    document = read(path)
    lacking = () if isinstance(document, Mistake) else tuple(_bundle_exists(path.parent, document))
    if isinstance(loaded, tuple) or lacking:
        return tuple(sorted({*(loaded if isinstance(loaded, tuple) else ()), *lacking}))
    file = loaded.value
    publishers = {
        name: Publisher(name=name, same_article=part.same_article) for name, part in file.publishers.items()
    }
    return loaded.holding(
        FeedList(
            network=_network(file.network, path.parent),
            publishers=tuple(publishers.values()),
            feeds=tuple(_feed(feed, file.defaults, publishers) for feed in file.feeds),
        )
    )


def _bundle(folder: Path, written: str) -> Path:
    """A path in the file is seen from the file."""
    return folder / Path(written).expanduser()


def _network(section: NetworkSection, folder: Path) -> Network:
    return Network(
        user_agent=section.user_agent,
        allow_private_addresses=section.allow_private_addresses,
        proxy=section.proxy,
        ca_bundle=str(_bundle(folder, section.ca_bundle)) if section.ca_bundle else None,
        workers=section.workers,
        spacing=section.spacing,
        poll_deadline=section.poll_deadline,
    )


def _feed(section: FeedSection, defaults: DefaultsSection, publishers: dict[str, Publisher]) -> Feed:
    return Feed(
        name=section.name,
        url=section.url,
        publisher=publishers[section.publisher] if section.publisher else None,
        area=section.area,
        kind=FeedKind(section.kind),
        every=section.every or defaults.every,
        article=ArticleFrom(section.article or defaults.article),
        excerpt=Excerpt(section.excerpt or defaults.excerpt),
        paused=section.reason,
        verified=section.verified,
        public=defaults.public if section.public is None else section.public,
    )


def _bundle_exists(folder: Path, document: Document) -> Iterator[Mistake]:
    for where, written in document.each("network", "ca_bundle"):
        if isinstance(written, str) and written.strip() and not is_file(_bundle(folder, written)):
            yield document.mistake(
                where, f"there is no file {_bundle(folder, written)}: write its path, or null"
            )


def spelt(url: str) -> str:
    """An address without what may be spelt differently: case, scheme, a slash at its end."""
    return url.lower().removeprefix("https://").removeprefix("http://").rstrip("/")


def _each_address_once(document: Document) -> Iterator[Mistake]:
    """Two feeds with one address would be one feed with two names; only how an address is spelt may differ."""
    first: dict[str, int] = {}
    for where, url in document.each("feeds", "*", "url"):
        if spelt(str(url)) in first:
            yield document.mistake(
                where, f"this address stands in line {first[spelt(str(url))]} already: delete one of the two"
            )
        first.setdefault(spelt(str(url)), document.lines[where])


def _publishers_are_listed(document: Document) -> Iterator[Mistake]:
    listed = [where[-1] for where, _ in document.each("publishers", "*")]
    for where, name in document.each("feeds", "*", "publisher"):
        if isinstance(name, str) and name not in listed:
            known = nearest(name, [str(publisher) for publisher in listed])
            yield document.mistake(where, f"`{name}` is not listed under publishers: {known}")


def _pauses_have_reasons(document: Document) -> Iterator[Mistake]:
    for where, feed in document.each("feeds", "*"):
        match feed:
            case {"status": "paused", "reason": str()}:
                pass
            case {"status": "paused"}:
                yield document.mistake(
                    (*where, "status"), "paused without a reason: add `reason: why, and since when`"
                )
            case {"reason": str()}:
                yield document.mistake(
                    (*where, "reason"), "a reason, but no pause: add `status: paused`, or delete it"
                )


def _listings_have_pages(document: Document) -> Iterator[Mistake]:
    """A sitemap and a page of links hold no text: without the pages there would be nothing to judge but headlines."""
    for _, default in document.each("defaults", "article"):
        for where, feed in document.each("feeds", "*"):
            if isinstance(feed, dict) and default == "feed" and "article" not in feed:
                yield from _without_text(document, where, feed, "kind")
    for where, feed in document.each("feeds", "*"):
        if isinstance(feed, dict) and feed.get("article") == "feed":
            yield from _without_text(document, where, feed, "article")


def _without_text(document: Document, where: Where, feed: dict[str, object], key: str) -> Iterator[Mistake]:
    if feed.get("kind") in ("sitemap", "listing"):
        yield document.mistake(
            (*where, key), f"a {feed['kind']} holds no text of its own: write `article: page` for it"
        )
