"""The first poll of 200 feeds, against `reader` with as many workers: both store what they read, in SQLite files.

Feeds only (`article: feed`), so both do the same work: fetch, parse, store.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import reader

from benchmarks.server import feeds
from benchmarks.workplace import write_config
from monitor.app.runs import poll

FEEDS, ENTRIES, LATENCY, WORKERS = 200, 30, 0.1, 10


def run() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, feeds(FEEDS, ENTRIES, LATENCY) as urls:
        ours, articles = _ours(Path(folder), urls)
        theirs, entries = _theirs(Path(folder), urls)
    assert articles == entries == FEEDS * ENTRIES, (articles, entries)
    yield f"{FEEDS} feeds × {ENTRIES} entries, {LATENCY * 1000:.0f} ms latency, {WORKERS} workers, first poll"
    yield f"monitor {ours:.2f} s, reader {reader.__version__} {theirs:.2f} s: ratio {ours / theirs:.2f} (wanted: at most 1)"


def _ours(folder: Path, urls: tuple[str, ...]) -> tuple[float, int]:
    write_config(folder, urls, workers=WORKERS)
    start = time.perf_counter()
    polled = poll(folder, folder / "data", everything=True, names=(), progress=lambda *_: None)
    return time.perf_counter() - start, sum(outcome.new for outcome in polled.outcomes)


def _theirs(folder: Path, urls: tuple[str, ...]) -> tuple[float, int]:
    peer = reader.make_reader(str(folder / "reader.db"))
    for url in urls:
        peer.add_feed(url)
    start = time.perf_counter()
    peer.update_feeds(workers=WORKERS)
    spent = time.perf_counter() - start
    count = peer.get_entry_counts().total
    peer.close()
    return spent, count
