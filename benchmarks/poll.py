"""Polling crowds of feeds on loopback, against `reader` with as many workers: both store what they read, in SQLite.

Feeds only (`article: feed`), so both do the same work: fetch, parse, store. First 200 feeds that take 100 ms each. Then
2,000 that take 50 ms each: the first poll beside reader's, and second polls with nothing changed, where a server says
so (ETag) and where it does not (the digest of the body says it). CPU is that of this process alone, all threads.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import reader

from benchmarks.server import feeds
from benchmarks.workplace import write_config
from monitor.app.runs import poll

ENTRIES, WORKERS = 30, 10
FEEDS, LATENCY = 200, 0.1
MANY, SHORT_LATENCY = 2_000, 0.05


def run() -> Iterator[str]:
    yield from _first_polls(FEEDS, LATENCY, wanted=1.0)


def run_many() -> Iterator[str]:
    yield from _first_polls(MANY, SHORT_LATENCY, wanted=0.5)
    for part, what, wanted in (("validated", "servers say so", 3), ("feeds", "servers ignore validators", 5)):
        spent = _second_poll(MANY, part)
        yield f"second poll, nothing changed, {what}: {spent:.2f} ms CPU a feed (wanted: at most {wanted} ms)"


def _first_polls(count: int, latency: float, *, wanted: float) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, feeds(count, ENTRIES, latency) as urls:
        ours, articles = _ours(Path(folder), urls)
        theirs, entries = _theirs(Path(folder), urls)
    assert articles == entries == count * ENTRIES, (articles, entries)
    yield f"{count} feeds × {ENTRIES} entries, {latency * 1000:.0f} ms latency, {WORKERS} workers, first poll"
    yield (
        f"monitor {ours:.2f} s, reader {reader.__version__} {theirs:.2f} s: ratio {ours / theirs:.2f} "
        f"(wanted: at most {wanted:g})"
    )


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


def _second_poll(count: int, part: str) -> float:
    """Milliseconds of CPU a feed."""
    with tempfile.TemporaryDirectory() as folder, feeds(count, ENTRIES, 0.0, part=part) as urls:
        _, articles = _ours(Path(folder), urls)
        start = time.process_time()
        _, new = _ours(Path(folder), urls)
        spent = time.process_time() - start
    assert (articles, new) == (count * ENTRIES, 0), (articles, new)
    return spent / count * 1000
