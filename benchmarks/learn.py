"""Thirty items written to Word, edited, and read back against an archive: the time of each."""

import hashlib
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.draft import FEED, corpus
from benchmarks.workplace import write_config
from monitor import pipeline
from monitor.config.folder import read_config
from monitor.model import FeedState, PollOutcome, PollResult, Window
from monitor.pipeline.learn import learn
from monitor.reporting.documents.word import write_word
from monitor.reporting.documents.word.back import read_back
from monitor.reporting.edition.record import edition_record
from monitor.settings import Config
from monitor.store import Store

ITEMS, ARTICLES, RUNS = 30, 3_000, 5


def run() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_config(folder, [FEED], workers=1)
        config, now = read_config(folder), datetime.now(UTC)
        with Store.open(folder / "data" / "archive.db") as store:
            outcome = PollOutcome(feed=FEED, at=now, result=PollResult.NEW)
            store.feeds.save_poll(outcome, FeedState(url=FEED), corpus(ARTICLES, now))
            yield from _measured(store, config, folder, now)


def _measured(store: Store, config: Config, folder: Path, now: datetime) -> Iterator[str]:
    window = Window(since=None, until=now + timedelta(minutes=1))
    drafted = pipeline.draft(store, config, window, None, folder, (), window.until, lambda *_: None)
    items = drafted.edition.items[:ITEMS]
    edition = replace(drafted.edition, number=2, items=items)
    store.editions.keep(edition, edition_record(edition))
    writing, reading = [], []
    for place in range(RUNS):
        start = time.perf_counter()
        content = write_word(edition)
        writing.append(time.perf_counter() - start)
        start = time.perf_counter()
        returned = read_back(content, "draft.docx")
        digest = hashlib.sha256(content).hexdigest() + str(place)
        lesson = learn(store, config, returned, name="draft.docx", digest=digest, now=now)
        reading.append(time.perf_counter() - start)
        assert len(lesson.learned.decisions) == len(items)
    yield f"{len(items)} items: Word written in {min(writing):.2f} s (wanted: under 0.5 s)"
    yield f"{len(items)} items: learned in {min(reading):.2f} s (wanted: under 1 s); best of {RUNS}"
