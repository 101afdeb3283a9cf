"""Feeds that other parsers are tested with: how many of them ours answers, with entries or with a plain reason.

The documents of feedparser's tests and of fastfeedparser's tests and benchmark are read one after the other, as a poll
would. An answer is a feed or a reason, within the time that a worker has for one; anything raised is no answer.
"""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from monitor.model import Fetched, ParsedFeed, ParseFailed
from monitor.reading.feeds.kinds import entries_of
from monitor.reading.workers import LIMITS
from monitor.settings import FeedKind

# Each clone is known by a folder in it, whatever its own is called.
CLONES = {
    "tests/wellformed": ("https://github.com/kurtmckee/feedparser", ("tests",)),
    "tests/integration": (
        "https://github.com/kagisearch/fastfeedparser",
        ("tests/integration", "benchmark_data"),
    ),
}
ENDINGS = frozenset((".xml", ".rdf", ".json", ""))
SEEN = datetime(2026, 11, 30, tzinfo=UTC)


def run(folder: Path) -> Iterator[str]:
    for mark, (source, _) in CLONES.items():
        if _clone(folder, mark) is None:
            yield f"left out, since {mark} is in no folder of {folder}: git clone {source}"
    counted: Counter[str] = Counter()
    slowest, slowest_of = 0.0, ""
    for document in _documents(folder):
        began = time.monotonic()
        outcome = _outcome(document)
        took = time.monotonic() - began
        counted[outcome if took <= LIMITS.deadline else "too late"] += 1
        slowest, slowest_of = max((slowest, slowest_of), (took, document.name))
        if outcome == "raised":
            yield f"raised: {document.relative_to(folder)}"
    answered = counted["feed"] + counted["reason"] + counted["empty"]
    yield (
        f"feeds answered: {answered:,} of {counted.total():,} "
        f"({counted['feed']:,} with entries, {counted['reason']:,} with a reason, {counted['empty']:,} empty feeds, "
        f"{counted['raised']} raised, {counted['too late']} too late)"
    )
    yield f"slowest: {slowest:.2f} s ({slowest_of})"


def _clone(folder: Path, mark: str) -> Path | None:
    return next((place for place in (folder, *sorted(folder.iterdir())) if (place / mark).is_dir()), None)


def _documents(folder: Path) -> Iterator[Path]:
    for mark, (_, names) in CLONES.items():
        clone = _clone(folder, mark)
        paths = [path for name in names for path in sorted((clone / name).rglob("*"))] if clone else []
        for path in paths:
            if path.is_file() and path.suffix in ENDINGS and not path.name.startswith((".", "_")):
                yield path


def _outcome(document: Path) -> str:
    url = f"https://feeds.example/{document.name}"
    answer = Fetched(url=url, final_url=url, body=document.read_bytes())
    try:
        read = entries_of(FeedKind.FEED, answer, SEEN)
    except Exception:  # what a parser may not do
        return "raised"
    if isinstance(read, ParsedFeed):
        return "feed" if read.entries else "empty"
    assert isinstance(read, ParseFailed)
    return "reason"
