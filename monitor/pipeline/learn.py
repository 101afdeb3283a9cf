"""Edited documents, read back: which edition each is of, what it says, what is kept of it, and what they suggest.

learn   which edition | understand, or ticked | store.decisions.keep | missed | suggestions

- The document says of which edition it is. Where that was lost, it is the edition with most of its bookmarks, else of
  its links, else of its headings; of equals the newest. One link or heading may be chance, so two are asked for.
- An item of the officer's own is a story that was missed: where the archive has it, its verdict says why.
- A public version is not learned: what it leaves out would count as struck.
- Notes are of the draft that they name. What is ticked in them counts towards the report that is being drafted now,
  also where the notes are older; they say nothing of what is not ticked.
- Several documents are one call: reports first, then notes, so their order does not matter.
- Nothing is kept of any where one fails, nor where more than half of a draft's items would be dropped or emptied, until
  the person says that it is meant.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.errors import InputError
from monitor.judging.classify import prepare
from monitor.judging.without import effect
from monitor.model import Article, Choice, Decision, Edition, Learned, Said, Source, Verdict, Window
from monitor.pipeline.places import with_places
from monitor.pipeline.records import all_learned, edition_of_number, editions_of_numbers
from monitor.reading.urls import article_id, host, normalise
from monitor.reporting.edition.cycle import before, next_meeting
from monitor.reporting.edition.record import learned_record
from monitor.reporting.learning.card import LOOKED_AT, CardChange, card_changes, may_change
from monitor.reporting.learning.compare import understand
from monitor.reporting.learning.doubt import SAY_YES, doubt
from monitor.reporting.learning.frame import framed
from monitor.reporting.learning.lines import Returned
from monitor.reporting.learning.match import Known, Shelf
from monitor.reporting.learning.say import beside
from monitor.reporting.learning.suggest import Repeated, Suggestion, may_suggest, repeated
from monitor.reporting.learning.ticks import ticked
from monitor.reporting.wording import day_in_london, name_of, say_moment, web_address
from monitor.settings import Config
from monitor.store import Store
from monitor.store.owner import Owner

FEWEST = 2  # links or headings by which a document without bookmarks is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A story that the officer added, and why the rules had not."""

    heading: str
    article: str | None  # its id where the archive has it
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A document that came back."""

    returned: Returned
    name: str
    digest: str  # SHA-256 (hex) of the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What came of one document."""

    edition: Edition
    learned: Learned
    row: int | None  # its number in the archive; None: this very file was learned before, or there is a doubt
    missed: tuple[Missed, ...]
    suggestions: tuple[Suggestion | CardChange, ...]
    remarks: tuple[str, ...] = ()  # what the person should know besides, a sentence each
    doubt: str = ""  # why nothing was kept of any document, until the person says that it is meant

    @property
    def is_new(self) -> bool:
        return self.row is not None


@dataclass(frozen=True, slots=True)
class _Understood:
    name: str
    edition: Edition
    learned: Learned
    shelf: Shelf
    remarks: tuple[str, ...] = ()


def learn(
    store: Store, config: Config, returned: Returned, *, name: str, digest: str, now: datetime
) -> Lesson:
    """As `learn_all`, of one document."""
    return learn_all(store, config, [Edited(returned=returned, name=name, digest=digest)], now)[0]


def learn_all(
    store: Store,
    config: Config,
    documents: Sequence[Edited],
    now: datetime,
    *,
    sure: bool = False,
    by: str = "",
    meant: str = SAY_YES,
) -> tuple[Lesson, ...]:
    """Keeps what the documents say, in the name of `by`; `sure`: also where much would be gone, and `meant` is how a
    person says so. Raises InputError, before anything is kept, where one is of no edition we hold."""
    in_order = sorted(documents, key=lambda one: one.returned.source is Source.NOTES)
    understood = [_said_by(by, _understood(store, config, one, now)) for one in in_order]
    doubts = [
        "" if sure or store.decisions.holds(one.learned) else doubt(one.learned, one.edition, one.name, meant)
        for one in understood
    ]
    if any(doubts):
        return tuple(_doubted(one, why) for one, why in zip(understood, doubts, strict=True))
    kept = store.decisions.keep_all([(one.learned, learned_record(one.learned)) for one in understood])
    suggested = suggestions(store, config, now)
    return tuple(
        Lesson(
            edition=one.edition,
            learned=one.learned,
            row=row,
            missed=_missed(one.learned, config, one.shelf),
            suggestions=suggested if one is understood[-1] else (),
            remarks=one.remarks,
        )
        for one, row in zip(understood, kept, strict=True)
    )


def _said_by(by: str, one: _Understood) -> _Understood:
    return replace(one, learned=replace(one.learned, by=by)) if by else one


def _doubted(one: _Understood, why: str) -> Lesson:
    return Lesson(
        edition=one.edition,
        learned=one.learned,
        row=None,
        missed=(),
        suggestions=(),
        remarks=one.remarks,
        doubt=why,
    )


def _understood(store: Store, config: Config, document: Edited, now: datetime) -> _Understood:
    returned, digest = document.returned, document.digest
    shelf = shelf_of(store, config, returned)
    edition = edition_of(store, returned, shelf, document.name)
    drafted = _stored(store, [id for item in (*edition.items, *edition.further) for id in item.articles])
    shelf = replace(shelf, identify=_by_place(edition, shelf), stored={**shelf.stored, **drafted})
    if returned.source is Source.REPORT:
        learned = understand(edition, returned.lines, shelf, learned=now, digest=digest)
        around = framed(returned.lines, Known(edition, shelf, offers=True)).around
        return _Understood(document.name, edition, learned, shelf, tuple(beside(returned, around)))
    return _ticked(store, config, edition, document, shelf, now)


