"""An edited document, read back: which edition it is of, what it says, what is kept of it, and what it suggests.

learn   which edition | understand | store.decisions.keep | missed | suggestions

- The document says of which edition it is. Where that was lost, it is the edition with most of its bookmarks, else of
  its links, else of its headings; of equals the newest. One link or heading may be chance, so two are asked for.
- An item of the officer's own is a story that was missed: where the archive has it, its verdict says why.
- A public version is not learned: what it leaves out would count as struck.
- Nothing is asked, and nothing is kept where anything fails.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.errors import InputError
from monitor.judging.classify import prepare
from monitor.judging.without import effect
from monitor.model import Article, Choice, Decision, Edition, Learned, Said, Verdict, Window
from monitor.reading.urls import article_id, host, normalise
from monitor.reporting.edition.record import learned_record, read_edition, read_learned
from monitor.reporting.learning.compare import understand
from monitor.reporting.learning.lines import Returned
from monitor.reporting.learning.match import Known, Shelf
from monitor.reporting.learning.suggest import Repeated, Suggestion, may_suggest, repeated
from monitor.reporting.wording import name_of, say_moment
from monitor.settings import Config
from monitor.store import Store

FEWEST = 2  # links or headings by which a document without bookmarks is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A story that the officer added, and why the rules had not."""

    heading: str
    article: str | None  # its id where the archive has it
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What came of one document."""

    edition: Edition
    learned: Learned
    is_new: bool  # False: this very file was learned before, and nothing changed
    missed: tuple[Missed, ...]
    suggestions: tuple[Suggestion, ...]


def learn(
    store: Store, config: Config, returned: Returned, *, name: str, digest: str, now: datetime
) -> Lesson:
    """Keeps what the document says. Raises InputError, before anything is kept, where it is of no edition we hold."""
    shelf = shelf_of(store, config, returned)
    edition = edition_of(store, returned, shelf, name)
    drafted = _stored(store, [id for item in edition.items for id in item.articles])
    shelf = replace(shelf, stored={**shelf.stored, **drafted})
    learned = understand(edition, returned.lines, shelf, learned=now, digest=digest)
    is_new = store.decisions.keep(learned, learned_record(learned))
    return Lesson(
        edition=edition,
        learned=learned,
        is_new=is_new,
        missed=_missed(learned, config, shelf),
        suggestions=suggestions(store, config, now),
    )


def shelf_of(store: Store, config: Config, returned: Returned) -> Shelf:
    """What is known of the addresses in the document."""
    names = {_site(feed.url): feed.name for feed in reversed(config.feeds)}

    def identify(url: str) -> str:
        return article_id(normalise(url))

    def outlet(url: str) -> str:
        return names.get(_site(url)) or _site(url) or url

    urls = [link.url for line in returned.lines for link in line.links]
    return Shelf(identify=identify, outlet=outlet, stored=_stored(store, map(identify, urls)))


def _site(url: str) -> str:
    return host(url).removeprefix("www.")


def _stored(store: Store, ids: Iterable[str]) -> dict[str, Article]:
    return {article.id: article for article in store.articles.named(ids)}


# ── which edition ───────────────────────────────────────────────────────────────────────────────────────────────


def edition_of(store: Store, returned: Returned, shelf: Shelf, name: str) -> Edition:
    if returned.number == 0:
        raise InputError(
            f"{name} is a public version, which leaves words out: edit the working draft, and name that one."
        )
    if returned.number is not None:
        record = store.editions.record(returned.number)
        edition = read_edition(record) if record else None
        if edition is None or edition.made.isoformat() != returned.made:
            made = say_moment(datetime.fromisoformat(returned.made)) if returned.made else "once"
            raise InputError(
                f"{name} is of draft {returned.number}, made {made}, and this archive holds no such draft. "
                "Name the archive that made it with --data."
            )
        return edition
    editions = [
        read_edition(store.editions.record(kept.number) or "") for kept in reversed(store.editions.all())
    ]
    known = [Known(edition, shelf) for edition in editions]
    for count, fewest in ((_marks, 1), (_links, FEWEST), (_headings, FEWEST)):
        if best := _best(known, returned, count, fewest):
            return best
    raise InputError(
        f"{name} is no draft of this archive: no bookmark, link or heading in it is one of ours."
    )


def _best(
    known: Sequence[Known], returned: Returned, count: Callable[[Known, Returned], int], fewest: int
) -> Edition | None:
    counted = [(count(one, returned), one.edition) for one in known]
    most, edition = max(counted, key=lambda pair: pair[0], default=(0, None))
    return edition if edition and most >= min(fewest, len(edition.items) or 1) else None


def _marks(known: Known, returned: Returned) -> int:
    return len({place for line in returned.lines for place in known.by_marks(line.marks)})


def _links(known: Known, returned: Returned) -> int:
    return len({place for line in returned.lines for place in known.by_links(line.links)})


def _headings(known: Known, returned: Returned) -> int:
    return len({known.by_heading(line.text) for line in returned.lines} - {None})


# ── what it tells ───────────────────────────────────────────────────────────────────────────────────────────────


def _missed(learned: Learned, config: Config, shelf: Shelf) -> tuple[Missed, ...]:
    added = [one for one in learned.decisions if one.said is Said.ADDED]
    ids = [link.article for one in added for link in one.links]
    verdicts = _verdicts([shelf.stored[id] for id in ids if id in shelf.stored], config)
    return tuple(_why(one, verdicts) for one in added)


def _verdicts(articles: Sequence[Article], config: Config) -> dict[str, Verdict]:
    judge = prepare(config.rules, config.gazetteer) if articles else None  # it takes a tenth of a second
    return {article.id: judge.verdict(article) for article in articles} if judge else {}


def _why(one: Decision, verdicts: Mapping[str, Verdict]) -> Missed:
    heading = name_of(one.drafted, one.excerpt or (), one.links)
    for link in one.links:
        if verdict := verdicts.get(link.article):
            said = {
                Choice.INCLUDE: "the rules as they are now would have it in",
                Choice.BORDERLINE: "it was a near miss",
                Choice.EXCLUDE: "the rules left it out",
            }[verdict.choice]
            return Missed(heading=heading, article=link.article, why=f"{said}: {verdict.reason}")
    if one.links:
        why = f"no feed brought it: {one.links[0].outlet} is where it stands, see whether that is read."
    else:
        why = "it has no link, so it cannot be looked up."
    return Missed(heading=heading, article=None, why=why)


def suggestions(store: Store, config: Config, now: datetime) -> tuple[Suggestion, ...]:
    """What the officer's drops suggest, over every document that was learned."""
    learned = tuple(map(read_learned, store.decisions.records()))
    if not may_suggest(learned):
        return ()
    articles = _stored(store, [id for one in learned for said in one.decisions for id in said.articles])
    verdicts = _verdicts(tuple(articles.values()), config)
    found = repeated(learned, verdicts)
    stored = store.articles.of(Window(since=None, until=now)) if found else ()
    return tuple(_suggestion(one, stored, config) for one in found)


def _suggestion(one: Repeated, articles: Sequence[Article], config: Config) -> Suggestion:
    changed = effect(articles, config.rules, config.gazetteer, one.rule, one.phrase)
    dropped = {id for story in one.stories for id in story}
    return Suggestion(
        rule=one.rule,
        phrase=one.phrase,
        dropped=len(one.stories),
        gained=len(changed.gained),
        lost=len(changed.lost),
        lost_dropped=len(dropped.intersection(changed.lost)),
    )
