"""Where is this story? By its address, or by words of its headline: what became of it, and if it is not here, why.

what was typed | store.articles | where it stands in the report | else which feed would bring it, and how that is

Of what is stored: when it was seen and by which feed, what its text is from, what the rules say of it, where it stands. Of
what is not: whether a feed of ours is of its outlet, when that was last read, and whether it was forgotten.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from monitor.app.desk.opened import OpenDesk
from monitor.app.workspace import Workspace
from monitor.forgetting.retention import trace_of_article
from monitor.judging.classify import prepare
from monitor.model import Article, Choice, FeedState, TextFrom, Verdict
from monitor.pipeline.reviewing import Reviewing, Stand
from monitor.pipeline.take import stored_name
from monitor.reading.schedule.health import failure_of
from monitor.reading.schedule.polling import state_of
from monitor.reading.urls import article_id, host, normalise
from monitor.reporting.reviewing.telling import FROM
from monitor.reporting.wording import day_in_london, say_day, say_moment, web_address
from monitor.settings import Config, Feed
from monitor.store.forgetting import FORGOTTEN

MOST = 12  # articles that are told of
LONGEST_ASKED = 2_000  # letters
MOST_WORDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened to it or did not, in the order in which a story comes to the report."""

    what: str  # "Seen", "Text", "Rules", "Report"; of what is not stored "Feed"
    says: str  # a sentence
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """One stored article."""

    article: str
    title: str
    outlet: str
    url: str
    published: datetime
    published_is_guess: bool
    received: datetime
    steps: tuple[Step, ...]
    story: str = ""  # in which it stands in the newest draft; "": in none
    stopped_by: str = ""  # what kept it out of the report, in a sentence; "" where it is in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What was found of what was typed."""

    asked: str
    is_address: bool
    found: tuple[Traced, ...] = ()  # the newest first, at most a dozen
    more: bool = False  # there are more than those
    missing: tuple[Step, ...] = ()  # where nothing is stored: why not, a sentence each
    can_take: bool = False  # it may be written as an item of one's own with this address


def where(desk: OpenDesk, asked: str) -> Trace:
    """An address, or words of a headline; "" finds nothing and says what to type."""
    asked = " ".join(asked.split())[:LONGEST_ASKED]
    is_address = web_address(asked) is not None
    if not asked:
        return Trace(asked="", is_address=False, missing=(_TYPE,))
    with desk.reading() as workspace:
        found = _by_address(workspace, asked) if is_address else _by_headline(workspace, asked)
        if not found:
            missing = tuple(_missing_address(workspace, asked) if is_address else _missing_headline())
            return Trace(asked=asked, is_address=is_address, missing=missing, can_take=is_address)
        today = day_in_london(desk.clock())
        at = Reviewing(workspace.store, workspace.config, desk.remembered).stand(today)
        waiting = workspace.store.feeds.waiting_pages(one.id for one in found[:MOST])
        return Trace(
            asked=asked,
            is_address=is_address,
            found=tuple(_traced(one, workspace.config, at, waiting) for one in found[:MOST]),
            more=len(found) > MOST,
        )


_TYPE = Step(what="Search", says="Paste an address, or type some words of the headline.")


def _by_address(workspace: Workspace, asked: str) -> tuple[Article, ...]:
    address = stored_name(asked)
    articles = workspace.store.articles
    found = articles.get(article_id(normalise(address))) or articles.get(address)
    return (found,) if found else ()


def _by_headline(workspace: Workspace, asked: str) -> tuple[Article, ...]:
    """Each of the words, anywhere in the title. "£1.2m" is "1" and "2m": signs are written in many ways."""
    words = re.findall(r"\w+", asked.casefold())
    return workspace.store.articles.headed(words[:MOST_WORDS], MOST + 1)


# ── what is stored ──────────────────────────────────────────────────────────────────────────────────────────────


def _traced(one: Article, config: Config, at: Stand, waiting: dict[str, datetime]) -> Traced:
    verdict = prepare(config.rules, config.gazetteer).verdict(one)
    story, stands, stopped = _standing(one, verdict, at)
    return Traced(
        article=one.id,
        title=one.title,
        outlet=one.outlet,
        url=one.url,
        published=one.published,
        published_is_guess=one.published_is_guess,
        received=one.first_seen,
        steps=(
            Step(what="Seen", says=f"Brought by {_feed_of(one, config)}.", at=one.first_seen),
            Step(what="Text", says=_text(one, waiting.get(one.id))),
            Step(what="Rules", says=_judged(verdict)),
            Step(what="Report", says=stands),
        ),
        story=story,
        stopped_by=stopped,
    )


def _feed_of(one: Article, config: Config) -> str:
    name = next((feed.name for feed in config.feeds if feed.url == one.feed), "")
    return f"{name} ({one.feed})" if name else f"{one.feed}, which is no feed of ours now"


def _text(one: Article, again: datetime | None) -> str:
    if one.text_reason == FORGOTTEN:
        return f"Only its headline is known: {FORGOTTEN}."
    if one.text_from is TextFrom.PAGE:
        return "Its page was read."
    why = f": {one.text_reason}" if one.text_reason else ""
    then = f" It is asked for again on {say_moment(again)}." if again else ""
    return f"Only the feed’s summary is known, its page could not be read{why}.{then}"


