"""try, explain, evaluate: the commands that answer a question and leave the archive as it is."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.app.home import the_panel
from monitor.app.network import fetcher
from monitor.app.workspace import utc_now, workspace_to_read
from monitor.config.folder import read_config
from monitor.errors import InputError, OutputError
from monitor.judging.classify import Judge, prepare
from monitor.judging.evaluate import Evaluation
from monitor.judging.evaluate import evaluate as measure
from monitor.judging.explain import explain as explain_verdict
from monitor.judging.explain import turn
from monitor.judging.group import group
from monitor.judging.labelled import LabelledStory, read_labelled
from monitor.judging.pools import read_pool
from monitor.judging.whereabouts import Whereabouts
from monitor.model import (
    Article,
    Entry,
    FailureKind,
    Fetch,
    Fetched,
    FetchFailed,
    FetchRequest,
    FetchResult,
    NoArticle,
    Page,
    ParsedFeed,
    ParseFailed,
    Verdict,
    Wanted,
    Window,
)
from monitor.pipeline.pages import readable
from monitor.pipeline.ranking import Ranking, rank
from monitor.pipeline.records import edition_of_number
from monitor.reading.pages.article import article_of, no_page
from monitor.reading.single import Single
from monitor.reading.urls import article_id, host, normalise
from monitor.reporting.edition.standing import standing
from monitor.reporting.wording import LONDON, day_in_london, say_count, say_day
from monitor.settings import Config, Feed, PanelArea
from monitor.store import Store
from monitor.store.forgetting import FORGOTTEN
from monitor.text import normalise as words_of

_LISTED = 20  # articles that fit the words of a headline
NEIGHBOURHOOD = timedelta(days=14)  # how far around an article its story is looked for

# ── try ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedFeed:
    target: str
    entries: tuple[Entry, ...]
    left_out: str | None = None  # what a limit of ours leaves unread

    def record(self) -> dict[str, Any]:
        keys = ("id", "url", "title", "summary", "published")
        entries = [{key: getattr(entry, key) for key in keys} for entry in self.entries]
        return {"target": self.target, "kind": "feed", "entries": entries}

    def lines(self) -> Iterator[str]:
        yield f"{self.target}: a feed with {say_count(len(self.entries), 'entry', 'entries')}"
        if self.left_out:
            yield f"  Not all of it is read: {self.left_out}."
        for entry in self.entries:
            yield f"  {entry.published or 'no date'}  {entry.title}  {entry.url}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedArticle:
    target: str
    article: Article
    verdict: Verdict
    turn: str  # the smallest change that would turn the verdict
    area: PanelArea

    def record(self) -> dict[str, Any]:
        article = self.article
        return {
            "target": self.target,
            "kind": "article",
            "title": article.title,
            "published": None if article.published_is_guess else article.published,
            "old": article.is_old,
            "outlet": article.outlet,
            "paragraphs": article.paragraphs,
            "text": article.text,
            "text_from": article.text_from,
            "verdict": verdict_record(self.verdict, self.area),
        }

    def lines(self) -> Iterator[str]:
        day = say_day(self.article.published.astimezone(LONDON).date())
        dated = "without a day of its own" if self.article.published_is_guess else f"of {day}"
        reason = self.article.text_reason
        what = f"the beginning of an article {dated}: {reason}" if reason else f"an article {dated}"
        yield f"{self.target}: {what}{', which would be left out as old' * self.article.is_old}"
        yield f"  {self.article.title}"
        yield from (f"  {paragraph}" for paragraph in self.article.paragraphs)
        yield f"  {self.verdict.choice}: {self.verdict.reason}"
        yield f"  What would turn it: {self.turn}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedNothing:
    target: str
    reason: str

    def record(self) -> dict[str, Any]:
        return {"target": self.target, "kind": "nothing", "reason": self.reason}

    def lines(self) -> Iterator[str]:
        yield f"{self.target}: {self.reason}"


Tried = TriedFeed | TriedArticle | TriedNothing


def verdict_record(verdict: Verdict, area: PanelArea) -> dict[str, Any]:
    """A verdict as scripts read it; `decision` is the labelled stories' word for the choice."""
    record = {**asdict(verdict), "area": area.id_of(verdict.area)}
    record["evidence"] = [one._asdict() for one in verdict.evidence]
    return {"decision": record.pop("choice"), **record}


