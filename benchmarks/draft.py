"""Drafting from 10,000 stored articles: time and memory of the whole command, as a person would run it.

The articles are made of the sentences of the sample stories, mixed within what is wanted and what is not. Thirty are
wanted, as many as a long report holds; mixed sentences of the others bring in some more.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.workplace import write_config
from monitor.demo.server import serve
from monitor.demo.stories import Label, SampleStory
from monitor.model import Article, FeedState, PollOutcome, PollResult
from monitor.store import Store
from monitor.text import sentences

ARTICLES = 10_000
WANTED_IN = 330
SPAN = timedelta(days=14)
FEED = "http://127.0.0.1:9/feed"


def run() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_config(folder, [FEED], workers=1)
        with Store.open(folder / "data" / "archive.db") as store:
            now = datetime.now(UTC)
            outcome = PollOutcome(feed=FEED, at=now, result=PollResult.NEW, entries=ARTICLES, new=ARTICLES)
            store.feeds.save_poll(
                outcome, FeedState(url=FEED, last_poll=now, last_success=now), corpus(ARTICLES, now)
            )
        start = time.perf_counter()
        arguments = [sys.executable, "-m", "monitor", "--config", name, "draft", "--out", f"{name}/out"]
        done = subprocess.run(arguments, check=True, capture_output=True, text=True)
        spent = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield done.stdout.splitlines()[-1]
    yield f"{ARTICLES:,} articles: {spent:.1f} s, {peak:.0f} MB (wanted: at most 15 s and 400 MB)"


def corpus(count: int, now: datetime) -> list[Article]:
    """Articles of the last two weeks, the same for the same count."""
    chance = random.Random(20261116)
    with serve(now) as week:
        wanted = _sentences(week.labelled(Label.WANTED))
        unwanted = _sentences(week.labelled(Label.UNWANTED))
    return [
        _article(chance, number, wanted if number % WANTED_IN == 0 else unwanted, now)
        for number in range(count)
    ]


def _sentences(stories: Sequence[SampleStory]) -> list[str]:
    return [
        paragraph[start:end]
        for story in stories
        for paragraph in story.paragraphs
        for start, end in sentences(paragraph)
    ]


def _article(chance: random.Random, number: int, source: list[str], now: datetime) -> Article:
    """Five paragraphs of two sentences, about 200 words; figures are changed, so that few articles are copies."""
    paragraphs = tuple(
        " ".join(_with_other_figures(chance, sentence) for sentence in chance.sample(source, 2))
        for _ in range(5)
    )
    seen = now - SPAN * chance.random()
    return Article(
        id=f"{number:012x}",
        url=f"http://127.0.0.1:9/news/{number}",
        outlet="Outlet 0",
        feed=FEED,
        title=_with_other_figures(chance, chance.choice(source))[:90],
        paragraphs=paragraphs,
        published=seen,
        first_seen=seen,
    )


def _with_other_figures(chance: random.Random, sentence: str) -> str:
    return "".join(str(chance.randrange(10)) if letter.isdigit() else letter for letter in sentence)
