"""Which of a feed's entries are new, and which are stored articles under another link.

    entries | store.articles.known | recognise | claimed by another feed of this poll? | went for good? | new, and names

An entry that led to its page through other addresses is known by the page's own, once that has answered.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitor.forgetting.retention import trace_of_article, trace_of_entry, trace_of_title
from monitor.model import Entry, EntryName, Fetched, FetchResult, KnownArticle, KnownArticles, NoArticle, Page
from monitor.model.reading import listed
from monitor.reading.alike import Telling, likeness
from monitor.reading.recognise import id_of, ids_of, looked_for, own_id, recognise, telling_of
from monitor.reading.urls import host, normalise, site_name
from monitor.settings import Feed
from monitor.store import Store


@dataclass(frozen=True, slots=True)
class Round:
    """What the feeds of one poll have in common."""

    outlets: Mapping[str, str]  # names by host, as the configuration gives them
    claimed: set[str] = field(default_factory=set)  # ids of the articles that one of them has taken up


def begun(feeds: Iterable[Feed]) -> Round:
    return Round(outlets={_site(feed.url): feed.name for feed in reversed(tuple(feeds))})


@dataclass(slots=True)
class Sifted:
    """What a feed's entries come to."""

    new: dict[str, Entry] = field(default_factory=dict)  # by the id that each article will have
    names: list[EntryName] = field(default_factory=list)


def sift(store: Store, round: Round, feed: Feed, entries: Sequence[Entry]) -> Sifted:
    """Tells new entries from known ones, and claims the new."""
    names, ids, links = looked_for(entries)
    memory = store.articles.known(feed.url, names, ids, links)
    gone = store.forgetting.held(trace for entry in entries for trace in _traces(feed, entry))
    sifted = Sifted()
    for given in entries:
        if gone and not gone.isdisjoint(_traces(feed, given)):
            continue  # forgotten or erased: it does not come back
        known, entry = recognise(given, memory)
        article = known.id if known else id_of(entry)
        if known is None and article not in round.claimed:
            sifted.new.setdefault(article, with_outlet(entry, round))  # of two the first, which is the newer
        own = own_id(entry)
        if own and (own not in memory.by_name or memory.by_name[own].id != article):
            sifted.names.append(EntryName(feed=feed.url, entry=own, article=article))
        elif not own and _is_listed_only(known, article, feed, memory, sifted):
            sifted.names.append(EntryName(feed=feed.url, entry=listed(article), article=article))
    round.claimed.update(sifted.new)
    return sifted


def _is_listed_only(
    known: KnownArticle | None, article: str, feed: Feed, memory: KnownArticles, sifted: Sifted
) -> bool:
    """Whether it came, or comes in this poll, by another feed, and nothing tells yet that this one has it too."""
    came_by_another = article not in sifted.new if known is None else known.feed != feed.url
    return came_by_another and article not in memory.listed and article not in memory.named


def _traces(feed: Feed, entry: Entry) -> Iterator[str]:
    """What an entry's article may be known by where it went for good (`forgetting.retention.traces`)."""
    ids = ids_of(entry)
    # The first is its own; the bare link's may be another story's on the same page, and so needs the title beside it.
    yield from (trace_of_article(id) for id in ids if id == id_of(entry) or not entry.mark)
    yield from (trace_of_title(id, entry.title) for id in ids)
    yield from (trace_of_entry(feed.url, name) for name in (own_id(entry), entry.id) if name)


def with_outlet(entry: Entry, round: Round) -> Entry:
    """An entry that an aggregator passes on, with the name that we have for its outlet."""
    name = round.outlets.get(_site(entry.url)) if entry.is_passed_on else None
    return replace(entry, source=name) if name else entry


def settled(
    store: Store, round: Round, feed: Feed, entry: Entry, result: FetchResult, page: Page | NoArticle
) -> tuple[Entry | None, EntryName | None]:
    """The entry as its page has settled it, and by what it is known then; no entry where its article is there
    already."""
    found = with_outlet(_at_its_own_address(entry, feed, result, page), round)
    article = id_of(found)
    if article == id_of(entry):
        return found, None
    name = EntryName(feed=feed.url, entry=own_id(entry) or entry.id, article=article)
    held = (trace_of_article(article), trace_of_title(article, found.title))
    if article in round.claimed or not store.articles.unseen([article]) or store.forgetting.held(held):
        return None, name
    round.claimed.add(article)
    return found, name


def _at_its_own_address(entry: Entry, feed: Feed, result: FetchResult, page: Page | NoArticle) -> Entry:
    """The entry with the address that its page has answered from, where that is its article's own.

    A page that says something else than the entry (a consent page, a section) is not the entry's.
    """
    if not isinstance(result, Fetched) or not isinstance(page, Page):
        return entry
    if entry.mark or normalise(result.final_url) == normalise(entry.url):
        return entry
    alike = likeness(telling_of(entry), Telling(title=page.title, text=" ".join(page.paragraphs)))
    if (alike.titles or 0.0) < 0.5:
        return entry
    passed_on = site_name(entry.url) == site_name(feed.url) != site_name(result.final_url)
    return replace(entry, url=result.final_url, is_passed_on=entry.is_passed_on or passed_on)


def _site(url: str) -> str:
    return host(url).removeprefix("www.")