def try_targets(config_folder: Path, targets: Sequence[str]) -> Iterator[Tried]:
    """What would be read from each target, one after the other. Stores nothing."""
    with Single() as single:
        config = read_config(the_panel(config_folder))
        judge, now = prepare(config.rules, config.gazetteer), utc_now()
        with fetcher(config.network) as fetch:
            for target in targets:
                yield _tried(target, _content(target, fetch, single, now), single, config, judge, now)


def try_address_of_page(config: Config, fetch: Fetch, single: Single, address: str, now: datetime) -> Tried:
    """What would be read from one address of the web, by a network and a worker that are there already."""
    judge = prepare(config.rules, config.gazetteer)
    return _tried(address, _content(address, fetch, single, now), single, config, judge, now)


def _content(target: str, fetch: Fetch, single: Single, now: datetime) -> FetchResult:
    """An address is asked for as a page is, robots.txt first; what is refused so may still be a feed."""
    if not target.startswith(("http://", "https://")):
        return _file(target)
    result = fetch(FetchRequest(url=target, wanted=Wanted.PAGE))
    if isinstance(result, FetchFailed) and result.status is None:
        as_feed = fetch(FetchRequest(url=target, wanted=Wanted.FEED))
        if isinstance(as_feed, Fetched) and isinstance(single.look(as_feed, now).feed, ParsedFeed):
            return as_feed
    return result


def _file(target: str) -> FetchResult:
    try:
        path = Path(target)
        uri = path.resolve().as_uri()
        return Fetched(url=uri, final_url=uri, body=path.read_bytes())
    except (OSError, ValueError) as error:  # ValueError: a letter that no path may hold
        why = getattr(error, "strerror", None) or error
        what = f"neither an http address nor a file that can be read: {why}"
        return FetchFailed(url=target, kind=FailureKind.HARD, reason=what)


def _tried(
    target: str, result: FetchResult, single: Single, config: Config, judge: Judge, now: datetime
) -> Tried:
    if not isinstance(result, Fetched):
        return TriedNothing(target=target, reason=no_page(result).reason)
    looked = single.look(result, now)
    if isinstance(looked.feed, ParsedFeed):
        return TriedFeed(target=target, entries=looked.feed.entries, left_out=looked.feed.left_out)
    page = looked.page
    if page is None or (isinstance(page, NoArticle) and not page.beginning):
        return TriedNothing(target=target, reason=_neither(looked.feed, page, looked.links))
    article = article_of(_entry(result, page), _feed(result, page, config), page, now)
    verdict = judge.verdict(article)
    area = config.panel.area
    return TriedArticle(
        target=target,
        article=article,
        verdict=verdict,
        turn=turn(verdict, judge.whereabouts(article), config.rules, area.name),
        area=area,
    )


def _neither(feed: ParseFailed, page: NoArticle | None, links: tuple[str, ...]) -> str:
    if page is None or page.reason == feed.reason:  # it could not be taken apart at all
        return feed.reason
    feeds = f"; it links to these feeds: {', '.join(links)}" if links else ""
    return f"not a feed ({feed.reason}) and no article: {page.reason}{feeds}"


def _entry(result: Fetched, page: Page | NoArticle) -> Entry:
    """The entry by which a poll would have come to this page."""
    return Entry(id=result.final_url, url=result.final_url, title=page.title, summary="")


def _feed(result: Fetched, page: Page | NoArticle, config: Config) -> Feed:
    """The configured feed of the page's host; else one named as the page names its outlet."""
    for feed in config.feeds:
        if host(feed.url) == host(result.final_url) != "":
            return feed
    outlet = page.outlet if isinstance(page, Page) else None
    return Feed(name=outlet or host(result.final_url) or "an unnamed outlet", url=result.final_url)


# ── explain ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    article: Article
    verdict: Verdict
    others: tuple[Article, ...]  # the rest of its story
    text: str
    where: Whereabouts
    place: str | None  # where its story stands in the last draft; None: not among those that are in
    area: PanelArea

    def record(self) -> dict[str, Any]:
        return {
            "id": self.article.id,
            "url": self.article.url,
            "title": self.article.title,
            "outlet": self.article.outlet,
            "old": self.article.is_old,
            "story": [other.id for other in self.others],
            "place": self.place,
            "is_ours": {
                "why": self.where.locality.why,
                "names": self.where.sides(),
                "change": self.where.change(self.area.name),
            },
            "verdict": verdict_record(self.verdict, self.area),
        }


