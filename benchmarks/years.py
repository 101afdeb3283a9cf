"""An archive as a year of reading leaves it: so many articles from the default feeds, with the outcomes of their polls,
and a draft of the last eight weeks. What the desk's pages are timed over.

The articles are of sentences of the labelled stories and of the demo's, mixed within what is wanted and what is not, in
the shares that a real week has (one wanted in thirty); the figures in them are changed, so that few are copies. A week
has 833 articles, so twelve weeks have 10,000.

    python -m benchmarks.years FOLDER [ARTICLES]
"""

import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.config.defaults import write_defaults
from monitor.config.folder import read_config
from monitor.model import Article, FeedState, PollOutcome, PollResult, TextFrom
from monitor.settings import Feed
from monitor.store import Store
from monitor.text import sentences

SETS = Path(__file__).parent.parent / "tests" / "quality"
A_WEEK = 833
WANTED_IN = 30
DRAFTED = timedelta(weeks=8)
POLLS_A_DAY = 6


def make(folder: Path, count: int, now: datetime) -> None:
    """The configuration, the archive and draft 1, in a folder that is new."""
    write_defaults(folder)
    feeds = [feed for feed in read_config(folder).feeds if not feed.paused]
    span = timedelta(weeks=count / A_WEEK)
    with Store.open(folder / "data" / "archive.db") as store:
        by_feed: dict[str, list[Article]] = {feed.url: [] for feed in feeds}
        for article in corpus(count, feeds, now, span):
            by_feed[article.feed].append(article)
        for feed in feeds:
            _polled(store, feed, by_feed[feed.url], now, span)
    since = (now - DRAFTED).date().isoformat()
    arguments = [sys.executable, "-m", "monitor", "--config", str(folder), "draft", "--since", since]
    subprocess.run(arguments, check=True, capture_output=True)


def _polled(store: Store, feed: Feed, articles: Sequence[Article], now: datetime, span: timedelta) -> None:
    chance = random.Random(feed.url)
    polls = max(1, int(span / timedelta(days=1) * POLLS_A_DAY))
    ordered = sorted(articles, key=lambda one: one.first_seen)
    shares = [ordered[len(ordered) * at // polls : len(ordered) * (at + 1) // polls] for at in range(polls)]
    for at, share in enumerate(shares):
        moment = now - span + span * (at + 1) / polls
        failed = not share and chance.random() < 0.02
        result = PollResult.FAILED if failed else PollResult.NEW if share else PollResult.UNCHANGED
        outcome = PollOutcome(
            feed=feed.url,
            at=moment,
            result=result,
            entries=0 if failed else 20,
            new=len(share),
            reason="timed out after 30 s" if failed else None,
        )
        state = FeedState(url=feed.url, last_poll=moment, last_success=moment, last_new=moment)
        store.feeds.save_poll(outcome, state, share)


def corpus(count: int, feeds: Sequence[Feed], now: datetime, span: timedelta) -> Iterator[Article]:
    """The same for the same arguments."""
    chance = random.Random(20261130)
    wanted, unwanted = _sentences("include"), _sentences("exclude")
    for number in range(count):
        yield _article(chance, number, wanted if number % WANTED_IN == 0 else unwanted, feeds, now, span)


def _sentences(decision: str) -> list[str]:
    found = []
    for name in ("tuning.jsonl", "everyday.jsonl", "hard_cases.jsonl"):
        for line in (SETS / name).read_text("utf-8").splitlines():
            story = json.loads(line)
            if story["decision"] == decision:
                found += [story["text"][start:end] for start, end in sentences(story["text"])]
    return [sentence for sentence in found if len(sentence) > 30]


def _article(
    chance: random.Random,
    number: int,
    source: Sequence[str],
    feeds: Sequence[Feed],
    now: datetime,
    span: timedelta,
) -> Article:
    feed = feeds[min(int(chance.expovariate(6 / len(feeds))), len(feeds) - 1)]
    seen = now - span * chance.random()
    paragraphs = tuple(
        " ".join(_with_other_figures(chance, sentence) for sentence in chance.sample(source, 2))
        for _ in range(chance.randrange(3, 9))
    )
    return Article(
        id=f"{number:012x}",
        url=f"https://{feed.url.split('/')[2]}/news/{number}",
        outlet=feed.name,
        feed=feed.url,
        title=_with_other_figures(chance, chance.choice(source))[:90],
        paragraphs=paragraphs,
        published=seen - timedelta(hours=chance.randrange(1, 30)),
        first_seen=seen,
        text_from=TextFrom.PAGE if chance.random() < 0.9 else TextFrom.SUMMARY,
    )


def _with_other_figures(chance: random.Random, sentence: str) -> str:
    return "".join(str(chance.randrange(10)) if letter.isdigit() else letter for letter in sentence)


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 50_000, datetime.now(UTC))