def _ticked(
    store: Store, config: Config, edition: Edition, document: Edited, shelf: Shelf, now: datetime
) -> _Understood:
    newest = newest_draft(store, config, now)
    found = ticked(
        edition, document.returned.lines, shelf, learned=now, digest=document.digest, newest=newest
    )
    decisions = found.learned.decisions
    stored = _stored(store, [id for one in decisions for id in one.articles])
    known = tuple(one for one in decisions if any(id in stored for id in one.articles))
    remarks = [
        f"“{one.drafted}” is ticked and is not stored any more: nothing of it can be taken."
        for one in decisions
        if one not in known
    ]
    remarks += [f"Ticked, but no story of draft {edition.number}: {line}" for line in found.unknown]
    if edition.number != newest:
        now_drafted = f"the newest draft is {newest}" if newest else "its report was filed since"
        remarks.insert(
            0,
            f"{document.name} are the notes on draft {edition.number}; {now_drafted}. "
            "What is ticked counts for the next draft.",
        )
    return _Understood(document.name, edition, replace(found.learned, decisions=known), shelf, tuple(remarks))


def newest_draft(store: Store, config: Config, now: datetime) -> int:
    """Of the report that is being drafted; 0 before its first one."""
    panel, today = config.panel, day_in_london(now)
    editions = store.editions.all()
    meeting = next_meeting(panel.meetings, panel.papers_days, today, editions)
    return max(before(editions, meeting, panel.papers_days, today).stood, default=0)


def shelf_of(store: Store, config: Config, returned: Returned) -> Shelf:
    """What is known of the addresses in the document."""
    names = {_site(feed.url): feed.name for feed in reversed(config.feeds)}

    def identify(url: str) -> str:
        return article_id(normalise(url))

    def outlet(url: str) -> str:
        return names.get(_site(url)) or _site(url) or url

    urls = [link.url for line in returned.lines for link in line.links]
    return Shelf(identify=identify, outlet=outlet, stored=_stored(store, map(identify, urls)))


def _by_place(edition: Edition, shelf: Shelf) -> Callable[[str], str]:
    """Also by the place on a page that several articles share, as the edition printed it."""
    links = [link for item in (*edition.items, *edition.further) for link in item.links if "#" in link.url]
    places = {web_address(link.url): link.article for link in links}
    return lambda url: places.get(web_address(url) or url) or shelf.identify(url)


def _site(url: str) -> str:
    return host(url).removeprefix("www.")


def _stored(store: Store, ids: Iterable[str]) -> dict[str, Article]:
    return {article.id: article for article in with_places(store.articles.named(ids))}


# ── which edition ───────────────────────────────────────────────────────────────────────────────────────────────


def edition_of(store: Store, returned: Returned, shelf: Shelf, name: str) -> Edition:
    if returned.number == 0:
        raise InputError(
            f"{name} is a public version, which leaves words out: edit the working draft, and name that one."
        )
    if returned.number is not None:
        edition = edition_of_number(store, returned.number)
        if edition is None or (returned.made and edition.made.isoformat() != returned.made):
            made = f", made {say_moment(datetime.fromisoformat(returned.made))}" if returned.made else ""
            raise InputError(f"{name} is of draft {returned.number}{made}, and {_not_here(store, returned)}")
        return edition
    numbers = [kept.number for kept in reversed(store.editions.all())]
    known = [Known(edition, shelf) for edition in editions_of_numbers(store, numbers)]
    for count, fewest in ((_marks, 1), (_links, FEWEST), (_headings, FEWEST)):
        if best := _best(known, returned, count, fewest):
            return best
    raise InputError(
        f"{name} is no draft of this archive: no bookmark, link or heading in it is one of ours."
    )


def _not_here(store: Store, returned: Returned) -> str:
    """Drafts of two panels may have one number; when they were made tells them apart."""
    for panel in store.panels.all():
        edition = edition_of_number(store.of(panel), returned.number or 0)
        if panel and edition and edition.made.isoformat() == returned.made:
            return f"that is another panel's: {_theirs(store.owner, panel)}"
    return "this archive holds no such draft. Name the archive that made it with --data."


def _theirs(owner: Owner, panel: str) -> str:
    if not owner.is_alone:
        return f"name it with --panel {panel}."
    return (
        f"{panel}'s, and this configuration is of {owner.panel}. If the panel was renamed, say `monitor archive give "
        f"{owner.panel} --from {panel}`, and then this again."
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


def suggestions(store: Store, config: Config, now: datetime) -> tuple[Suggestion | CardChange, ...]:
    """What the officer's word suggests, over everything that was learned; nothing that would change nothing."""
    learned = all_learned(store)
    return (*_card_changes(store, config, learned), *_phrases(store, config, learned, now))


def _card_changes(store: Store, config: Config, learned: Sequence[Learned]) -> tuple[CardChange, ...]:
    if not may_change(learned):
        return ()
    numbers = sorted({one.edition for one in learned})[-LOOKED_AT:]
    topics = {topic.id: topic.name for topic in config.rules.topics}
    editions = editions_of_numbers(store, numbers)
    return card_changes(editions, learned, config.rules.priority, topics, config.panel.size)


def _phrases(
    store: Store, config: Config, learned: Sequence[Learned], now: datetime
) -> tuple[Suggestion, ...]:
    if not may_suggest(learned):
        return ()
    articles = _stored(store, [id for one in learned for said in one.decisions for id in said.articles])
    verdicts = _verdicts(tuple(articles.values()), config)
    found = repeated(learned, verdicts)
    stored = store.articles.of(Window(since=None, until=now)) if found else ()
    suggested = [_suggestion(one, stored, config) for one in found]
    return tuple(one for one in suggested if one.gained or one.lost)


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