def explain(config_folder: Path, data: Path, wanted: str) -> Explained:
    """Why a stored article is in or out, and in which story. `wanted`: its id, its address, or words of its headline.

    Raises InputError where none is stored, or several are: then they are listed.
    """
    with workspace_to_read(config_folder, data) as workspace:
        article = _asked_for(workspace.store, wanted)
        around = Window(since=article.first_seen - NEIGHBOURHOOD, until=article.first_seen + NEIGHBOURHOOD)
        articles = {near.id: near for near in readable(workspace.store, around)}
        article = articles.setdefault(article.id, article)  # of one that was forgotten the title is left
        stories = group(tuple(articles.values()), workspace.config.gazetteer, workspace.config.rules)
        story = next(story for story in stories if article in story.articles)
        judge = prepare(workspace.config.rules, workspace.config.gazetteer)
        verdict, where = judge.verdict(article), judge.whereabouts(article)
        others = tuple(other for other in story.articles if other.id != article.id)
        area = workspace.config.panel.area
        text = explain_verdict(article, verdict, where, workspace.config.rules, area.name, story=story)
        place = _place(workspace.store, [one.id for one in story.articles])
    text = f"{text.rstrip()}\n\n{place}\n" if place else text
    if article.text_reason == FORGOTTEN:
        text = f"{text.rstrip()}\n\nThis is what its headline alone says: {FORGOTTEN}.\n"
    return Explained(
        article=article, verdict=verdict, others=others, text=text, where=where, place=place, area=area
    )


def _asked_for(store: Store, wanted: str) -> Article:
    known = store.articles.get(wanted) or store.articles.get(article_id(normalise(wanted)))
    if known is not None:
        return known
    fitting = _headed(store, wanted)
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise InputError(
            f"No stored article has the id or address {wanted}, or these words in its headline. "
            "`monitor try ADDRESS` judges a page that is not stored."
        )
    listed = [
        f"  {one.id}  {one.outlet}, {say_day(day_in_london(one.published))}: {one.title}"
        for one in fitting[:_LISTED]
    ]
    more = len(fitting) - _LISTED
    raise InputError(
        f"{len(fitting)} stored articles have these words in their headline. Say one by its id, or more of its words:\n"
        + "\n".join([*listed, *([f"  and {more} more"] if more > 0 else [])])
    )


def _headed(store: Store, wanted: str) -> tuple[Article, ...]:
    """Those whose headline has every word, or a word that begins so; the very headline alone, where one has it."""
    words = words_of(wanted).split()
    if not words:
        return ()
    found = [(one, words_of(one.title).split()) for one in store.articles.headed(words)]
    fitting = [
        (one, title)
        for one, title in found
        if all(any(each.startswith(word) for each in title) for word in words)
    ]
    same = [one for one, title in fitting if title == words]
    return tuple(same) if len(same) == 1 else tuple(one for one, _ in fitting)


def _place(store: Store, articles: Sequence[str]) -> str | None:
    """In the last draft."""
    edition = edition_of_number(store, store.editions.next_number() - 1)
    return standing(edition, articles) if edition else None


# ── evaluate ────────────────────────────────────────────────────────────────────────────────────────────────────


def evaluate(config_folder: Path, files: Sequence[Path], verdicts: Path | None) -> Evaluation:
    """Measures the rules on labelled stories; writes a line a story to `verdicts` where that is given."""
    config = read_config(the_panel(config_folder))
    labelled, area = _labelled(files, config), config.panel.area
    measured = measure(labelled, prepare(config.rules, config.gazetteer), config.gazetteer, area)
    if verdicts:
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in measured.verdict_records())
        try:
            verdicts.write_text(text, "utf-8")
        except OSError as error:
            raise OutputError(f"{verdicts} cannot be written: {error.strerror or error}.") from error
    return measured


def evaluate_choice(config_folder: Path, files: Sequence[Path], pool: Path, meeting: date | None) -> Ranking:
    """Measures the choice of the twelve on the events of a pool, whose reports stand in the files."""
    config = read_config(the_panel(config_folder))
    return rank(_labelled(files, config, pooled=True), read_pool(pool.name, _lines(pool)), config, meeting)


def _labelled(files: Sequence[Path], config: Config, *, pooled: bool = False) -> tuple[LabelledStory, ...]:
    topics = [topic.id for topic in config.rules.topics]
    found: list[LabelledStory] = []
    for file in files:
        stories = read_labelled(file.name, _lines(file), config.panel.area, topics, pooled=pooled)
        if not stories:
            raise InputError(f"{file} holds no labelled story: write each as one line of JSON.")
        found += stories
    return tuple(found)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8").split("\n")  # not splitlines: U+2028 may stand inside a text
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError(
            f"{file}:{line}: not UTF-8 text from here on: save the file with the encoding UTF-8"
        ) from error