def _judged(verdict: Verdict) -> str:
    says = {Choice.INCLUDE: "In", Choice.BORDERLINE: "A near miss", Choice.EXCLUDE: "Left out"}
    return f"{says[verdict.choice]}, score {verdict.score}: {verdict.reason}"


def _standing(one: Article, verdict: Verdict, at: Stand) -> tuple[str, str, str]:
    """The story in which it stands, where that is, and what kept it out of the report."""
    for reported in at.past.reported:
        if one.id in reported.articles:
            says = f"Reported on {say_day(reported.day)}, as “{reported.heading}”."
            return "", says, says
    if at.edition is None or at.now is None:
        says = "There is no draft towards the coming report yet."
        return "", says, says
    for place, stories in (
        ("item", at.now.items),
        ("further story", at.now.further),
        ("near miss", at.now.near),
        ("put off", at.now.later),
        ("dropped", at.now.dropped),
    ):
        for number, each in enumerate(stories, 1):
            if one.id in each.item.articles or each.item.story == one.id:
                says, stopped = _says(place, number, each.item.outside, each.item.reason)
                by = _by_whom(at, one.id) if place in ("put off", "dropped") else ""
                return each.item.story, says + by, (stopped + by if stopped else "")
    stopped = _left_out(one, verdict, at)
    return "", f"In no list of draft {at.edition.number}.", stopped


def _says(place: str, number: int, outside: str, reason: str) -> tuple[str, str]:
    if place == "item":
        return f"Item {number} of the report.", ""
    if place == "further story":
        why = f": {outside.rstrip('.')}" if outside else ""
        return f"Further story {number}.", f"The report has no room for it{why}."
    if place == "near miss":
        return f"Near miss {number}.", f"The rules are not sure: {reason}"
    if place == "put off":
        return "Put off to the next report", "Put off to the next report"
    return "Dropped", "Dropped"


def _by_whom(at: Stand, article: str) -> str:
    """By whom and when it was said, for the end of a sentence."""
    for word in reversed(at.words):
        if word.holds and any(article in one.articles for one in word.learned.decisions):
            by = f" by {word.learned.by}" if word.learned.by else ""
            return f"{by} on {say_day(day_in_london(word.learned.learned))} ({FROM[word.learned.source]})."
    return "."


def _left_out(one: Article, verdict: Verdict, at: Stand) -> str:
    assert at.edition is not None
    window, number = at.edition.basis.window, at.edition.number
    if one.first_seen >= window.until:
        return f"It came after draft {number} was made: the next document looks at it."
    if window.since and one.first_seen < window.since:
        return f"It came before the window of draft {number}, which begins {say_moment(window.since)}."
    if one.is_old or any(one.id in miss.articles for miss in at.edition.old):
        return f"It is no news: its outlet dates it {say_day(day_in_london(one.published))}."
    if verdict.choice is Choice.INCLUDE:
        return f"The rules as they are now would have it in; draft {number} was made before. The next document has it."
    return f"The rules left it out: {verdict.reason}"


# ── what is not ─────────────────────────────────────────────────────────────────────────────────────────────────


def _missing_headline() -> Iterator[Step]:
    yield Step(
        what="Seen",
        says="No stored article has all these words in its headline. Outlets reword headlines: try fewer words, or its "
        "address.",
    )


def _missing_address(workspace: Workspace, asked: str) -> Iterator[Step]:
    id = article_id(normalise(stored_name(asked)))
    if workspace.store.forgetting.held([trace_of_article(id)]):
        yield Step(what="Seen", says="It was stored once, and forgotten or erased: it does not come back.")
        return
    yield Step(what="Seen", says="No feed brought this address.")
    site = _site(stored_name(asked))
    feeds = [feed for feed in workspace.config.feeds if _is_of(site, feed)]
    if not feeds:
        yield Step(what="Feed", says=f"No feed of {site} is read. Try its address on the page of the feeds.")
    states = {state.url: state for state in workspace.store.feeds.states()}
    for feed in feeds:
        yield _feed_step(feed, state_of(feed, states))


def _feed_step(feed: Feed, state: FeedState) -> Step:
    name = f"{feed.name} ({feed.url})"
    if feed.paused is not None:
        return Step(what="Feed", says=f"{name} is paused: {feed.paused}.")
    if state.last_success is None:
        why = f": {failure_of(state)}" if state.last_failure else ""
        return Step(what="Feed", says=f"{name} was never read{why}.")
    if state.last_failure:
        return Step(what="Feed", says=f"{name} is failing: {failure_of(state)}.", at=state.last_success)
    left = f" Not all of it is read: {state.left_out}." if state.left_out else ""
    return Step(
        what="Feed",
        says=f"{name} was read, and did not name it: it may have come and gone between two polls, or stand in "
        f"another feed of the outlet.{left}",
        at=state.last_success,
    )


def _site(url: str) -> str:
    return host(url).removeprefix("www.")


def _is_of(site: str, feed: Feed) -> bool:
    """Also where the feed stands on a host of its own below the outlet's."""
    own = _site(feed.url)
    return own == site or own.endswith(f".{site}") or site.endswith(f".{own}")
